import { type Kysely, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { Craft } from '../../parties/index.ts';
import type { PublicSignatory } from '../model.ts';
import type { SignatoryRow } from '../store.ts';

export type WallFilter = {
  readonly craft?: Craft | undefined;
  readonly country?: string | undefined;
  /** Folded; each of its words is a part of the name, in any order. */
  readonly q?: string | undefined;
};

/** Where a page of the wall ends: the next one begins behind it. */
export type WallPosition = { readonly at: Date; readonly id: string };

type Tables = { 'campaign.signatories': SignatoryRow };
const COLUMNS = [
  'id',
  'name',
  'name_folded',
  'craft',
  'country',
  'town',
  'kind',
  'confirmed_at',
  'basis',
  'through_name',
] as const;
type Row = Pick<SignatoryRow, (typeof COLUMNS)[number]>;

const MAX_WORDS = 8;
/** A search first looks at so many of the newest names: what is common is found there, without gathering every match. */
const NEAR = 5_000;

/** Confirmed signatories who show their name, newest first. */
export async function selectWall(
  db: Db,
  filter: WallFilter,
  after: WallPosition | undefined,
  limit: number,
): Promise<PublicSignatory[]> {
  const words = (filter.q ?? '').split(' ').filter(Boolean).slice(0, MAX_WORDS);
  if (words.length === 0) return shown(await page(db, shownRows(db, filter, after), words, limit));
  const near = shownRows(db, filter, after).orderBy('confirmed_at', 'desc').orderBy('id', 'desc').limit(NEAR);
  const newest = await page(db, near, words, limit);
  if (newest.length === limit) return shown(newest);
  const parts = [...new Set(words.flatMap(partsOf))];
  const known = shownRows(db, filter, after).where(
    sql<SqlBool>`campaign.name_parts(name_folded) @> ${parts}::text[]`,
  );
  return shown(await page(db, known, words, limit));
}

function shownRows(
  db: Db,
  { craft, country }: WallFilter,
  after: WallPosition | undefined,
): SelectQueryBuilder<Tables, 'campaign.signatories', Row> {
  const tables: Kysely<Tables> = db.withTables<Tables>();
  let query = tables
    .selectFrom('campaign.signatories')
    .select([...COLUMNS])
    .where('state', '=', 'confirmed')
    // As the partial indexes say it.
    .where(sql<SqlBool>`not hidden`);
  if (craft) query = query.where('craft', '=', craft);
  if (country) query = query.where('country', '=', country);
  if (after)
    query = query.where(sql<SqlBool>`(confirmed_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  return query;
}

/** The index knows parts of up to three characters; the words themselves are looked for in what it found. */
function page(
  db: Db,
  from: SelectQueryBuilder<Tables, 'campaign.signatories', Row>,
  words: readonly string[],
  limit: number,
): Promise<Row[]> {
  let query = db.selectFrom(from.as('found')).selectAll();
  for (const word of words) query = query.where(sql<SqlBool>`strpos(name_folded, ${word}) > 0`);
  return query.orderBy('confirmed_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

function shown(rows: readonly Row[]): PublicSignatory[] {
  return rows.map(({ id, name, craft, country, town, kind, confirmed_at, basis, through_name }) => ({
    id,
    name,
    craft,
    country,
    town,
    kind,
    signedAt: confirmed_at!,
    basis,
    through: through_name,
  }));
}

/** What the index knows of a word: itself up to three characters, else every three of them. */
function partsOf(word: string): string[] {
  const characters = Array.from(word);
  if (characters.length <= 3) return [word];
  return characters.slice(2).map((_, i) => characters.slice(i, i + 3).join(''));
}

/** People who count, how many of them hide their name, and organisations; these two are never added up. */
export type Counted = { readonly confirmed: number; readonly hidden: number; readonly organisations: number };

export async function countConfirmed(db: Db): Promise<Counted> {
  const rows = await sql<Counted>`
    select count(*) filter (where kind = 'person')::int as confirmed,
      count(*) filter (where kind = 'person' and hidden)::int as hidden,
      count(*) filter (where kind = 'organisation')::int as organisations
    from campaign.signatories where state = 'confirmed'`.execute(db);
  return rows.rows[0]!;
}
