import type { ExactKey } from '@clearway/match';
import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** Files of a work that are fingerprinted in this way. */
export async function selectFingerprinted(db: Db, workId: string, algorithm: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select manifestation_id as id from works.fingerprints
    where work_id = ${workId} and algorithm = ${algorithm}`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** Works with a file that is not fingerprinted in this way. */
export async function selectUnfingerprinted(db: Db, algorithm: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select distinct m.work_id as id from works.manifestations m
    where m.kind = 'file' and not exists (select 1 from works.fingerprints f
      where f.manifestation_id = m.id and f.algorithm = ${algorithm}) order by 1`.execute(db);
  return found.rows.map(({ id }) => id);
}

export type FingerprintRow = {
  readonly manifestationId: string;
  readonly algorithm: number;
  readonly keys: readonly ExactKey[];
  readonly textWords: number | null;
  readonly textPrint: Uint8Array | null;
  readonly problem: string | null;
  readonly madeAt: Date;
};

/** Stores what was found of a file, unless the file went meanwhile. */
export async function upsertFingerprint(db: Db, row: FingerprintRow): Promise<void> {
  const print = row.textPrint && Buffer.from(row.textPrint);
  await sql`insert into works.fingerprints
      (manifestation_id, work_id, algorithm, keys, text_words, text_print, problem, made_at)
    select id, work_id, ${row.algorithm}::int, ${JSON.stringify(row.keys)}::jsonb, ${row.textWords}::int, ${print}::bytea,
      ${row.problem}::text, ${row.madeAt}::timestamptz
    from works.manifestations where id = ${row.manifestationId}
    on conflict (manifestation_id) do update set algorithm = excluded.algorithm, keys = excluded.keys,
      text_words = excluded.text_words, text_print = excluded.text_print, problem = excluded.problem,
      made_at = excluded.made_at`.execute(db);
}

export type WorkPrints = {
  readonly id: string;
  readonly withdrawn: boolean;
  readonly files: readonly {
    readonly sha256: string | null;
    readonly keys: readonly ExactKey[];
    readonly print: Uint8Array | null;
  }[];
};

/** What is recognised of the next works after an id, in the order of their ids. */
export async function selectPrints(db: Db, after: string, limit: number): Promise<WorkPrints[]> {
  const found = await sql<{
    id: string;
    withdrawn: boolean;
    sha256: string | null;
    keys: readonly ExactKey[] | null;
    print: Buffer | null;
  }>`select w.id, w.withdrawn, m.sha256, f.keys, f.text_print as print
    from (select id, state = 'withdrawn' as withdrawn from works.works where id > ${after}::uuid order by id limit ${limit}) w
    left join works.manifestations m on m.work_id = w.id
    left join works.fingerprints f on f.manifestation_id = m.id
    order by w.id, m.id`.execute(db);
  const works = new Map<string, { withdrawn: boolean; files: WorkPrints['files'][number][] }>();
  for (const { id, withdrawn, sha256, keys, print } of found.rows) {
    const work = works.get(id) ?? { withdrawn, files: [] };
    work.files.push({ sha256, keys: keys ?? [], print });
    works.set(id, work);
  }
  return [...works].map(([id, work]) => ({ id, ...work }));
}

/** Changes with everything the index is made of; and when the last of it came. */
export async function selectMarker(db: Db): Promise<{ marker: string; changedAt: Date | null }> {
  const found = await sql<{ marker: string; changedAt: Date | null }>`
    select concat_ws(':', w.n, w.withdrawn, m.n, f.n, extract(epoch from f.last)) as marker,
      date_trunc('milliseconds', greatest(w.last, m.last, f.last)) as "changedAt"
    from (select count(*) as n, count(withdrawn_at) as withdrawn, max(withdrawn_at) as last from works.works) w,
      (select count(*) as n, max(created_at) as last from works.manifestations) m,
      (select count(*) as n, max(made_at) as last from works.fingerprints) f`.execute(db);
  return found.rows[0]!;
}

export type IndexRow = {
  readonly sha256: string;
  readonly bytes: bigint;
  readonly works: number;
  readonly fingerprints: bigint;
  readonly marker: string;
  readonly created_at: Date;
  readonly built_at: Date;
  readonly looked_at: Date;
};

export async function selectIndex(db: Db): Promise<IndexRow | undefined> {
  const found =
    await sql<IndexRow>`select sha256, bytes, works, fingerprints, marker, created_at, built_at, looked_at
    from works.match_indexes order by seq desc limit 1`.execute(db);
  return found.rows[0];
}

/** Two that look whether the index is current wait for each other. */
export async function lockIndex(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('works|match-index', 0))`.execute(db);
}

export async function markLooked(db: Db, at: Date): Promise<void> {
  await sql`update works.match_indexes set looked_at = ${at}
    where seq = (select max(seq) from works.match_indexes)`.execute(db);
}

/** Stores a new index; answers the hashes of files that are no longer needed. The one before stays for who is downloading it. */
export async function insertIndex(db: Db, row: IndexRow): Promise<string[]> {
  await sql`insert into works.match_indexes (sha256, bytes, works, fingerprints, marker, created_at, built_at, looked_at)
    values (${row.sha256}, ${row.bytes}, ${row.works}, ${row.fingerprints}, ${row.marker}, ${row.created_at}, ${row.built_at},
      ${row.looked_at})`.execute(db);
  const gone = await sql<{ sha256: string }>`delete from works.match_indexes
    where seq not in (select seq from works.match_indexes order by seq desc limit 2) returning sha256`.execute(
    db,
  );
  const kept = await sql<{ sha256: string }>`select sha256 from works.match_indexes`.execute(db);
  return gone.rows
    .map(({ sha256 }) => sha256)
    .filter((sha256) => !kept.rows.some((row) => row.sha256 === sha256));
}
