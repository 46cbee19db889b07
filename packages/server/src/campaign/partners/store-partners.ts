import { sql } from 'kysely';
import type { Db, Locale } from '../../kernel/index.ts';
import { type OpenReview, REVIEW, REVIEWED } from '../reviews/store-reviews.ts';

/** The words of a partner's consent line, in all languages. */
export type ConsentLine = { readonly [L in Locale]: string };

/** A partner with the consent line it asks for now. */
export type Partner = {
  readonly id: string;
  /** The code its signatures carry. */
  readonly source: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly logoSha256: string | null;
  readonly createdAt: Date;
  /** Since when it takes no part any more. */
  readonly leftAt: Date | null;
  readonly consent: { readonly version: number; readonly texts: ConsentLine };
};

const PARTNER = sql.raw(`select p.id, p.source, p.name, p.hosts, p.logo_sha256 as "logoSha256",
    p.created_at as "createdAt", p.left_at as "leftAt",
    jsonb_build_object('version', c.version, 'texts', c.texts) as consent
  from campaign.partners p join lateral (select version, texts from campaign.partner_consents
    where partner_id = p.id order by version desc limit 1) c on true`);

export async function selectPartner(db: Db, source: string): Promise<Partner | undefined> {
  const found = await sql<Partner>`${PARTNER} where p.source = ${source}`.execute(db);
  return found.rows[0];
}

/** As `selectPartner`, by id and held until the transaction ends. */
export async function lockPartner(db: Db, id: string): Promise<Partner | undefined> {
  const found = await sql<Partner>`${PARTNER} where p.id = ${id} for update of p`.execute(db);
  return found.rows[0];
}

export async function selectPartners(db: Db): Promise<Partner[]> {
  const found = await sql<Partner>`${PARTNER} order by p.left_at is not null, p.created_at, p.id`.execute(db);
  return found.rows;
}

/** False when the source code is taken. */
export async function insertPartner(
  db: Db,
  p: Omit<Partner, 'consent' | 'leftAt' | 'logoSha256'> & { by: string },
): Promise<boolean> {
  const done = await sql`insert into campaign.partners (id, source, name, hosts, created_by, created_at)
    values (${p.id}, ${p.source}, ${p.name}, ${p.hosts}, ${p.by}, ${p.createdAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function updatePartner(
  db: Db,
  id: string,
  to: { name: string; hosts: readonly string[] },
): Promise<void> {
  await sql`update campaign.partners set name = ${to.name}, hosts = ${to.hosts} where id = ${id}`.execute(db);
}

export async function updateLogo(db: Db, id: string, sha256: string | null): Promise<void> {
  await sql`update campaign.partners set logo_sha256 = ${sha256} where id = ${id}`.execute(db);
}

export async function endPartner(db: Db, id: string, by: string, at: Date): Promise<void> {
  await sql`update campaign.partners set left_at = ${at}, left_by = ${by} where id = ${id}`.execute(db);
}

export async function insertConsent(
  db: Db,
  c: { partnerId: string; version: number; texts: ConsentLine; by: string; at: Date },
): Promise<void> {
  await sql`insert into campaign.partner_consents (partner_id, version, texts, written_by, written_at)
    values (${c.partnerId}, ${c.version}, ${JSON.stringify(c.texts)}::jsonb, ${c.by}, ${c.at})`.execute(db);
}

/** Writes where a signature came from; an earlier word of a sign-up not confirmed yet is replaced. */
export async function upsertSource(
  db: Db,
  s: { signatoryId: string; partnerId: string; consentVersion: number | null; at: Date },
): Promise<void> {
  const consentedAt = s.consentVersion === null ? null : s.at;
  await sql`insert into campaign.partner_signatures (signatory_id, partner_id, consent_version, consented_at)
    values (${s.signatoryId}, ${s.partnerId}, ${s.consentVersion}, ${consentedAt})
    on conflict (signatory_id) do update set partner_id = excluded.partner_id,
      consent_version = excluded.consent_version, consented_at = excluded.consented_at,
      consent_ended_at = null`.execute(db);
}

export async function deleteSource(db: Db, signatoryId: string): Promise<void> {
  await sql`delete from campaign.partner_signatures where signatory_id = ${signatoryId}`.execute(db);
}

/** Where a signature came from, with the words its owner agreed to. */
export type Source = {
  readonly source: string;
  readonly partner: string;
  readonly leftAt: Date | null;
  readonly consent: {
    readonly version: number;
    readonly texts: ConsentLine;
    readonly at: string;
    readonly endedAt: string | null;
  } | null;
};

export async function selectSource(db: Db, signatoryId: string): Promise<Source | undefined> {
  const found = await sql<Source>`select p.source, p.name as partner, p.left_at as "leftAt",
      case when s.consent_version is null then null else jsonb_build_object('version', s.consent_version,
        'texts', c.texts, 'at', s.consented_at, 'endedAt', s.consent_ended_at) end as consent
    from campaign.partner_signatures s join campaign.partners p on p.id = s.partner_id
      left join campaign.partner_consents c on c.partner_id = s.partner_id and c.version = s.consent_version
    where s.signatory_id = ${signatoryId}`.execute(db);
  return found.rows[0];
}

export async function endConsent(db: Db, signatoryId: string, at: Date): Promise<boolean> {
  const done = await sql`update campaign.partner_signatures set consent_ended_at = ${at}
    where signatory_id = ${signatoryId} and consent_version is not null and consent_ended_at is null`.execute(
    db,
  );
  return done.numAffectedRows === 1n;
}

/** Who counts, waits and may be written to, of one partner's signatures. */
export type PartnerCounts = {
  readonly confirmed: number;
  readonly hidden: number;
  readonly held: number;
  readonly contacts: number;
};

const MAY_BE_WRITTEN_TO = sql.raw('s.consent_version is not null and s.consent_ended_at is null');

export async function countPartner(db: Db, partnerId: string): Promise<PartnerCounts> {
  const found =
    await sql<PartnerCounts>`select count(*) filter (where g.state = 'confirmed')::int as confirmed,
      count(*) filter (where g.state = 'confirmed' and g.hidden)::int as hidden,
      count(*) filter (where g.state = 'held')::int as held,
      count(*) filter (where g.state = 'confirmed' and ${MAY_BE_WRITTEN_TO})::int as contacts
    from campaign.partner_signatures s join campaign.signatories g on g.id = s.signatory_id
    where s.partner_id = ${partnerId}`.execute(db);
  return found.rows[0]!;
}

/** By day in UTC, newest first. */
export async function countByDay(
  db: Db,
  partnerId: string,
  days: number,
): Promise<{ day: string; count: number }[]> {
  const found = await sql<{ day: string; count: number }>`
    select to_char(g.confirmed_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as count
    from campaign.partner_signatures s join campaign.signatories g on g.id = s.signatory_id
    where s.partner_id = ${partnerId} and g.state = 'confirmed' group by 1 order by 1 desc limit ${days}`.execute(
    db,
  );
  return found.rows;
}

/** Those who count and show their names, newest first. */
export async function selectSignatoriesOf(
  db: Db,
  partnerId: string,
  limit: number,
): Promise<{ id: string; name: string; craft: string; country: string; confirmedAt: Date }[]> {
  const found = await sql<{ id: string; name: string; craft: string; country: string; confirmedAt: Date }>`
    select g.id, g.name, g.craft, g.country, g.confirmed_at as "confirmedAt"
    from campaign.partner_signatures s join campaign.signatories g on g.id = s.signatory_id
    where s.partner_id = ${partnerId} and g.state = 'confirmed' and not g.hidden
    order by g.confirmed_at desc, g.id desc limit ${limit}`.execute(db);
  return found.rows;
}

/** Somebody who agreed to mail from a partner. */
export type Contact = {
  readonly email: string;
  /** Empty where the name is not shown. */
  readonly name: string;
  readonly locale: Locale;
  readonly country: string;
  readonly consentVersion: number;
  readonly consentText: string;
  readonly consentedAt: Date;
};

/** Signatures that count and whose owners agreed to mail from the partner, oldest consent first. */
export async function selectContacts(db: Db, partnerId: string): Promise<Contact[]> {
  const found =
    await sql<Contact>`select g.email, case when g.hidden then '' else g.name end as name, g.locale,
      g.country, s.consent_version as "consentVersion", c.texts ->> g.locale as "consentText",
      s.consented_at as "consentedAt"
    from campaign.partner_signatures s join campaign.signatories g on g.id = s.signatory_id
      join campaign.partner_consents c on c.partner_id = s.partner_id and c.version = s.consent_version
    where s.partner_id = ${partnerId} and g.state = 'confirmed' and ${MAY_BE_WRITTEN_TO}
    order by s.consented_at, g.id`.execute(db);
  return found.rows;
}

/** What waits, of one partner's signatures. */
export type HeldHere = {
  readonly id: string;
  readonly name: string;
  readonly craft: string;
  readonly country: string;
  readonly domain: string;
  readonly heldFor: readonly string[];
  readonly confirmedAt: Date;
};

export async function selectHeldOf(db: Db, partnerId: string, limit: number): Promise<HeldHere[]> {
  const found = await sql<HeldHere>`select g.id, g.name, g.craft, g.country,
      split_part(g.mailbox_key, '@', 2) as domain, g.held_for as "heldFor", g.confirmed_at as "confirmedAt"
    from campaign.partner_signatures s join campaign.signatories g on g.id = s.signatory_id
    where s.partner_id = ${partnerId} and g.state = 'held' order by g.confirmed_at, g.id limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

export async function isOfPartner(db: Db, partnerId: string, signatoryId: string): Promise<boolean> {
  const found = await sql`select 1 from campaign.partner_signatures
    where partner_id = ${partnerId} and signatory_id = ${signatoryId}`.execute(db);
  return found.rows.length > 0;
}

/** Open reports and evidence about signatures of one partner, oldest first. Names are the campaign's to decide. */
export async function selectReviewsOfPartner(
  db: Db,
  partnerId: string,
  limit: number,
): Promise<OpenReview[]> {
  const found = await sql<OpenReview>`select ${REVIEW}, ${REVIEWED} ${OPEN_HERE(partnerId)}
    order by r.opened_at, r.id limit ${limit}`.execute(db);
  return found.rows;
}

export async function isReviewOfPartner(db: Db, partnerId: string, reviewId: string): Promise<boolean> {
  const found = await sql`select 1 ${OPEN_HERE(partnerId)} and r.id = ${reviewId}`.execute(db);
  return found.rows.length > 0;
}

const OPEN_HERE = (partnerId: string) => sql`from campaign.reviews r
  join campaign.signatories s on s.id = r.signatory_id
  join campaign.partner_signatures p on p.signatory_id = s.id and p.partner_id = ${partnerId}
  where r.decided_at is null and r.kind <> 'name' and s.state in ('confirmed', 'held')`;
