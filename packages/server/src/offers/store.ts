import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Consent, Draft, Offer } from './model.ts';
import { type OfferDocument, termsOf } from './offer-document.ts';
import type { Preset } from './presets.ts';
import type { ConsentState } from './standing.ts';
import type { Terms, Use } from './terms.ts';

type DraftRow = {
  work_id: string;
  preset: Preset;
  terms: Terms;
  version: number;
  updated_by: string;
  updated_at: Date;
};

function toDraft(row: DraftRow): Draft {
  return {
    workId: row.work_id,
    preset: row.preset,
    terms: row.terms,
    version: row.version,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}

export async function selectDraft(db: Db, workId: string): Promise<Draft | undefined> {
  const found = await sql<DraftRow>`select * from offers.drafts where work_id = ${workId}`.execute(db);
  return found.rows[0] && toDraft(found.rows[0]);
}

/** Stores the draft as version + 1 if it still has the version it was read with (0: none yet). */
export async function upsertDraft(db: Db, draft: Draft): Promise<boolean> {
  const { workId, preset, version, updatedBy, updatedAt } = draft;
  const terms = JSON.stringify(draft.terms);
  const done =
    version === 0
      ? await sql`insert into offers.drafts (work_id, preset, terms, version, updated_by, updated_at)
          values (${workId}, ${preset}, ${terms}::jsonb, 1, ${updatedBy}, ${updatedAt})
          on conflict (work_id) do nothing`.execute(db)
      : await sql`update offers.drafts set preset = ${preset}, terms = ${terms}::jsonb, version = version + 1,
          updated_by = ${updatedBy}, updated_at = ${updatedAt}
          where work_id = ${workId} and version = ${version}`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Whoever publishes, consents or withdraws for a work waits for the one before. */
export async function lockTerms(db: Db, workId: string): Promise<void> {
  // What stands in an address may hold characters PostgreSQL refuses in text.
  const name = `offers|${JSON.stringify(workId)}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}

type OfferRow = {
  id: string;
  work_id: string;
  version: number;
  sha256: string;
  document: string;
  published_by: string;
  published_at: Date;
};

function toOffer(row: OfferRow): Offer {
  const document = JSON.parse(row.document) as OfferDocument;
  return {
    id: row.id,
    workId: row.work_id,
    version: row.version,
    sha256: row.sha256,
    document: row.document,
    terms: termsOf(document),
    currency: document.currency,
    publishedBy: row.published_by,
    publishedAt: row.published_at,
  };
}

export async function insertOffer(db: Db, o: Omit<Offer, 'terms' | 'currency'>): Promise<void> {
  await sql`insert into offers.offers (id, work_id, version, sha256, document, published_by, published_at)
    values (${o.id}, ${o.workId}, ${o.version}, ${o.sha256}, ${o.document}, ${o.publishedBy},
      ${o.publishedAt})`.execute(db);
}

export async function selectOffer(db: Db, id: string): Promise<Offer | undefined> {
  const found = await sql<OfferRow>`select * from offers.offers where id = ${id}`.execute(db);
  return found.rows[0] && toOffer(found.rows[0]);
}

/** All versions of a work, newest first. */
export async function selectOffers(db: Db, workId: string): Promise<Offer[]> {
  const found = await sql<OfferRow>`select * from offers.offers where work_id = ${workId}
    order by version desc`.execute(db);
  return found.rows.map(toOffer);
}

/** All versions of several works, newest first. */
export async function selectOffersOf(db: Db, workIds: readonly string[]): Promise<Offer[]> {
  const found = await sql<OfferRow>`select * from offers.offers where work_id = any(${workIds}::uuid[])
    order by work_id, version desc`.execute(db);
  return found.rows.map(toOffer);
}

/** Works that have terms in force or taken back, in the order of their ids. */
export async function selectWorksWithOffers(db: Db): Promise<string[]> {
  const found = await sql<{ work_id: string }>`select distinct work_id from offers.offers
    order by work_id`.execute(db);
  return found.rows.map((row) => row.work_id);
}

type ConsentRow = {
  offer_id: string;
  party_id: string;
  use: Use;
  licensee_class: string;
  state: ConsentState;
  asked_at: Date;
  decided_at: Date | null;
};

function toConsent(row: ConsentRow): Consent {
  return {
    offerId: row.offer_id,
    partyId: row.party_id,
    use: row.use,
    licenseeClass: row.licensee_class,
    state: row.state,
    askedAt: row.asked_at,
    decidedAt: row.decided_at,
  };
}

/** Asks for a consent; answers whether it had not been asked for yet. */
export async function insertConsent(db: Db, id: string, c: Consent): Promise<boolean> {
  const done = await sql`insert into offers.consents
      (id, offer_id, party_id, use, licensee_class, state, asked_at, decided_at)
    values (${id}, ${c.offerId}, ${c.partyId}, ${c.use}, ${c.licenseeClass}, ${c.state}, ${c.askedAt}, ${c.decidedAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function updateConsent(
  db: Db,
  key: { offerId: string; partyId: string; use: Use },
  state: ConsentState,
  at: Date,
): Promise<void> {
  await sql`update offers.consents set state = ${state}, decided_at = ${at}
    where offer_id = ${key.offerId} and party_id = ${key.partyId} and use = ${key.use}
      and licensee_class = 'any'`.execute(db);
}

export async function selectConsents(db: Db, offerIds: readonly string[]): Promise<Consent[]> {
  if (offerIds.length === 0) return [];
  const found = await sql<ConsentRow>`select * from offers.consents where offer_id = any(${offerIds}::uuid[])
    order by asked_at, id`.execute(db);
  return found.rows.map(toConsent);
}

export async function insertWithdrawal(
  db: Db,
  w: { id: string; workId: string; upToVersion: number; partyId: string; reason: string; at: Date },
): Promise<void> {
  await sql`insert into offers.withdrawals (id, work_id, up_to_version, party_id, reason, withdrawn_at)
    values (${w.id}, ${w.workId}, ${w.upToVersion}, ${w.partyId}, ${w.reason}, ${w.at})`.execute(db);
}

/** The highest version that was taken back; 0 when none was. */
export async function selectWithdrawnUpTo(db: Db, workId: string): Promise<number> {
  return (await selectWithdrawnUpTos(db, [workId])).get(workId) ?? 0;
}

/** The highest version of each work that was taken back, by a time or until now. */
export async function selectWithdrawnUpTos(
  db: Db,
  workIds: readonly string[],
  by?: Date,
): Promise<Map<string, number>> {
  const found = await sql<{ work_id: string; up_to: number }>`select work_id, max(up_to_version) as up_to
    from offers.withdrawals where work_id = any(${workIds}::uuid[])
      and (${by ?? null}::timestamptz is null or withdrawn_at <= ${by ?? null})
    group by work_id`.execute(db);
  return new Map(found.rows.map((row) => [row.work_id, row.up_to]));
}

/** What was taken back, and when. */
export async function selectWithdrawals(
  db: Db,
  workId: string,
): Promise<{ upToVersion: number; at: Date }[]> {
  const found = await sql<{ upToVersion: number; at: Date }>`select up_to_version as "upToVersion",
      withdrawn_at as at from offers.withdrawals where work_id = ${workId} order by withdrawn_at, id`.execute(
    db,
  );
  return found.rows;
}
