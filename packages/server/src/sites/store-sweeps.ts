import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** The last look for pages that are marked as somebody else's. */
export type Sweep = { readonly lookedAt: Date; readonly pages: number; readonly whole: boolean };

/** A page with a mark, and which exclusion of the statement names the mark. */
export type ExcludedPage = { readonly path: string; readonly position: number };

/** Keeps what a look found beside what earlier ones found. A statement that was once looked through stays so. */
export async function recordSweep(
  db: Db,
  statementId: string,
  sweep: Sweep & { readonly found: readonly ExcludedPage[] },
): Promise<void> {
  for (const { path, position } of sweep.found) {
    await sql`insert into sites.excluded_pages (statement_id, path, position, found_at)
      values (${statementId}, ${path}, ${position}, ${sweep.lookedAt}) on conflict do nothing`.execute(db);
  }
  await sql`insert into sites.sweeps (statement_id, looked_at, pages, whole)
    values (${statementId}, ${sweep.lookedAt}, ${sweep.pages}, ${sweep.whole})
    on conflict (statement_id) do update
    set looked_at = excluded.looked_at, pages = excluded.pages, whole = sweeps.whole or excluded.whole`.execute(
    db,
  );
}

export async function sweepOf(db: Db, statementId: string): Promise<Sweep | undefined> {
  const found = await sql<{ looked_at: Date; pages: number; whole: boolean }>`
    select looked_at, pages, whole from sites.sweeps where statement_id = ${statementId}`.execute(db);
  const row = found.rows[0];
  return row && { lookedAt: row.looked_at, pages: row.pages, whole: row.whole };
}

/** By path. */
export async function excludedPages(db: Db, statementId: string): Promise<ExcludedPage[]> {
  const found = await sql<ExcludedPage>`select path, position from sites.excluded_pages
    where statement_id = ${statementId} order by path collate "C"`.execute(db);
  return found.rows;
}

/** Sites with a proof in force whose latest statement names marks. */
export async function sitesWithMarks(db: Db, now: Date): Promise<string[]> {
  const found = await sql<{ id: string }>`select s.id from sites.sites s
    where s.released_at is null and s.kind = 'host'
      and exists (select from sites.checks c where c.site_id = s.id and c.valid_until > ${now})
      and exists (select from sites.exclusions e where e.kind <> 'path' and e.statement_id = (
        select t.id from sites.statements t where t.site_id = s.id order by t.seq desc limit 1))
    order by s.id limit 10000`.execute(db);
  return found.rows.map(({ id }) => id);
}
