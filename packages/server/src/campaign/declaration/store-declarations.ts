import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { SignatoryRow } from '../store.ts';
import type { DeclarationTexts } from './declaration-text.ts';

export type DeclarationState = 'draft' | 'proposed' | 'approved' | 'public';

/** A version after the first, as the desk keeps it. */
export type DeclarationRow = {
  readonly version: number;
  readonly texts: DeclarationTexts;
  readonly state: DeclarationState;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly edition: number;
  readonly publishAt: Date | null;
  readonly embargo: boolean;
  /** Of an embargo: pages and sign-ups of the text in force go on meanwhile. */
  readonly keepsOpen: boolean;
  readonly collectKey: string | null;
  readonly publishedOn: string | null;
  readonly sha256: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
};

const ROW = sql.raw(
  `version, texts, state, written_by as "writtenBy", written_at as "writtenAt", edition, publish_at as "publishAt",
   embargo, keeps_open as "keepsOpen", collect_key as "collectKey", published_on::text as "publishedOn", sha256, approved_by as "approvedBy",
   approved_at as "approvedAt"`,
);

/** All versions after the first, newest first. */
export async function selectDeclarations(db: Db): Promise<DeclarationRow[]> {
  const found =
    await sql<DeclarationRow>`select ${ROW} from campaign.declarations order by version desc`.execute(db);
  return found.rows;
}

export async function lockDeclaration(db: Db, version: number): Promise<DeclarationRow | undefined> {
  const found =
    await sql<DeclarationRow>`select ${ROW} from campaign.declarations where version = ${version} for update`.execute(
      db,
    );
  return found.rows[0];
}

export async function selectDeclaration(db: Db, version: number): Promise<DeclarationRow | undefined> {
  const found =
    await sql<DeclarationRow>`select ${ROW} from campaign.declarations where version = ${version}`.execute(
      db,
    );
  return found.rows[0];
}

/** The newest version that is public, if it is not the first. */
export async function selectPublic(db: Db): Promise<DeclarationRow | undefined> {
  const found = await sql<DeclarationRow>`select ${ROW} from campaign.declarations
    where state = 'public' order by version desc limit 1`.execute(db);
  return found.rows[0];
}

/** The version people may sign before it is public. */
export async function selectByCollectKey(db: Db, key: string): Promise<DeclarationRow | undefined> {
  const found = await sql<DeclarationRow>`select ${ROW} from campaign.declarations
    where state = 'approved' and embargo and collect_key = ${key}`.execute(db);
  return found.rows[0];
}

/** The version whose embargo shuts the campaign until its minute, and that minute. */
export async function selectClosing(db: Db): Promise<{ version: number; until: Date } | undefined> {
  const found = await sql<{ version: number; until: Date }>`select version, publish_at as until
    from campaign.declarations where state = 'approved' and embargo and not keeps_open
    order by version limit 1`.execute(db);
  return found.rows[0];
}

export async function upsertDeclaration(db: Db, d: DeclarationRow): Promise<void> {
  await sql`insert into campaign.declarations (version, texts, state, written_by, written_at, edition, publish_at,
      embargo, keeps_open, collect_key, published_on, sha256, approved_by, approved_at)
    values (${d.version}, ${JSON.stringify(d.texts)}::jsonb, ${d.state}, ${d.writtenBy}, ${d.writtenAt}, ${d.edition},
      ${d.publishAt}, ${d.embargo}, ${d.keepsOpen}, ${d.collectKey}, ${d.publishedOn}, ${d.sha256}, ${d.approvedBy}, ${d.approvedAt})
    on conflict (version) do update set texts = excluded.texts, state = excluded.state,
      written_by = excluded.written_by, written_at = excluded.written_at, edition = excluded.edition,
      publish_at = excluded.publish_at, embargo = excluded.embargo, keeps_open = excluded.keeps_open, collect_key = excluded.collect_key,
      published_on = excluded.published_on, sha256 = excluded.sha256, approved_by = excluded.approved_by,
      approved_at = excluded.approved_at`.execute(db);
}

/** Writes a draft over the edition it began with, 0 for none. Answers false if that is no longer the latest. */
export async function writeDraft(
  db: Db,
  d: Pick<DeclarationRow, 'version' | 'texts' | 'writtenBy' | 'writtenAt' | 'edition'>,
  over: number,
): Promise<boolean> {
  const done =
    await sql`insert into campaign.declarations (version, texts, state, written_by, written_at, edition)
    values (${d.version}, ${JSON.stringify(d.texts)}::jsonb, 'draft', ${d.writtenBy}, ${d.writtenAt}, ${d.edition})
    on conflict (version) do update set texts = excluded.texts, state = 'draft', written_by = excluded.written_by,
      written_at = excluded.written_at, edition = excluded.edition, publish_at = null, embargo = false,
      keeps_open = false
    where declarations.edition = ${over} and declarations.state in ('draft', 'proposed')`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function deleteDeclaration(db: Db, version: number): Promise<void> {
  await sql`delete from campaign.declarations where version = ${version}`.execute(db);
}

/** Approved versions whose minute has come, oldest first. */
export async function lockDue(db: Db, now: Date): Promise<DeclarationRow[]> {
  const found = await sql<DeclarationRow>`select ${ROW} from campaign.declarations
    where state = 'approved' and publish_at <= ${now} order by version for update`.execute(db);
  return found.rows;
}

/** Signatures of a version that wait for its minute, held until the transaction ends. */
export async function lockHeldOfVersion(db: Db, version: number): Promise<SignatoryRow[]> {
  const found = await sql<SignatoryRow>`select * from campaign.signatories
    where declaration_version = ${version} and state = 'held' and 'embargo' = any(held_for)
    order by id for update`.execute(db);
  return found.rows;
}

/** The same, without those somebody else holds: who waits for the version and is waited for would wait for ever. */
export async function lockFreeHeldOfVersion(db: Db, version: number): Promise<SignatoryRow[]> {
  const found = await sql<SignatoryRow>`select * from campaign.signatories
    where declaration_version = ${version} and state = 'held' and 'embargo' = any(held_for)
    order by id for update skip locked`.execute(db);
  return found.rows;
}

/** Signatures that wait for a minute that is over. */
export async function selectHeldTooLong(db: Db, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from campaign.signatories s
    where state = 'held' and 'embargo' = any(held_for) and not exists (select 1 from campaign.declarations d
      where d.version = s.declaration_version and d.state = 'approved')
    order by confirmed_at, id limit ${limit}`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** How many count for each version: those who signed it, and those who agreed to it later. */
export async function countByVersion(
  db: Db,
): Promise<{ version: number; signed: number; agreed: number; waiting: number }[]> {
  const found = await sql<{ version: number; signed: number; agreed: number; waiting: number }>`
    select version, sum(signed)::int as signed, sum(agreed)::int as agreed, sum(waiting)::int as waiting from (
      select declaration_version as version, count(*) filter (where state = 'confirmed') as signed, 0 as agreed,
        count(*) filter (where state = 'held') as waiting
        from campaign.signatories where state in ('confirmed', 'held') group by 1
      union all
      select a.version, 0, count(*), 0 from campaign.agreements a
        join campaign.signatories s on s.id = a.signatory_id and s.state = 'confirmed' group by 1
    ) counted group by version order by version desc`.execute(db);
  return found.rows;
}

/** Whether somebody has signed a version, confirmed or not. */
export async function hasSignatures(db: Db, version: number): Promise<boolean> {
  const found = await sql<{ n: number }>`select count(*)::int as n from (select 1 from campaign.signatories
    where declaration_version = ${version} limit 1) s`.execute(db);
  return found.rows[0]!.n > 0;
}

export async function insertAgreement(
  db: Db,
  a: { signatoryId: string; version: number; sha256: string; consentVersion: number; at: Date },
): Promise<void> {
  await sql`insert into campaign.agreements (signatory_id, version, sha256, consent_version, agreed_at)
    values (${a.signatoryId}, ${a.version}, ${a.sha256}, ${a.consentVersion}, ${a.at})
    on conflict do nothing`.execute(db);
}

export async function selectAgreements(
  db: Db,
  signatoryId: string,
): Promise<{ version: number; sha256: string; agreedAt: Date }[]> {
  const found = await sql<{ version: number; sha256: string; agreedAt: Date }>`select version, sha256,
    agreed_at as "agreedAt" from campaign.agreements where signatory_id = ${signatoryId} order by version`.execute(
    db,
  );
  return found.rows;
}
