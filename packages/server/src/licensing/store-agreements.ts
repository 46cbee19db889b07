import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Unit } from '../offers/index.ts';
import type { Agreement, AgreementWork, LicensedUse, ModelScope, PinnedConsent } from './model.ts';
import { type LineRow, toLine } from './store.ts';

type AgreementRow = {
  id: string;
  quote_id: string | null;
  standing_id: string | null;
  licensee_id: string;
  use: LicensedUse;
  unit: Unit;
  model_scope: ModelScope | null;
  currency: string;
  made_by: string;
  made_at: Date;
  ends_at: Date;
  secret: string;
  document: string;
  document_sha256: string;
  reason: string | null;
  revoked_at: Date | null;
};

function toAgreement(row: AgreementRow): Agreement {
  return {
    id: row.id,
    quoteId: row.quote_id,
    standingId: row.standing_id,
    licenseeId: row.licensee_id,
    use: row.use,
    unit: row.unit,
    modelScope: row.model_scope,
    currency: row.currency,
    madeBy: row.made_by,
    madeAt: row.made_at,
    endsAt: row.ends_at,
    secret: row.secret,
    document: row.document,
    documentSha256: row.document_sha256,
    revocation: row.revoked_at ? { reason: row.reason ?? '', revokedAt: row.revoked_at } : undefined,
  };
}

const AGREEMENTS = sql`select a.*, r.reason, r.revoked_at from licensing.agreements a
  left join licensing.revocations r on r.agreement_id = a.id`;

export async function insertAgreement(db: Db, a: Agreement, works: readonly AgreementWork[]): Promise<void> {
  const scope = a.modelScope === null ? null : JSON.stringify(a.modelScope);
  await sql`insert into licensing.agreements (id, quote_id, standing_id, licensee_id, use, unit, model_scope,
      currency, made_by, made_at, ends_at, secret, document, document_sha256)
    values (${a.id}, ${a.quoteId}, ${a.standingId}, ${a.licenseeId}, ${a.use}, ${a.unit}, ${scope}::jsonb,
      ${a.currency}, ${a.madeBy}, ${a.madeAt}, ${a.endsAt}, ${a.secret}, ${a.document},
      ${a.documentSha256})`.execute(db);
  for (const [i, w] of works.entries()) {
    await sql`insert into licensing.agreement_works (agreement_id, position, work_id, title, offer_id,
        offer_version, offer_sha256, amount_micro, per_units, free, consents, sha256s, urls)
      values (${a.id}, ${i}, ${w.workId}, ${w.title}, ${w.offerId}, ${w.offerVersion}, ${w.offerSha256},
        ${w.amountMicro}, ${w.perUnits}, ${w.free}, ${JSON.stringify(w.consents)}::jsonb, ${w.sha256s}::text[],
        ${w.urls}::text[])`.execute(db);
  }
}

export async function selectAgreement(db: Db, id: string): Promise<Agreement | undefined> {
  const found = await sql<AgreementRow>`${AGREEMENTS} where a.id = ${id}`.execute(db);
  return found.rows[0] && toAgreement(found.rows[0]);
}

/**
 * The agreement, so that whoever revokes it waits: what is issued under it is issued before the revocation, or not at
 * all.
 */
export async function holdAgreement(db: Db, id: string): Promise<Agreement | undefined> {
  await sql`select 1 from licensing.agreements where id = ${id} for share`.execute(db);
  return selectAgreement(db, id);
}

/** As `holdAgreement`, for the one who revokes: waits for all who are issuing under it. */
export async function lockAgreement(db: Db, id: string): Promise<Agreement | undefined> {
  await sql`select 1 from licensing.agreements where id = ${id} for update`.execute(db);
  return selectAgreement(db, id);
}

export async function selectAgreementBySecret(db: Db, secret: string): Promise<Agreement | undefined> {
  const found = await sql<AgreementRow>`${AGREEMENTS} where a.secret = ${secret}`.execute(db);
  return found.rows[0] && toAgreement(found.rows[0]);
}

export async function selectAgreementOfQuote(db: Db, quoteId: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select id from licensing.agreements
    where quote_id = ${quoteId}`.execute(db);
  return found.rows[0]?.id;
}

/** Agreements of a licensee, newest first; `before` is the last id of the page before. */
export async function selectAgreements(
  db: Db,
  licenseeId: string,
  limit: number,
  before?: string,
): Promise<Agreement[]> {
  const found = await sql<AgreementRow>`${AGREEMENTS} where a.licensee_id = ${licenseeId}
    and (${before ?? null}::uuid is null or a.id < ${before ?? null}::uuid)
    order by a.id desc limit ${limit}`.execute(db);
  return found.rows.map(toAgreement);
}

type WorkRow = LineRow & {
  agreement_id: string;
  consents: readonly PinnedConsent[];
  sha256s: readonly string[];
  urls: readonly string[];
};

function toWork(row: WorkRow): AgreementWork {
  return { ...toLine(row), consents: row.consents, sha256s: row.sha256s, urls: row.urls };
}

export async function selectAgreementWorks(db: Db, agreementId: string): Promise<AgreementWork[]> {
  const found = await sql<WorkRow>`select * from licensing.agreement_works
    where agreement_id = ${agreementId} order by position`.execute(db);
  return found.rows.map(toWork);
}

/** Works of agreements in force for a use, the cheapest first; with `workIds` only those. */
export async function selectCovered(
  db: Db,
  about: { licenseeId: string; use: string; now: Date },
): Promise<{ agreement: Agreement; work: AgreementWork }[]> {
  const found = await sql<AgreementRow & WorkRow>`select a.*, w.*, r.reason, r.revoked_at
    from licensing.agreements a
    join licensing.agreement_works w on w.agreement_id = a.id
    left join licensing.revocations r on r.agreement_id = a.id
    where a.licensee_id = ${about.licenseeId} and a.use = ${about.use} and a.ends_at > ${about.now}
      and r.agreement_id is null
    order by a.made_at, a.id`.execute(db);
  return found.rows.map((row) => ({ agreement: toAgreement(row), work: toWork(row) }));
}

/** Of these works, those a licensee had a licence for at a time, each with its oldest agreement. */
export async function selectLicensedAt(
  db: Db,
  about: { licenseeId: string; use: string; at: Date; workIds: readonly string[] },
): Promise<{ agreement: Agreement; work: AgreementWork }[]> {
  const found = await sql<
    AgreementRow & WorkRow
  >`select distinct on (w.work_id) a.*, w.*, r.reason, r.revoked_at
    from licensing.agreement_works w
    join licensing.agreements a on a.id = w.agreement_id
    left join licensing.revocations r on r.agreement_id = a.id
    where w.work_id = any(${about.workIds}::uuid[]) and a.licensee_id = ${about.licenseeId}
      and a.use = ${about.use} and a.made_at <= ${about.at} and a.ends_at > ${about.at}
      and (r.revoked_at is null or r.revoked_at > ${about.at})
    order by w.work_id, a.made_at, a.id`.execute(db);
  return found.rows.map((row) => ({ agreement: toAgreement(row), work: toWork(row) }));
}

/** Answers false when it was revoked before. */
export async function insertRevocation(
  db: Db,
  r: { agreementId: string; reason: string; by: string; at: Date },
): Promise<boolean> {
  const done = await sql`insert into licensing.revocations (agreement_id, reason, revoked_by, revoked_at)
    values (${r.agreementId}, ${r.reason}, ${r.by}, ${r.at}) on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}
