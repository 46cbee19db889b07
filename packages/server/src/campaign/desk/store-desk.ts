import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { Check, Method } from '../model.ts';
import type { SignatoryRow } from '../store.ts';

export type ProtectedName = {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly signatoryId: string | null;
  readonly addedAt: Date;
};

const NAME = sql.raw('id, name, reason, signatory_id as "signatoryId", added_at as "addedAt"');

/** Adds a name with the keys under which it is found; false if it is there. */
export async function insertProtectedName(
  db: Db,
  name: ProtectedName & { readonly keys: readonly string[]; readonly addedBy: string },
): Promise<boolean> {
  const done =
    await sql`insert into campaign.protected_names (id, name, keys, reason, signatory_id, added_by, added_at)
    values (${name.id}, ${name.name}, ${name.keys}, ${name.reason}, ${name.signatoryId}, ${name.addedBy}, ${name.addedAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function selectProtectedNames(db: Db): Promise<ProtectedName[]> {
  const found = await sql<ProtectedName>`select ${NAME} from campaign.protected_names
    order by name collate "C" limit 2000`.execute(db);
  return found.rows;
}

/** Protected names that share a key with a name. */
export async function selectByKeys(db: Db, keys: readonly string[]): Promise<ProtectedName[]> {
  const found = await sql<ProtectedName>`select ${NAME} from campaign.protected_names
    where keys && ${keys}::text[] order by name collate "C"`.execute(db);
  return found.rows;
}

export async function deleteProtectedName(db: Db, id: string): Promise<void> {
  await sql`delete from campaign.protected_names where id = ${id}`.execute(db);
}

export async function deleteProtectedNameOf(db: Db, signatoryId: string): Promise<void> {
  await sql`delete from campaign.protected_names where signatory_id = ${signatoryId}`.execute(db);
}

export type ReviewKind = 'name' | 'report' | 'evidence';
export type Outcome = 'allowed' | 'namesake' | 'removed' | 'kept' | 'accepted' | 'refused' | 'gone';
export type Review = {
  readonly id: string;
  readonly kind: ReviewKind;
  readonly signatoryId: string;
  /** The protected name it looks like, or the ground of the report. */
  readonly ground: string;
  readonly words: string;
  readonly reporterEmail: string | null;
  readonly reporterLocale: 'en' | 'de' | null;
  readonly openedAt: Date;
};

/** A review, and the signature it is about, as `r` and `s`. */
export const REVIEW = sql.raw(
  'r.id, r.kind, r.signatory_id as "signatoryId", r.ground, r.words, r.reporter_email as "reporterEmail", r.reporter_locale as "reporterLocale", r.opened_at as "openedAt"',
);

export const REVIEWED = sql.raw('s.name, s.craft, s.country, s.town, s.state');

export async function insertReview(db: Db, r: Review): Promise<void> {
  await sql`insert into campaign.reviews
    (id, kind, signatory_id, ground, words, reporter_email, reporter_locale, opened_at)
    values (${r.id}, ${r.kind}, ${r.signatoryId}, ${r.ground}, ${r.words}, ${r.reporterEmail}, ${r.reporterLocale},
      ${r.openedAt})`.execute(db);
}

export type OpenReview = Review & Pick<SignatoryRow, 'name' | 'craft' | 'country' | 'town' | 'state'>;

/** Open reviews with the signature they are about, oldest first. */
export async function selectOpenReviews(db: Db, limit: number): Promise<OpenReview[]> {
  const found = await sql<OpenReview>`select ${REVIEW}, ${REVIEWED}
    from campaign.reviews r join campaign.signatories s on s.id = r.signatory_id
    where r.decided_at is null and s.state in ('confirmed', 'held') order by r.opened_at, r.id limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

export async function countOpenReviews(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from campaign.reviews r
    join campaign.signatories s on s.id = r.signatory_id
    where r.decided_at is null and s.state in ('confirmed', 'held')`.execute(db);
  return found.rows[0]!.n;
}

export async function lockOpenReview(db: Db, id: string): Promise<Review | undefined> {
  const found = await sql<Review>`select ${REVIEW} from campaign.reviews r
    where r.id = ${id} and r.decided_at is null for update`.execute(db);
  return found.rows[0];
}

/** What is open about signatures, oldest first. */
export async function lockOpenReviewsOf(db: Db, signatoryIds: readonly string[]): Promise<Review[]> {
  if (signatoryIds.length === 0) return [];
  const found = await sql<Review>`select ${REVIEW} from campaign.reviews r
    where r.signatory_id = any(${signatoryIds}::uuid[]) and r.decided_at is null
    order by r.opened_at, r.id for update`.execute(db);
  return found.rows;
}

/** All about one signature, oldest first, without who reported or decided. */
export async function selectReviewsOf(db: Db, signatoryId: string) {
  const found = await sql<
    Pick<Review, 'kind' | 'ground' | 'words' | 'openedAt'> & {
      outcome: Outcome | null;
      answer: string | null;
      decidedAt: Date | null;
    }
  >`select kind, ground, words, opened_at as "openedAt", outcome, answer, decided_at as "decidedAt"
    from campaign.reviews where signatory_id = ${signatoryId} order by opened_at, id`.execute(db);
  return found.rows;
}

export async function countReviewsOf(db: Db, signatoryId: string, kind: ReviewKind): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from campaign.reviews
    where signatory_id = ${signatoryId} and kind = ${kind} and decided_at is null`.execute(db);
  return found.rows[0]!.n;
}

/** Open questions about a name end with the name. */
export async function deleteOpenNameReviews(db: Db, signatoryId: string): Promise<void> {
  await sql`delete from campaign.reviews
    where signatory_id = ${signatoryId} and kind = 'name' and decided_at is null`.execute(db);
}

/** The address of who reported goes with the answer. */
export async function closeReview(
  db: Db,
  id: string,
  d: { outcome: Outcome; answer: string; by: string | null; at: Date },
): Promise<void> {
  await sql`update campaign.reviews set outcome = ${d.outcome}, answer = ${d.answer}, decided_by = ${d.by},
    decided_at = ${d.at}, reporter_email = null, reporter_locale = null where id = ${id}`.execute(db);
}

/** Records a check once; false if the same was recorded before. */
export async function insertCheck(
  db: Db,
  c: {
    id: string;
    signatoryId: string;
    method: Method;
    detail: string;
    voucherId?: string;
    by?: string;
    at: Date;
  },
): Promise<boolean> {
  const done = await sql`insert into campaign.checks
    (id, signatory_id, method, detail, voucher_id, checked_by, checked_at)
    values (${c.id}, ${c.signatoryId}, ${c.method}, ${c.detail}, ${c.voucherId ?? null}, ${c.by ?? null}, ${c.at})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Checks that stand, by signatory, oldest first. A voucher that no longer counts vouches for nobody. */
export async function selectChecks(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Check[]>> {
  const found = await sql<Check & { signatoryId: string }>`select c.signatory_id as "signatoryId", c.method,
      coalesce(v.name, c.detail) as detail, c.checked_at as "checkedAt"
    from campaign.checks c left join campaign.signatories v on v.id = c.voucher_id
    where c.signatory_id = any(${ids}::uuid[]) and (c.voucher_id is null or v.state = 'confirmed')
    order by c.checked_at, c.id`.execute(db);
  const checks = new Map<string, Check[]>();
  for (const { signatoryId, ...check } of found.rows)
    checks.set(signatoryId, [...(checks.get(signatoryId) ?? []), check]);
  return checks;
}

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

/** Signatures that count or wait, a stretch of them by id. */
export async function selectNames(
  db: Db,
  after: string,
  limit: number,
): Promise<{ id: string; name: string; email: string; own: boolean }[]> {
  const found = await sql<{
    id: string;
    name: string;
    email: string;
    own: boolean;
  }>`select id, name, email, basis = 'mailbox' as own
    from campaign.signatories where state in ('confirmed', 'held') and id > ${after}::uuid
    order by id limit ${limit}`.execute(db);
  return found.rows;
}
