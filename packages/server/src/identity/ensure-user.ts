import { emit, inTx, type Kernel, type Locale } from '../kernel/index.ts';
import { readAddress } from './address.ts';
import { toUser } from './find-user.ts';
import type { User } from './model.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { insertUser, selectLocalOperator, selectUserByKey, type UserRow, updateUser } from './store.ts';

/**
 * The user with this mailbox, made if there is none; an existing user is answered unchanged. Call it only after the
 * person has proved that the mailbox is theirs (a link in a mail, opened and confirmed).
 * Throws `email-invalid`. Sends the event `identity.user-created` `{ userId }`.
 */
export async function ensureUser(
  t: Kernel,
  { email, name, locale }: { email: string; name: string; locale: Locale },
): Promise<User> {
  const { address, key } = readAddress(email);
  return inTx(t, async (t) => {
    const before = await selectUserByKey(t.db, key);
    if (before) return toUser(before);
    const at = t.clock.now();
    return create(t, {
      email: address,
      email_key: key,
      email_confirmed_at: at,
      name,
      locale,
      operator: false,
    });
  });
}

const LOCAL = 'operator@localhost';

/**
 * The operator who came by the link from the server, made if there is none: who has that link has the machine. It never
 * leads into the account of somebody who was invited.
 */
export async function ensureOperator(t: Kernel, name: string, locale: Locale): Promise<User> {
  const before = await selectLocalOperator(t.db);
  if (before) return toUser(before);
  const former = await selectUserByKey(t.db, LOCAL);
  if (!former)
    return create(t, {
      email: LOCAL,
      email_key: LOCAL,
      email_confirmed_at: null,
      name,
      locale,
      operator: true,
    });
  await updateUser(t.db, former.id, { operator: true, operator_by_mail: false });
  return { ...toUser(former), operator: true };
}

async function create(
  t: Kernel,
  about: Omit<UserRow, 'id' | 'operator_by_mail' | 'created_at' | 'deleted_at'>,
): Promise<User> {
  const made = { id: t.ids.id(), created_at: t.clock.now(), deleted_at: null };
  const row: UserRow = { ...about, ...made, operator_by_mail: false };
  if (!(await insertUser(t.db, row))) {
    // Two confirmations of one mailbox at the same moment: the first one made the user.
    const other = await selectUserByKey(t.db, about.email_key!);
    if (!other) throw fail('address-taken');
    return toUser(other);
  }
  await recordActivity(t, { actor: row.id, action: 'identity.user-created', subject: `user:${row.id}` });
  await emit(t, 'identity.user-created', { userId: row.id });
  return toUser(row);
}
