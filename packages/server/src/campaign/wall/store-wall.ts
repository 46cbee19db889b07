import { type Kysely, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { PublicSignatory } from '../model.ts';
import type { SignatoryRow } from '../store.ts';
import { CHECK_FILTERS, type CheckFilter, type WallFilter } from './wall-filter.ts';

/** Where a page of the wall ends: the next one begins behind it. */
export type WallPosition = { readonly at: Date; readonly id: string };

/** From where the wall is read: down from a position, or up to one. */
export type WallEdge = { readonly after?: WallPosition; readonly before?: WallPosition };

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
  'namesake',
  'affiliation',
] as const;
type Row = Pick<SignatoryRow, (typeof COLUMNS)[number]>;

const MAX_WORDS = 8;
/** A search first looks at so many of the newest names: what is common is found there, without gathering every match. */
const NEAR = 5_000;
const NEAR_CHECKS = 8_000;

/** Confirmed signatories who show their name, newest first; with `before` those right above a position. */
export async function selectWall(
  db: Db,
  filter: WallFilter,
  edge: WallEdge,
  limit: number,
): Promise<PublicSignatory[]> {
  const rows = await search(db, filter, edge, limit);
  return shown(edge.before ? rows.toReversed() : rows);
}

async function search(db: Db, filter: WallFilter, edge: WallEdge, limit: number): Promise<Row[]> {
  const affiliation = filter.affiliation ? await foldInDatabase(db, filter.affiliation) : '';
  const words = { name: wordsOf(filter.q), affiliation: wordsOf(affiliation) };
  const { check, ...rest } = filter;
  if (words.name.length + words.affiliation.length === 0 && check === undefined)
    return page(db, shownRows(db, filter, edge), words, edge, limit);
  const near = inOrder(shownRows(db, rest, edge), edge).limit(check ? NEAR_CHECKS : NEAR);
  const newest = await page(db, near, words, edge, limit, check);
  if (newest.length === limit) return newest;
  let known = shownRows(db, filter, edge);
  for (const [part, folded] of [
    [words.name, sql`name_folded`],
    [words.affiliation, sql`campaign.fold(affiliation)`],
  ] as const) {
    const parts = [...new Set(part.flatMap(partsOf))];
    if (parts.length > 0)
      known = known.where(sql<SqlBool>`campaign.name_parts(${folded}) @> ${parts}::text[]`);
  }
  // As the partial index says it.
  if (words.affiliation.length > 0) known = known.where('affiliation', 'is not', null);
  return page(db, known, words, edge, limit);
}

/** An affiliation is folded where it is kept; what is looked for must be folded by the same hand. */
async function foldInDatabase(db: Db, text: string): Promise<string> {
  const found = await sql<{ folded: string }>`select campaign.fold(${text}) as folded`.execute(db);
  return found.rows[0]!.folded;
}

const wordsOf = (text = '') => text.split(' ').filter(Boolean).slice(0, MAX_WORDS);

type Query = SelectQueryBuilder<Tables, 'campaign.signatories', Row>;

function shownRows(db: Db, filter: WallFilter, { after, before }: WallEdge): Query {
  const { craft, country, kind, check, version } = filter;
  const tables: Kysely<Tables> = db.withTables<Tables>();
  let query = tables
    .selectFrom('campaign.signatories')
    .select([...COLUMNS])
    .where('state', '=', 'confirmed')
    // As the partial indexes say it.
    .where(sql<SqlBool>`not hidden`);
  if (craft) query = query.where('craft', '=', craft);
  if (country) query = query.where('country', '=', country);
  // A word and not a parameter: so the partial index of organisations fits.
  if (kind) query = query.where(sql<SqlBool>`kind = ${sql.lit(kind)}`);
  if (version) query = query.where('declaration_version', '=', version);
  if (check) query = query.where(checked(check));
  if (after)
    query = query.where(sql<SqlBool>`(confirmed_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  if (before)
    query = query.where(sql<SqlBool>`(confirmed_at, id) > (${before.at}::timestamptz, ${before.id}::uuid)`);
  return query;
}

/** A vouch stands as long as the signature of who vouches. Of a check `c`. */
export const STANDING = sql`(c.voucher_id is null or exists (select 1 from campaign.signatories v
  where v.id = c.voucher_id and v.state = 'confirmed'))`;

function checked(check: CheckFilter): RawBuilder<SqlBool> {
  if (check === 'authority' || check === 'import')
    return sql`basis = ${sql.lit(check)} and basis <> 'mailbox'`;
  if (check === 'email')
    return sql`basis = 'mailbox' and not exists (select 1 from campaign.checks c
      where c.signatory_id = campaign.signatories.id and ${STANDING})`;
  return sql`id in (select c.signatory_id from campaign.checks c
    left join campaign.signatories v on v.id = c.voucher_id
    where c.method = ${check} and (c.voucher_id is null or v.state = 'confirmed'))`;
}

/** The same of a row that is at hand. `offset 0` keeps it a look at the row's own checks, not at all of them. */
function checkedRow(check: CheckFilter): RawBuilder<SqlBool> {
  if (check === 'authority' || check === 'import') return sql`basis = ${check}`;
  const own = sql`exists (select 1 from campaign.checks c where c.signatory_id = found.id and ${STANDING}
    ${check === 'email' ? sql`` : sql`and c.method = ${check}`} offset 0)`;
  return check === 'email' ? sql`basis = 'mailbox' and not ${own}` : sql`${own}`;
}

const inOrder = <O>(query: SelectQueryBuilder<Tables, 'campaign.signatories', O>, { before }: WallEdge) =>
  query.orderBy('confirmed_at', before ? 'asc' : 'desc').orderBy('id', before ? 'asc' : 'desc');

/** The index knows parts of up to three characters; the words themselves are looked for in what it found. */
function page(
  db: Db,
  from: Query,
  words: { readonly name: readonly string[]; readonly affiliation: readonly string[] },
  edge: WallEdge,
  limit: number,
  check?: CheckFilter,
): Promise<Row[]> {
  let query = db.selectFrom(from.as('found')).selectAll();
  if (check) query = query.where(checkedRow(check));
  for (const word of words.name) query = query.where(sql<SqlBool>`strpos(name_folded, ${word}) > 0`);
  for (const word of words.affiliation)
    query = query.where(sql<SqlBool>`strpos(campaign.fold(affiliation), ${word}) > 0`);
  const direction = edge.before ? 'asc' : 'desc';
  return query.orderBy('confirmed_at', direction).orderBy('id', direction).limit(limit).execute();
}

function shown(rows: readonly Row[]): PublicSignatory[] {
  return rows.map(
    ({ id, name, craft, country, town, kind, confirmed_at, basis, through_name, namesake }) => ({
      id,
      name,
      craft,
      country,
      town,
      kind,
      signedAt: confirmed_at!,
      basis,
      through: through_name,
      namesake,
    }),
  );
}

/** What the index knows of a word: itself up to three characters, else every three of them. */
function partsOf(word: string): string[] {
  const characters = Array.from(word);
  if (characters.length <= 3) return [word];
  return characters.slice(2).map((_, i) => characters.slice(i, i + 3).join(''));
}

/** The featured who count, show their name and have a check that stands, latest first. */
export async function selectFeatured(db: Db, limit: number): Promise<PublicSignatory[]> {
  const tables: Kysely<Tables> = db.withTables<Tables>();
  const rows = await tables
    .selectFrom('campaign.signatories')
    .select([...COLUMNS])
    .where('featured_at', 'is not', null)
    .where(
      sql<SqlBool>`exists (select 1 from campaign.checks c
        where c.signatory_id = campaign.signatories.id and ${STANDING})`,
    )
    .where('state', '=', 'confirmed')
    .where('hidden', '=', false)
    .orderBy('featured_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return shown(rows);
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

/** How many entries of the wall each check finds. One with several checks is in each of their numbers. */
export async function countChecks(db: Db): Promise<{ readonly [check in CheckFilter]: number }> {
  const found = await sql<{ name: CheckFilter; count: number }>`
    with checked as materialized (
      select c.signatory_id, c.method, s.basis from campaign.checks c
        join campaign.signatories s on s.id = c.signatory_id and s.state = 'confirmed' and not s.hidden
        where ${STANDING}),
    bases as materialized (
      select basis, count(*)::int as count from campaign.signatories
        where state = 'confirmed' and not hidden and basis <> 'mailbox' group by basis)
    select method as name, count(distinct signatory_id)::int as count from checked group by method
    union all select basis, count from bases
    union all select 'email', (select count(*) from campaign.signatories where state = 'confirmed' and not hidden)::int
      - coalesce((select sum(count) from bases), 0)::int
      - (select count(distinct signatory_id) from checked where basis = 'mailbox')::int`.execute(db);
  const counts = Object.fromEntries(found.rows.map(({ name, count }) => [name, count]));
  return Object.fromEntries(CHECK_FILTERS.map((check) => [check, counts[check] ?? 0])) as {
    [check in CheckFilter]: number;
  };
}
