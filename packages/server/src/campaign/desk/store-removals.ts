import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';

/** What was taken out on one day by others than the owners, of what counted. */
export type Removal = {
  readonly day: string;
  readonly kind: 'moderator' | 'list';
  readonly people: number;
  readonly organisations: number;
  /** Of the latest. */
  readonly at: Date;
};

export async function addRemoval(db: Db, r: Removal): Promise<void> {
  await sql`insert into campaign.removals (day, kind, people, organisations, at)
    values (${r.day}, ${r.kind}, ${r.people}, ${r.organisations}, ${r.at})
    on conflict (day, kind) do update set people = removals.people + excluded.people,
      organisations = removals.organisations + excluded.organisations, at = excluded.at`.execute(db);
}

/** Newest first. */
export async function selectRemovals(db: Db, limit: number): Promise<Removal[]> {
  const found = await sql<Removal>`select to_char(day, 'YYYY-MM-DD') as day, kind, people, organisations, at
    from campaign.removals order by at desc, kind limit ${limit}`.execute(db);
  return found.rows;
}
