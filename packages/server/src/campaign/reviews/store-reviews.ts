import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { SignatoryRow } from '../store.ts';

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
