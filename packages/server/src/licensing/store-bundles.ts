import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

export type BundleRow = {
  number: bigint;
  content_sha256: string;
  issued_at: Date;
  looked_at: Date;
  sealed: string;
};

export async function selectBundle(db: Db, siteId: string): Promise<BundleRow | undefined> {
  const found = await sql<BundleRow>`select * from licensing.bundles where site_id = ${siteId}`.execute(db);
  return found.rows[0];
}

/** Whoever makes the next bundle of a site waits for the one before. */
export async function lockBundle(db: Db, siteId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`licensing bundle ${siteId}`}, 0))`.execute(db);
}

export async function upsertBundle(db: Db, siteId: string, b: BundleRow): Promise<void> {
  await sql`insert into licensing.bundles (site_id, number, content_sha256, issued_at, looked_at, sealed)
    values (${siteId}, ${b.number}, ${b.content_sha256}, ${b.issued_at}, ${b.looked_at}, ${b.sealed})
    on conflict (site_id) do update set number = excluded.number, content_sha256 = excluded.content_sha256,
      issued_at = excluded.issued_at, looked_at = excluded.looked_at, sealed = excluded.sealed`.execute(db);
}

/** Agreements and tokens that were ended while a token for the site could still be shown, in the order of their ids. */
export async function selectEnded(
  db: Db,
  siteId: string,
  after: Date,
): Promise<{ agreements: { id: string; at: Date }[]; tokens: { jti: string; at: Date }[] }> {
  const agreements = await sql<{
    id: string;
    at: Date;
  }>`select distinct r.agreement_id as id, r.revoked_at as at
    from licensing.tokens t join licensing.revocations r on r.agreement_id = t.agreement_id
    where t.site_id = ${siteId} and t.expires_at > ${after} order by id`.execute(db);
  const tokens = await sql<{ jti: string; at: Date }>`select t.jti, c.revoked_at as at
    from licensing.tokens t join licensing.clients c on c.id = t.client_id
    where t.site_id = ${siteId} and t.expires_at > ${after} and c.revoked_at is not null order by t.jti`.execute(
    db,
  );
  return { agreements: agreements.rows, tokens: tokens.rows };
}

export type RemovalRow = {
  seq: bigint;
  work_id: string;
  kind: 'work-withdrawn' | 'terms-withdrawn';
  removed_at: Date;
  sha256s: readonly string[];
  urls: readonly string[];
};

/** One after the other, so that nobody who reads on can miss a number that commits late. */
export async function insertRemoval(
  db: Db,
  r: Omit<RemovalRow, 'seq'> & { readonly eventKey: string },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('licensing removals', 0))`.execute(db);
  await sql`insert into licensing.removals (work_id, kind, removed_at, sha256s, urls, event_key)
    values (${r.work_id}, ${r.kind}, ${r.removed_at}, ${r.sha256s}::text[], ${r.urls}::text[], ${r.eventKey})
    on conflict do nothing`.execute(db);
}

export async function selectRemovals(db: Db, after: bigint, limit: number): Promise<RemovalRow[]> {
  const found = await sql<RemovalRow>`select seq, work_id, kind, removed_at, sha256s, urls
    from licensing.removals where seq > ${after} order by seq limit ${limit}`.execute(db);
  return found.rows;
}
