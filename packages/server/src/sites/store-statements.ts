import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** How a part of a site that is not its owner's is named. */
export const EXCLUSION_KINDS = ['path', 'feed', 'credit', 'creator', 'tag'] as const;
export type ExclusionKind = (typeof EXCLUSION_KINDS)[number];

/** One part of a site that is not its owner's. */
export type Exclusion = {
  readonly kind: ExclusionKind;
  /** An RFC 9309 path pattern; else the address of the feed, the credit, the name in JSON-LD, or the tag. */
  readonly pattern: string;
  readonly what: string;
};

/** What the owner said last about what is not hers. */
export type Statement = {
  readonly id: string;
  readonly none: boolean;
  readonly statedAt: Date;
  readonly exclusions: readonly Exclusion[];
};

/** Adds a statement after all earlier ones. The site's row is locked, so two tabs come one after the other. */
export async function insertStatement(
  db: Db,
  siteId: string,
  statement: Statement,
  exclusionId: () => string,
): Promise<void> {
  await sql`select from sites.sites where id = ${siteId} for update`.execute(db);
  await sql`insert into sites.statements (id, site_id, seq, none, stated_at)
    select ${statement.id}, ${siteId}, coalesce(max(seq), 0) + 1, ${statement.none}, ${statement.statedAt}
    from sites.statements where site_id = ${siteId}`.execute(db);
  for (const [position, { kind, pattern, what }] of statement.exclusions.entries()) {
    await sql`insert into sites.exclusions (id, statement_id, position, kind, pattern, what)
      values (${exclusionId()}, ${statement.id}, ${position}, ${kind}, ${pattern}, ${what})`.execute(db);
  }
}

export async function latestStatement(db: Db, siteId: string): Promise<Statement | undefined> {
  const found = await sql<{ id: string; none: boolean; stated_at: Date }>`select id, none, stated_at
    from sites.statements where site_id = ${siteId} order by seq desc limit 1`.execute(db);
  const row = found.rows[0];
  if (row === undefined) return undefined;
  const paths = await sql<Exclusion>`select kind, pattern, what from sites.exclusions
    where statement_id = ${row.id} order by position`.execute(db);
  return { id: row.id, none: row.none, statedAt: row.stated_at, exclusions: paths.rows };
}
