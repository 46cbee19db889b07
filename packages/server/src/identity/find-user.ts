import type { Kernel } from '../kernel/index.ts';
import { readAddress } from './address.ts';
import type { User } from './model.ts';
import { selectUserByKey, selectUsers, type UserRow } from './store.ts';

/** The user, or undefined when there is none or the account was deleted. */
export async function findUser(k: Kernel, id: string): Promise<User | undefined> {
  return (await findUsers(k, [id])).get(id);
}

/** The users that exist among the given ids. */
export async function findUsers(k: Kernel, ids: readonly string[]): Promise<Map<string, User>> {
  const rows = await selectUsers(k.db, ids);
  return new Map(rows.map((row) => [row.id, toUser(row)]));
}

/** The user with this mailbox, however the address is spelt. Throws `email-invalid`. */
export async function findUserByEmail(k: Kernel, email: string): Promise<User | undefined> {
  const row = await selectUserByKey(k.db, readAddress(email).key);
  return row && toUser(row);
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email ?? '',
    emailConfirmedAt: row.email_confirmed_at,
    name: row.name,
    locale: row.locale,
    operator: row.operator,
    createdAt: row.created_at,
  };
}
