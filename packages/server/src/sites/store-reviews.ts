import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** A profile that waits for a person's look, or what she decided. */
export type Review = {
  readonly id: string;
  readonly siteId: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly claimedBy: string | undefined;
  readonly claimedAt: Date | undefined;
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | undefined;
  readonly note: string | undefined;
  readonly decidedBy: string | undefined;
  readonly decidedAt: Date | undefined;
};

type Row = {
  id: string;
  site_id: string;
  reason: string;
  created_at: Date;
  claimed_by: string | null;
  claimed_at: Date | null;
  decision: 'confirmed' | 'refused' | 'withdrawn' | null;
  note: string | null;
  decided_by: string | null;
  decided_at: Date | null;
};

const COLUMNS = sql.raw(
  'id, site_id, reason, created_at, claimed_by, claimed_at, decision, note, decided_by, decided_at',
);

function toReview(row: Row): Review {
  return {
    id: row.id,
    siteId: row.site_id,
    reason: row.reason,
    createdAt: row.created_at,
    claimedBy: row.claimed_by ?? undefined,
    claimedAt: row.claimed_at ?? undefined,
    decision: row.decision ?? undefined,
    note: row.note ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
  };
}

/** Puts a site in the queue unless it waits there already. */
export async function openReview(
  db: Db,
  review: Pick<Review, 'id' | 'siteId' | 'reason' | 'createdAt'>,
): Promise<void> {
  await sql`insert into sites.reviews (id, site_id, reason, created_at)
    values (${review.id}, ${review.siteId}, ${review.reason}, ${review.createdAt})
    on conflict do nothing`.execute(db);
}

export async function findReview(db: Db, id: string): Promise<Review | undefined> {
  const found = await sql<Row>`select ${COLUMNS} from sites.reviews where id = ${id}`.execute(db);
  return found.rows[0] && toReview(found.rows[0]);
}

export async function openReviewOf(db: Db, siteId: string): Promise<Review | undefined> {
  const found = await sql<Row>`select ${COLUMNS} from sites.reviews
    where site_id = ${siteId} and decided_at is null`.execute(db);
  return found.rows[0] && toReview(found.rows[0]);
}

/** What waits, oldest first. */
export async function openReviews(db: Db): Promise<Review[]> {
  const found = await sql<Row>`select ${COLUMNS} from sites.reviews where decided_at is null
    order by created_at, id limit 200`.execute(db);
  return found.rows.map(toReview);
}

/** Marks who is looking; answers false when it is no longer open. A later claim takes over. */
export async function markClaimed(db: Db, id: string, by: string, at: Date): Promise<boolean> {
  const done = await sql`update sites.reviews set claimed_by = ${by}, claimed_at = ${at}
    where id = ${id} and decided_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Answers false when it is no longer open. */
export async function markDecided(
  db: Db,
  id: string,
  decided: { decision: 'confirmed' | 'refused'; note: string; by: string; at: Date },
): Promise<boolean> {
  const done = await sql`update sites.reviews set decision = ${decided.decision}, note = ${decided.note},
      decided_by = ${decided.by}, decided_at = ${decided.at}
    where id = ${id} and decided_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Takes a site out of the queue because it was given up or proven otherwise. */
export async function withdrawReview(db: Db, siteId: string, at: Date): Promise<void> {
  await sql`update sites.reviews set decision = 'withdrawn', decided_at = ${at}
    where site_id = ${siteId} and decided_at is null`.execute(db);
}
