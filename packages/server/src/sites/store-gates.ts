import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Gate } from './model.ts';

type GateRow = {
  id: string;
  site_id: string;
  name: string;
  public_key: Buffer;
  created_at: Date;
  revoked_at: Date | null;
};

const GATE = sql.raw('id, site_id, name, public_key, created_at, revoked_at');

function toGate(row: GateRow): Gate {
  return {
    id: row.id,
    siteId: row.site_id,
    name: row.name,
    publicKey: new Uint8Array(row.public_key),
    createdAt: row.created_at,
    revokedAt: row.revoked_at ?? undefined,
  };
}

export async function insertGate(db: Db, gate: Omit<Gate, 'revokedAt'>, secretHmac: string): Promise<void> {
  await sql`insert into sites.gates (id, site_id, name, public_key, secret_hmac, created_at)
    values (${gate.id}, ${gate.siteId}, ${gate.name}, ${Buffer.from(gate.publicKey)}, ${secretHmac},
      ${gate.createdAt})`.execute(db);
}

export async function findGate(db: Db, id: string): Promise<Gate | undefined> {
  const found = await sql<GateRow>`select ${GATE} from sites.gates where id = ${id}`.execute(db);
  return found.rows[0] && toGate(found.rows[0]);
}

export async function secretHmacOf(db: Db, id: string): Promise<string | undefined> {
  const found = await sql<{ secret_hmac: string }>`select secret_hmac from sites.gates
    where id = ${id} and revoked_at is null`.execute(db);
  return found.rows[0]?.secret_hmac;
}

/** Also those that were switched off, oldest first. */
export async function gatesOfSite(db: Db, siteId: string): Promise<Gate[]> {
  const found = await sql<GateRow>`select ${GATE} from sites.gates where site_id = ${siteId}
    order by created_at, id`.execute(db);
  return found.rows.map(toGate);
}

/** Answers false when it was switched off before. */
export async function markGateRevoked(db: Db, id: string, at: Date): Promise<boolean> {
  const done = await sql`update sites.gates set revoked_at = ${at}
    where id = ${id} and revoked_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}
