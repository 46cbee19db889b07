import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Locale } from '../../kernel/index.ts';
import type { Craft } from '../../parties/index.ts';
import type { Kind } from '../model.ts';
import type { Audience, Mailing } from './mailing.ts';

const ROW = sql.raw(
  `id, kind, texts, audience, state, edition, run, per_minute as "perMinute", written_by as "writtenBy",
   written_at as "writtenAt", start_at as "startAt", approved_by as "approvedBy", approved_at as "approvedAt",
   started_at as "startedAt", finished_at as "finishedAt", total, position`,
);

export async function upsertMailing(db: Db, m: Mailing): Promise<void> {
  const [texts, audience] = [JSON.stringify(m.texts), JSON.stringify(m.audience)];
  await sql`insert into campaign.mailings (id, kind, texts, audience, state, edition, run, per_minute, written_by,
      written_at, start_at, approved_by, approved_at, started_at, finished_at, total, position)
    values (${m.id}, ${m.kind}, ${texts}::jsonb, ${audience}::jsonb, ${m.state}, ${m.edition}, ${m.run}, ${m.perMinute},
      ${m.writtenBy}, ${m.writtenAt}, ${m.startAt}, ${m.approvedBy}, ${m.approvedAt}, ${m.startedAt}, ${m.finishedAt},
      ${m.total}, ${m.position})
    on conflict (id) do update set kind = excluded.kind, texts = excluded.texts, audience = excluded.audience,
      state = excluded.state, edition = excluded.edition, run = excluded.run, per_minute = excluded.per_minute,
      written_by = excluded.written_by, written_at = excluded.written_at, start_at = excluded.start_at,
      approved_by = excluded.approved_by, approved_at = excluded.approved_at, started_at = excluded.started_at,
      finished_at = excluded.finished_at, total = excluded.total, position = excluded.position`.execute(db);
}

export async function selectMailing(db: Db, id: string): Promise<Mailing | undefined> {
  return (await sql<Mailing>`select ${ROW} from campaign.mailings where id = ${id}`.execute(db)).rows[0];
}

/** Whoever changes a mailing, and the job that sends it, do so one after the other. */
export async function lockMailing(db: Db, id: string): Promise<Mailing | undefined> {
  const found = await sql<Mailing>`select ${ROW} from campaign.mailings where id = ${id} for update`.execute(
    db,
  );
  return found.rows[0];
}

export async function selectMailings(db: Db, limit: number): Promise<Mailing[]> {
  const found =
    await sql<Mailing>`select ${ROW} from campaign.mailings order by written_at desc, id desc limit ${limit}`.execute(
      db,
    );
  return found.rows;
}

export async function deleteMailing(db: Db, id: string): Promise<void> {
  await sql`delete from campaign.mailings where id = ${id}`.execute(db);
}

/** Who can be written to: signatures that count, whose owners agreed to mail and whose address takes it. */
function reached(a: Audience, until: Date): RawBuilder<SqlBool> {
  const conditions = [
    sql<SqlBool>`s.state = 'confirmed' and s.mail_consented_at <= ${until} and s.confirmed_at <= ${until}
      and not exists (select 1 from campaign.mail_returns r where r.signatory_id = s.id)`,
  ];
  if (a.locale) conditions.push(sql`s.locale = ${a.locale}`);
  if (a.craft) conditions.push(sql`s.craft = ${a.craft}`);
  if (a.country) conditions.push(sql`s.country = ${a.country}`);
  if (a.kind) conditions.push(sql`s.kind = ${a.kind}`);
  if (a.version) conditions.push(sql`s.declaration_version = ${a.version}`);
  if (a.before)
    conditions.push(sql`s.declaration_version < ${a.before} and not exists (select 1 from campaign.agreements g
      where g.signatory_id = s.id and g.version >= ${a.before})`);
  return sql.join(conditions, sql` and `);
}

/** How many mailboxes that is, by language. */
export async function countAudience(
  db: Db,
  audience: Audience,
  until: Date,
): Promise<{ [L in Locale]: number }> {
  const found = await sql<{ locale: Locale; count: number }>`select locale, count(*)::int as count from (
      select distinct on (mailbox_key) locale from campaign.signatories s where ${reached(audience, until)}
      order by mailbox_key, id) boxes group by locale`.execute(db);
  return { en: 0, de: 0, ...Object.fromEntries(found.rows.map(({ locale, count }) => [locale, count])) };
}

export type Sampled = {
  readonly name: string;
  readonly kind: Kind;
  readonly craft: Craft;
  readonly country: string;
  readonly locale: Locale;
  readonly version: number;
};

/** Some of them, without their addresses: the newest. */
export async function sampleAudience(
  db: Db,
  audience: Audience,
  until: Date,
  limit: number,
): Promise<Sampled[]> {
  const found = await sql<Sampled>`select name, kind, craft, country, locale, declaration_version as version
    from campaign.signatories s where ${reached(audience, until)} order by s.id desc limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

export type Recipient = {
  readonly id: string;
  readonly email: string;
  readonly mailboxKey: string;
  readonly locale: Locale;
};

/** The next of them, held: who withdraws meanwhile either is not among them, or finds the mail and stops it. */
export async function lockNextRecipients(
  db: Db,
  { audience, startedAt, position }: Mailing,
  limit: number,
): Promise<Recipient[]> {
  const after = position ? sql<SqlBool>`s.id > ${position}::uuid` : sql<SqlBool>`true`;
  const found = await sql<Recipient>`select s.id, s.email, s.mailbox_key as "mailboxKey", s.locale
    from campaign.signatories s where ${after} and ${reached(audience, startedAt!)}
    order by s.id limit ${limit} for share of s`.execute(db);
  return found.rows;
}

export async function isRecipient(db: Db, mailingId: string, mailboxHmac: string): Promise<boolean> {
  const found = await sql`select 1 from campaign.mailing_recipients
    where mailing_id = ${mailingId} and mailbox_hmac = ${mailboxHmac}`.execute(db);
  return found.rows.length > 0;
}

/** Notes that a mailbox is written to; a second time is an error of the database. */
export async function insertRecipient(
  db: Db,
  r: { mailingId: string; mailboxHmac: string; signatoryId: string; mailId: string; at: Date },
): Promise<void> {
  await sql`insert into campaign.mailing_recipients (mailing_id, mailbox_hmac, signatory_id, mail_id, queued_at)
    values (${r.mailingId}, ${r.mailboxHmac}, ${r.signatoryId}, ${r.mailId}, ${r.at})`.execute(db);
}

/** Whose mail that was. */
export async function selectRecipient(db: Db, mailId: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select signatory_id as id from campaign.mailing_recipients
    where mail_id = ${mailId}`.execute(db);
  return found.rows[0]?.id;
}

export async function insertReturn(db: Db, signatoryId: string, at: Date): Promise<void> {
  await sql`insert into campaign.mail_returns (signatory_id, returned_at) values (${signatoryId}, ${at})
    on conflict do nothing`.execute(db);
}

/** The consent to mail ends for every signature of the address. */
export async function endMailConsent(db: Db, email: string): Promise<void> {
  await sql`update campaign.signatories set mail_consent_version = null, mail_consented_at = null
    where lower(email) = ${email.toLowerCase()} and mail_consented_at is not null`.execute(db);
}

/** How many of those who agreed cannot be reached because mail to them came back. */
export async function countReturns(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from campaign.mail_returns`.execute(db);
  return found.rows[0]!.n;
}

/** When mail to a signatory came back for good. */
export async function selectReturn(db: Db, signatoryId: string): Promise<Date | undefined> {
  const found = await sql<{ at: Date }>`select returned_at as at from campaign.mail_returns
    where signatory_id = ${signatoryId}`.execute(db);
  return found.rows[0]?.at;
}

/** Mailings a signatory was in, for what she takes with her. */
export async function selectMailingsTo(
  db: Db,
  signatoryId: string,
): Promise<{ mailing: string; at: Date }[]> {
  const found = await sql<{ mailing: string; at: Date }>`select mailing_id as mailing, queued_at as at
    from campaign.mailing_recipients where signatory_id = ${signatoryId} order by queued_at, mailing_id`.execute(
    db,
  );
  return found.rows;
}
