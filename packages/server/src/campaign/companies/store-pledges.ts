import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';

/** A signature of a company under the pledge. */
export type Pledge = {
  readonly id: string;
  readonly partyId: string;
  readonly version: number;
  readonly sha256: string;
  /** The website whose control was shown, how and when. */
  readonly host: string;
  readonly method: string;
  readonly checkedAt: Date;
  readonly signedAt: Date;
};

export async function insertPledge(db: Db, p: Pledge & { readonly signedBy: string }): Promise<void> {
  await sql`insert into campaign.pledges (id, party_id, version, sha256, host, method, checked_at, signed_by, signed_at)
    values (${p.id}, ${p.partyId}, ${p.version}, ${p.sha256}, ${p.host}, ${p.method}, ${p.checkedAt}, ${p.signedBy},
      ${p.signedAt})`.execute(db);
}

/** Answers whether one stood. */
export async function endPledge(
  db: Db,
  { partyId, by, at }: { partyId: string; by: string; at: Date },
): Promise<boolean> {
  const done = await sql`update campaign.pledges set withdrawn_by = ${by}, withdrawn_at = ${at}
    where party_id = ${partyId} and withdrawn_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function selectPledges(
  db: Db,
  { partyId, live }: { partyId?: string | undefined; live: boolean },
): Promise<Pledge[]> {
  const found = await sql<Pledge>`select id, party_id as "partyId", version, sha256, host, method,
      checked_at as "checkedAt", signed_at as "signedAt"
    from campaign.pledges
    where (withdrawn_at is null or not ${live}::boolean)
      and (${partyId ?? null}::uuid is null or party_id = ${partyId ?? null}::uuid)
    order by signed_at, id`.execute(db);
  return found.rows;
}
