import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';

export type OfficialDomain = { readonly domain: string; readonly organisation: string };

export async function selectOfficialDomains(db: Db): Promise<OfficialDomain[]> {
  const found = await sql<OfficialDomain>`select domain, organisation from campaign.official_domains
    order by domain collate "C"`.execute(db);
  return found.rows;
}

export async function selectOfficialDomain(db: Db, domain: string): Promise<OfficialDomain | undefined> {
  const found = await sql<OfficialDomain>`select domain, organisation from campaign.official_domains
    where domain = ${domain}`.execute(db);
  return found.rows[0];
}

export async function upsertOfficialDomain(
  db: Db,
  d: OfficialDomain & { by: string; at: Date },
): Promise<void> {
  await sql`insert into campaign.official_domains (domain, organisation, added_by, added_at)
    values (${d.domain}, ${d.organisation}, ${d.by}, ${d.at})
    on conflict (domain) do update set organisation = excluded.organisation`.execute(db);
}

export async function deleteOfficialDomain(db: Db, domain: string): Promise<void> {
  await sql`delete from campaign.official_domains where domain = ${domain}`.execute(db);
}
