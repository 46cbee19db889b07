import { sql } from 'kysely';
import type { Db, Locale } from '../kernel/index.ts';
import type { Answer, HolderKind } from './model.ts';

export type InvitationRow = {
  id: string;
  claim_id: string;
  locale: Locale;
  state: 'open' | 'used' | 'replaced';
  sent_at: Date;
  expires_at: Date;
};

export async function insertInvitation(
  db: Db,
  row: Omit<InvitationRow, 'state'> & { token_sha256: string },
): Promise<void> {
  await sql`insert into works.invitations (id, claim_id, token_sha256, locale, sent_at, expires_at)
    values (${row.id}, ${row.claim_id}, ${row.token_sha256}, ${row.locale}, ${row.sent_at}, ${row.expires_at})`.execute(
    db,
  );
}

export async function selectInvitation(db: Db, tokenSha256: string): Promise<InvitationRow | undefined> {
  const found = await sql<InvitationRow>`select id, claim_id, locale, state, sent_at, expires_at
    from works.invitations where token_sha256 = ${tokenSha256}`.execute(db);
  return found.rows[0];
}

/** One answer settles all links of a claim; a changed share makes the links sent before worthless. */
export async function closeInvitations(
  db: Db,
  claimId: string,
  state: 'used' | 'replaced',
  at: Date,
): Promise<void> {
  await sql`update works.invitations set state = ${state}, used_at = ${at}
    where claim_id = ${claimId} and state = 'open'`.execute(db);
}

export async function countInvitations(db: Db, claimId: string, since: Date): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from works.invitations
    where claim_id = ${claimId} and sent_at > ${since}`.execute(db);
  return found.rows[0]!.n;
}

/** Waiting claims whose last mail is older than `sentBefore` and that got fewer than `most` mails so far. */
export async function selectUnanswered(
  db: Db,
  sentBefore: Date,
  most: number,
  limit: number,
): Promise<{ claimId: string; locale: Locale }[]> {
  const found = await sql<{ claimId: string; locale: Locale }>`
    select c.id as "claimId", min(i.locale) as locale from works.claims c
    join works.works w on w.id = c.work_id and w.state = 'registered'
    join works.invitations i on i.claim_id = c.id and i.state = 'open'
    where c.state = 'pending' and c.email is not null
    group by c.id having max(i.sent_at) < ${sentBefore} and count(*) < ${most}
    order by max(i.sent_at), c.id limit ${limit}`.execute(db);
  return found.rows;
}

export type AuthorityAnswer = {
  readonly answer: Answer;
  readonly holderKind: HolderKind | null;
  readonly holderName: string | null;
  readonly questionVersion: string;
  readonly answeredAt: Date;
};

export async function insertAuthorityAnswer(
  db: Db,
  id: string,
  partyId: string,
  a: AuthorityAnswer,
): Promise<void> {
  await sql`insert into works.authority_answers (id, party_id, answer, holder_kind, holder_name, question_version, answered_at)
    values (${id}, ${partyId}, ${a.answer}, ${a.holderKind}, ${a.holderName}, ${a.questionVersion}, ${a.answeredAt})`.execute(
    db,
  );
}

export async function selectAuthorityAnswer(db: Db, partyId: string): Promise<AuthorityAnswer | undefined> {
  const found =
    await sql<AuthorityAnswer>`select answer, holder_kind as "holderKind", holder_name as "holderName",
      question_version as "questionVersion", answered_at as "answeredAt"
    from works.authority_answers where party_id = ${partyId} order by answered_at desc, id desc limit 1`.execute(
      db,
    );
  return found.rows[0];
}

/** A name is personal; that somebody answered, and when, is not. */
export async function clearAuthorityNames(db: Db, partyId: string): Promise<void> {
  await sql`update works.authority_answers set holder_name = null where party_id = ${partyId}`.execute(db);
}

export type Hold = {
  readonly id: string;
  readonly claimId: string;
  readonly raisedBy: string;
  readonly reason: string;
  readonly state: 'open' | 'taken-back' | 'upheld' | 'rejected';
  readonly openedAt: Date;
  readonly answerDueAt: Date;
};

const HOLD = sql.raw(
  'h.id, h.claim_id as "claimId", h.raised_by as "raisedBy", h.reason, h.state, h.opened_at as "openedAt", h.answer_due_at as "answerDueAt"',
);

export async function insertHold(db: Db, h: Hold): Promise<boolean> {
  const done = await sql`insert into works.holds (id, claim_id, raised_by, reason, opened_at, answer_due_at)
    values (${h.id}, ${h.claimId}, ${h.raisedBy}, ${h.reason}, ${h.openedAt}, ${h.answerDueAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function selectOpenHold(db: Db, id: string): Promise<Hold | undefined> {
  const found =
    await sql<Hold>`select ${HOLD} from works.holds h where h.id = ${id} and h.state = 'open' for update`.execute(
      db,
    );
  return found.rows[0];
}

/** Open objections, oldest deadline first; of one work, or of all for the operator. */
export async function selectOpenHolds(
  db: Db,
  workId: string | undefined,
): Promise<(Hold & { workId: string })[]> {
  const found = await sql<Hold & { workId: string }>`select ${HOLD}, c.work_id as "workId" from works.holds h
    join works.claims c on c.id = h.claim_id
    where h.state = 'open' and (${workId ?? null}::uuid is null or c.work_id = ${workId ?? null}::uuid)
    order by h.answer_due_at, h.id limit 200`.execute(db);
  return found.rows;
}

export async function closeHold(
  db: Db,
  id: string,
  state: 'taken-back' | 'upheld' | 'rejected',
  resolution: string,
  at: Date,
): Promise<void> {
  await sql`update works.holds set state = ${state}, resolution = ${resolution}, closed_at = ${at}
    where id = ${id}`.execute(db);
}
