import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { SignatoryRow } from '../store.ts';

export type MailDomainRow = {
  domain: string;
  ruling: 'held' | 'accepted';
  reason: string;
  decided_by: string;
  decided_at: Date;
};
type Tables = { 'campaign.mail_domains': MailDomainRow; 'campaign.signatories': SignatoryRow };

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

export function selectMailDomains(db: Db, domains: readonly string[]): Promise<MailDomainRow[]> {
  if (domains.length === 0) return Promise.resolve([]);
  return tables(db)
    .selectFrom('campaign.mail_domains')
    .selectAll()
    .where('domain', 'in', [...domains])
    .execute();
}

export async function upsertMailDomain(db: Db, row: MailDomainRow): Promise<void> {
  await tables(db)
    .insertInto('campaign.mail_domains')
    .values(row)
    .onConflict((oc) => oc.column('domain').doUpdateSet(row))
    .execute();
}

/** Signatures held for their mail domain, by domain, the most first. */
export async function countHeldDomains(
  db: Db,
): Promise<{ domain: string; count: number; since: Date; names: string[] }[]> {
  const rows = await sql<{ domain: string; count: number; since: Date; names: string[] }>`
    select * from (select split_part(mailbox_key, '@', 2) as domain, count(*)::int as count,
        min(confirmed_at) as since, (array_agg(name order by confirmed_at))[1:5] as names
      from campaign.signatories where state = 'held' and 'mail-domain' = any(held_for) group by 1) held
    order by count desc, domain collate "C" limit 100`.execute(db);
  return rows.rows;
}

/** Rows held for their mail domain, kept until the transaction ends. */
export function lockHeldOfDomain(db: Db, domain: string, limit: number): Promise<SignatoryRow[]> {
  return tables(db)
    .selectFrom('campaign.signatories')
    .selectAll()
    .where('state', '=', 'held')
    .where(sql<SqlBool>`'mail-domain' = any(held_for)`)
    .where(sql<SqlBool>`split_part(mailbox_key, '@', 2) = ${domain}`)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute();
}

/**
 * Whether a version waits for its minute. Until the open transaction ends it cannot become public: so whoever publishes it
 * sees every signature that was held for it.
 */
export async function isUnderEmbargo(db: Db, version: number): Promise<boolean> {
  const found = await sql`select version from campaign.declarations
    where version = ${version} and state = 'approved' for share`.execute(db);
  return found.rows.length > 0;
}
