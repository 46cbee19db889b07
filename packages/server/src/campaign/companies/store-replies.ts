import { sql } from 'kysely';
import type { Db, Locale } from '../../kernel/index.ts';

export type ReplyState = 'waiting' | 'public' | 'refused' | 'withdrawn';
export type Method = 'domain' | 'mail';

/** A version of what a company says on its page. */
export type Reply = {
  readonly id: string;
  readonly slug: string;
  readonly partyId: string | null;
  readonly words: string;
  readonly locale: Locale;
  readonly state: ReplyState;
  /** How it was seen from whom it comes: a website it controls, or mail from an address of it. */
  readonly method: Method;
  /** That website or address. */
  readonly evidence: string;
  readonly sentAt: Date;
  /** Its number among those that were public. */
  readonly version: number | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  readonly withdrawnAt: Date | null;
};

type Stored = Reply & { readonly sentBy: string; readonly decidedBy: string | null };

export async function insertReply(db: Db, r: Stored): Promise<boolean> {
  const done =
    await sql`insert into campaign.replies (id, slug, party_id, words, locale, state, method, evidence,
      sent_by, sent_at, version, decided_by, decided_at, reason, withdrawn_at)
    values (${r.id}, ${r.slug}, ${r.partyId}, ${r.words}, ${r.locale}, ${r.state}, ${r.method}, ${r.evidence},
      ${r.sentBy}, ${r.sentAt}, ${r.version}, ${r.decidedBy}, ${r.decidedAt}, ${r.reason}, ${r.withdrawnAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

const REPLIES = sql`select id, slug, party_id as "partyId", words, locale, state, method, evidence,
  sent_at as "sentAt", version, decided_at as "decidedAt", reason, withdrawn_at as "withdrawnAt"
  from campaign.replies`;

/** Replies of a page or of a party, newest first. */
export async function selectReplies(
  db: Db,
  about: { slug?: string; partyId?: string; state?: ReplyState },
): Promise<Reply[]> {
  const { slug = null, partyId = null, state = null } = about;
  const found = await sql<Reply>`${REPLIES} where (${slug}::text is null or slug = ${slug})
    and (${partyId}::uuid is null or party_id = ${partyId}::uuid)
    and (${state}::text is null or state = ${state})
    order by sent_at desc, id desc limit 200`.execute(db);
  return found.rows;
}

export async function lockReply(db: Db, id: string): Promise<Reply | undefined> {
  const found = await sql<Reply>`${REPLIES} where id = ${id}::uuid for update`.execute(db);
  return found.rows[0];
}

/** The number the next public version of a page gets; whoever asks holds the page until the end of the transaction. */
export async function nextVersion(db: Db, slug: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`campaign.replies ${slug}`}))`.execute(db);
  const found = await sql<{ n: number }>`select coalesce(max(version), 0)::int + 1 as n
    from campaign.replies where slug = ${slug}`.execute(db);
  return found.rows[0]!.n;
}

export async function updateReply(
  db: Db,
  id: string,
  to: Pick<Stored, 'state' | 'version' | 'decidedBy' | 'decidedAt' | 'reason' | 'withdrawnAt'>,
): Promise<void> {
  await sql`update campaign.replies set state = ${to.state}, version = ${to.version}, decided_by = ${to.decidedBy},
      decided_at = ${to.decidedAt}, reason = ${to.reason}, withdrawn_at = ${to.withdrawnAt}
    where id = ${id}`.execute(db);
}

/** Takes all public versions of a page back. */
export async function withdrawReplies(db: Db, slug: string, at: Date): Promise<number> {
  const done = await sql`update campaign.replies set state = 'withdrawn', withdrawn_at = ${at}
    where slug = ${slug} and state = 'public'`.execute(db);
  return Number(done.numAffectedRows);
}

/** A party here that is the company of a page. */
export type CompanyLink = {
  readonly slug: string;
  readonly partyId: string;
  readonly method: Method;
  readonly evidence: string;
  readonly reason: string;
  readonly decidedAt: Date;
};

export async function insertLink(
  db: Db,
  link: CompanyLink & { readonly id: string; readonly by: string },
): Promise<boolean> {
  const done =
    await sql`insert into campaign.company_links (id, slug, party_id, method, evidence, reason, decided_by,
      decided_at)
    values (${link.id}, ${link.slug}, ${link.partyId}, ${link.method}, ${link.evidence}, ${link.reason}, ${link.by},
      ${link.decidedAt}) on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function endLink(db: Db, partyId: string, by: string, at: Date): Promise<boolean> {
  const done = await sql`update campaign.company_links set ended_by = ${by}, ended_at = ${at}
    where party_id = ${partyId} and ended_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function selectLinks(db: Db): Promise<CompanyLink[]> {
  const found = await sql<CompanyLink>`select slug, party_id as "partyId", method, evidence, reason,
      decided_at as "decidedAt"
    from campaign.company_links where ended_at is null order by decided_at, id`.execute(db);
  return found.rows;
}
