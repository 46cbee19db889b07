import { sql } from 'kysely';
import type { Db, Locale } from '../../kernel/index.ts';
import type { Basis, Method } from '../model.ts';
import { STANDING } from '../wall/store-wall.ts';

/** One line of the public list as it is written into files. */
export type ListRow = {
  readonly id: string;
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly craft: string;
  readonly country: string;
  readonly town: string | null;
  readonly checks: Method[];
  readonly basis: Basis;
  readonly through: string | null;
  readonly confirmedAt: Date;
};

/** Signatures that count and show their names, in the order of their ids, with the methods of their checks. */
export async function selectListRows(db: Db, after: string, limit: number): Promise<ListRow[]> {
  const found = await sql<ListRow>`select s.id, s.kind, s.name, s.craft, s.country, s.town,
      s.confirmed_at as "confirmedAt", s.basis, s.through_name as through,
      coalesce((select array_agg(distinct c.method order by c.method) from campaign.checks c
        left join campaign.signatories v on v.id = c.voucher_id
        where c.signatory_id = s.id and (c.voucher_id is null or v.state = 'confirmed')), '{}') as checks
    from campaign.signatories s where s.state = 'confirmed' and not s.hidden and s.id > ${after}::uuid
    order by s.id limit ${limit}`.execute(db);
  return found.rows;
}

/** Who counts for the list, people and organisations apart, and how many of each hide their name. */
export type ListCount = {
  readonly people: number;
  readonly hiddenPeople: number;
  readonly organisations: number;
  readonly hiddenOrganisations: number;
};

export async function countListed(db: Db): Promise<ListCount> {
  const found = await sql<ListCount>`
    select count(*) filter (where kind = 'person')::int as people,
      count(*) filter (where kind = 'person' and hidden)::int as "hiddenPeople",
      count(*) filter (where kind = 'organisation')::int as organisations,
      count(*) filter (where kind = 'organisation' and hidden)::int as "hiddenOrganisations"
    from campaign.signatories where state = 'confirmed'`.execute(db);
  return found.rows[0]!;
}

/** How many count of each kind, and how many are featured. */
export async function countKinds(
  db: Db,
): Promise<{ person: number; organisation: number; featured: number }> {
  const found = await sql<{ person: number; organisation: number; featured: number }>`
    select count(*) filter (where kind = 'person')::int as person,
      count(*) filter (where kind = 'organisation')::int as organisation,
      count(*) filter (where featured_at is not null and not hidden and exists (select 1 from campaign.checks c
        where c.signatory_id = campaign.signatories.id and ${STANDING}))::int as featured
    from campaign.signatories where state = 'confirmed'`.execute(db);
  return found.rows[0]!;
}

/** How many signatures that count have a check of each method; a voucher that no longer counts vouches for nobody. */
export async function countMethods(db: Db): Promise<{ method: Method; count: number }[]> {
  const found = await sql<{ method: Method; count: number }>`
    select c.method, count(distinct c.signatory_id)::int as count from campaign.checks c
      join campaign.signatories s on s.id = c.signatory_id and s.state = 'confirmed'
      left join campaign.signatories v on v.id = c.voucher_id
    where c.voucher_id is null or v.state = 'confirmed' group by 1`.execute(db);
  return found.rows;
}

/** How many signatures that count rest on what. */
export async function countBases(db: Db): Promise<{ basis: Basis; count: number }[]> {
  const found = await sql<{ basis: Basis; count: number }>`select basis, count(*)::int as count
    from campaign.signatories where state = 'confirmed' group by 1`.execute(db);
  return found.rows;
}

export type CorrectionRow = {
  readonly id: string;
  readonly happenedOn: string;
  readonly texts: { readonly [L in Locale]: string };
  readonly change: number | null;
  readonly writtenAt: Date;
};

export async function insertCorrection(db: Db, c: CorrectionRow & { by: string }): Promise<void> {
  await sql`insert into campaign.corrections (id, happened_on, texts, change, written_by, written_at)
    values (${c.id}, ${c.happenedOn}, ${JSON.stringify(c.texts)}::jsonb, ${c.change}, ${c.by}, ${c.writtenAt})`.execute(
    db,
  );
}

export async function selectCorrections(db: Db, limit: number): Promise<CorrectionRow[]> {
  const found = await sql<CorrectionRow>`select id, to_char(happened_on, 'YYYY-MM-DD') as "happenedOn", texts,
      change, written_at as "writtenAt"
    from campaign.corrections order by happened_on desc, written_at desc, id desc limit ${limit}`.execute(db);
  return found.rows;
}

/** What was recorded of the list on one day. Organisations are not known of days before they were recorded. */
export type ListRecord = {
  readonly day: string;
  readonly at: Date;
  readonly confirmed: number;
  readonly hidden: number;
  readonly organisations: number | null;
  readonly hiddenOrganisations: number | null;
  readonly listSha256: string;
  readonly csvSha256: string;
};

export async function insertListRecord(
  db: Db,
  r: ListCount & Pick<ListRecord, 'day' | 'at' | 'listSha256' | 'csvSha256'>,
): Promise<void> {
  await sql`insert into campaign.list_records
      (day, at, confirmed, hidden, organisations, hidden_organisations, list_sha256, csv_sha256)
    values (${r.day}, ${r.at}, ${r.people}, ${r.hiddenPeople}, ${r.organisations}, ${r.hiddenOrganisations},
      ${r.listSha256}, ${r.csvSha256})
    on conflict do nothing`.execute(db);
}

/** Newest first. */
export async function selectListRecords(db: Db, limit: number): Promise<ListRecord[]> {
  const found = await sql<ListRecord>`select to_char(day, 'YYYY-MM-DD') as day, at, confirmed, hidden,
      organisations, hidden_organisations as "hiddenOrganisations",
      list_sha256 as "listSha256", csv_sha256 as "csvSha256"
    from campaign.list_records order by campaign.list_records.day desc limit ${limit}`.execute(db);
  return found.rows;
}
