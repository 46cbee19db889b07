import { emit, eraseMails, inTx, type Kernel } from '../kernel/index.ts';
import { leaveAll } from './change-members.ts';
import { organisationsOf } from './find-members.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { deleteLinksOf, deleteSessions, lockUser, updateUser } from './store.ts';
import { deleteOperatorInvitations } from './store-operators.ts';
import { deleteInvitations } from './store-organisations.ts';
import { deletePasskeys } from './store-passkeys.ts';
import { deleteKeptForms } from './store-proof.ts';

/**
 * Deletes an account after the person typed its e-mail address: name and address are erased, sessions and links end.
 * Throws `deletion-not-confirmed`, and `last-admin` when an
 * organisation with other members would be left without an admin. Sends `identity.account-deleted` `{ userId }`, which other modules follow with what
 * they keep.
 */
export async function deleteAccount(k: Kernel, userId: string, typed: string): Promise<void> {
  await inTx(k, async (t) => {
    const user = await lockUser(t.db, userId);
    if (!user?.email) throw fail('sign-in-required');
    if (typed.trim().toLowerCase() !== user.email.toLowerCase()) throw fail('deletion-not-confirmed');
    const organisations = await organisationsOf(t, userId);
    await leaveAll(
      t,
      userId,
      organisations.map(({ organisationId }) => organisationId),
    );
    if (user.email_key !== null) {
      await deleteInvitations(t.db, { emailKey: user.email_key });
      await deleteOperatorInvitations(t.db, { emailKey: user.email_key });
    }
    await updateUser(t.db, userId, {
      email: null,
      email_key: null,
      email_confirmed_at: null,
      name: '',
      operator: false,
      deleted_at: t.clock.now(),
    });
    await deleteSessions(t.db, userId);
    await deleteLinksOf(t.db, userId);
    await deletePasskeys(t.db, userId);
    await deleteKeptForms(t.db, { userId });
    await recordActivity(t, { actor: userId, action: 'identity.account-deleted', subject: `user:${userId}` });
    await emit(t, 'identity.account-deleted', { userId });
    if (user.email_confirmed_at !== null) await eraseMails(t, user.email);
  });
}
