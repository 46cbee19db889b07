import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Client } from './model.ts';

type ClientRow = {
  id: string;
  licensee_id: string;
  name: string;
  secret_hmac: string;
  created_at: Date;
  rotated_at: Date | null;
  revoked_at: Date | null;
};

function toClient(row: ClientRow): Client {
  return {
    id: row.id,
    licenseeId: row.licensee_id,
    name: row.name,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    revokedAt: row.revoked_at,
  };
}

export async function insertClient(
  db: Db,
  c: Client & { readonly secretHmac: string; readonly createdBy: string },
): Promise<void> {
  await sql`insert into licensing.clients (id, licensee_id, name, secret_hmac, created_by, created_at)
    values (${c.id}, ${c.licenseeId}, ${c.name}, ${c.secretHmac}, ${c.createdBy}, ${c.createdAt})`.execute(
    db,
  );
}

export async function selectClient(
  db: Db,
  id: string,
): Promise<(Client & { readonly secretHmac: string }) | undefined> {
  const found = await sql<ClientRow>`select * from licensing.clients where id = ${id}`.execute(db);
  const row = found.rows[0];
  return row && { ...toClient(row), secretHmac: row.secret_hmac };
}

/** Clients of a licensee, revoked ones too, oldest first. */
export async function selectClients(db: Db, licenseeId: string): Promise<Client[]> {
  const found = await sql<ClientRow>`select * from licensing.clients where licensee_id = ${licenseeId}
    order by created_at, id`.execute(db);
  return found.rows.map(toClient);
}

/** Answers false when the client is revoked. */
export async function updateSecret(db: Db, id: string, secretHmac: string, at: Date): Promise<boolean> {
  const done = await sql`update licensing.clients set secret_hmac = ${secretHmac}, rotated_at = ${at}
    where id = ${id} and revoked_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Answers false when it was revoked before. */
export async function markClientRevoked(db: Db, id: string, at: Date): Promise<boolean> {
  const done = await sql`update licensing.clients set revoked_at = ${at}
    where id = ${id} and revoked_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}
