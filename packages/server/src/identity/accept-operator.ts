import { inTx, type Kernel, type Locale, queueMail } from '../kernel/index.ts';
import { ensureUser } from './ensure-user.ts';
import { findUserByEmail, toUser } from './find-user.ts';
import { hashOperatorInvitation } from './invite-operator.ts';
import type { OperatorInvitation } from './list-operators.ts';
import type { User } from './model.ts';
import { operatorText } from './operator-messages.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { instanceName } from './send-sign-in-link.ts';
import { updateUser } from './store.ts';
import { closeOperatorInvitations, lockOperators, selectOperatorInvitation } from './store-operators.ts';

/** What a link shows before anything is decided. */
export type OpenOperatorInvitation = OperatorInvitation & {
  /** The account of the invited mailbox, if there is one. Who has it must sign in to accept. */
  readonly account: User | undefined;
};

/**
 * The invitation behind a link; opening it decides nothing. Throws `operator-link-unknown`, `operator-link-used`,
 * `operator-link-expired`, `operator-link-replaced`.
 */
export async function readOperatorInvitation(k: Kernel, token: string): Promise<OpenOperatorInvitation> {
  const row = /^[\w-]{43}$/.test(token)
    ? await selectOperatorInvitation(k.db, await hashOperatorInvitation(k, token))
    : undefined;
  if (!row) throw fail('operator-link-unknown');
  if (row.state === 'used') throw fail('operator-link-used');
  if (row.state !== 'open') throw fail('operator-link-replaced');
  if (row.expires_at <= k.clock.now()) throw fail('operator-link-expired');
  const { id, name, sent_at: sentAt, expires_at: expiresAt } = row;
  const email = row.email!;
  return { id, email, name, sentAt, expiresAt, account: await findUserByEmail(k, email) };
}

/**
 * Becomes operator. The link proves the mailbox, so it makes the account when there is none; into an account that
 * exists it does not lead: who has one signs in first. The other operators are told by mail. Throws as
 * `readOperatorInvitation`, and `sign-in-required`, `operator-link-other-account`.
 */
export async function acceptOperatorInvitation(
  k: Kernel,
  about: { token: string; locale: Locale; signedIn: string | undefined },
): Promise<{ user: User; isNew: boolean }> {
  const { token, locale, signedIn } = about;
  return inTx(k, async (t) => {
    const others = (await lockOperators(t.db)).map(toUser);
    const { id, email, name, account } = await readOperatorInvitation(t, token);
    if (account && signedIn === undefined) throw fail('sign-in-required');
    if (signedIn !== undefined && account?.id !== signedIn) throw fail('operator-link-other-account');
    const user = account ?? (await ensureUser(t, { email, name, locale }));
    await closeOperatorInvitations(t.db, { id }, 'used');
    await updateUser(t.db, user.id, { operator: true, operator_by_mail: true });
    const subject = `user:${user.id}`;
    await recordActivity(t, { actor: user.id, action: 'identity.operator-joined', subject });
    for (const other of others) await tell(t, other, user);
    return { user: { ...user, operator: true }, isNew: account === undefined };
  });
}

/** So that nobody makes an operator unnoticed. */
async function tell(t: Kernel, other: User, joined: User): Promise<void> {
  if (other.emailConfirmedAt === null || other.id === joined.id) return;
  const { locale } = other;
  const mail = operatorText(locale).joined;
  await queueMail(t, {
    to: other.email,
    category: 'transactional',
    locale,
    subject: mail.subject(joined.name, await instanceName(t)),
    paragraphs: [mail.what(joined.name, joined.email)],
    action: { label: mail.open, url: `${t.site.baseUrl}/operator/people` },
  });
}
