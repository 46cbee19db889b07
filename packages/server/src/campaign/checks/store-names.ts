import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';

export type ProtectedName = {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly signatoryId: string | null;
  readonly addedAt: Date;
};

const NAME = sql.raw('id, name, reason, signatory_id as "signatoryId", added_at as "addedAt"');

/** Adds a name with the keys under which it is found; false if it is there. */
export async function insertProtectedName(
  db: Db,
  name: ProtectedName & { readonly keys: readonly string[]; readonly addedBy: string },
): Promise<boolean> {
  const done =
    await sql`insert into campaign.protected_names (id, name, keys, reason, signatory_id, added_by, added_at)
    values (${name.id}, ${name.name}, ${name.keys}, ${name.reason}, ${name.signatoryId}, ${name.addedBy}, ${name.addedAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function selectProtectedNames(db: Db): Promise<ProtectedName[]> {
  const found = await sql<ProtectedName>`select ${NAME} from campaign.protected_names
    order by name collate "C" limit 2000`.execute(db);
  return found.rows;
}

/** Protected names that share a key with a name. */
export async function selectByKeys(db: Db, keys: readonly string[]): Promise<ProtectedName[]> {
  const found = await sql<ProtectedName>`select ${NAME} from campaign.protected_names
    where keys && ${keys}::text[] order by name collate "C"`.execute(db);
  return found.rows;
}

export async function deleteProtectedName(db: Db, id: string): Promise<void> {
  await sql`delete from campaign.protected_names where id = ${id}`.execute(db);
}

export async function deleteProtectedNameOf(db: Db, signatoryId: string): Promise<void> {
  await sql`delete from campaign.protected_names where signatory_id = ${signatoryId}`.execute(db);
}

/** Signatures that count or wait, a stretch of them by id. */
export async function selectNames(
  db: Db,
  after: string,
  limit: number,
): Promise<{ id: string; name: string; email: string; own: boolean }[]> {
  const found = await sql<{
    id: string;
    name: string;
    email: string;
    own: boolean;
  }>`select id, name, email, basis = 'mailbox' as own
    from campaign.signatories where state in ('confirmed', 'held') and id > ${after}::uuid
    order by id limit ${limit}`.execute(db);
  return found.rows;
}
