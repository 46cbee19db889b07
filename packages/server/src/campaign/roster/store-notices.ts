import { sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';
import type { SignatoryRow } from '../store.ts';
import type { RosterRow } from './store-rosters.ts';

export type NoticeKind = 'signed-through' | 'invited' | 'ended';

/** Notes that mailboxes hear of something now; answers those that had not heard of it since a time. */
export async function claimNotices(
  db: Db,
  { kind, hashes, now, since }: { kind: NoticeKind; hashes: readonly string[]; now: Date; since: Date },
): Promise<string[]> {
  if (hashes.length === 0) return [];
  // In one order, so that two lists with the same people do not wait for each other.
  const sorted = [...hashes].sort();
  const found = await sql<{ hash: string }>`
    insert into campaign.notices (mailbox_hmac, kind, told_at)
    select hash, ${kind}, ${now}::timestamptz from unnest(${sorted}::text[]) hash
    on conflict (mailbox_hmac, kind) do update set told_at = excluded.told_at
      where notices.told_at <= ${since}::timestamptz
    returning mailbox_hmac as hash`.execute(db);
  const claimed = new Set(found.rows.map(({ hash }) => hash));
  return hashes.filter((hash) => claimed.has(hash));
}

/** Has people hear of it: rows with a mailbox. */
export async function markUntold(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update campaign.roster_rows set untold = true where id = any(${ids}::uuid[])`.execute(db);
}

export async function markTold(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update campaign.roster_rows set untold = false where id = any(${ids}::uuid[])`.execute(db);
}

type Told = Pick<SignatoryRow, 'id' | 'name' | 'email' | 'locale' | 'basis' | 'source' | 'through_name'>;
type Signed = { id: string; rosterId: string; mailboxKey: string; signatory: Told };

/** Signatures given for people who have yet to hear of it, by row. Who has acted meanwhile knows. */
export async function selectUntoldSigned(
  db: Db,
  after: string,
  limit: number,
  rosterId: string | undefined,
): Promise<Signed[]> {
  const found = await sql<Omit<Signed, 'signatory'> & Told & { signatoryId: string }>`
    select r.id, r.roster_id as "rosterId", s.mailbox_key as "mailboxKey", s.id as "signatoryId", s.name, s.email,
      s.locale, s.basis, s.source, s.through_name
    from campaign.roster_rows r join campaign.signatories s on s.id = r.signatory_id
    where r.untold and r.state = 'signed' and s.basis <> 'mailbox' and s.state in ('confirmed', 'held')
      and s.email <> '' and r.id > ${after}::uuid
      and (${rosterId ?? null}::uuid is null or r.roster_id = ${rosterId ?? null}::uuid)
    order by r.id limit ${limit}`.execute(db);
  return found.rows.map(({ id, rosterId: roster, mailboxKey, signatoryId, ...rest }) => ({
    id,
    rosterId: roster,
    mailboxKey,
    signatory: { ...rest, id: signatoryId },
  }));
}

type Invited = {
  id: string;
  rosterId: string;
  mailboxKey: string;
  email: string;
  roster: Pick<RosterRow, 'through_name' | 'locale'>;
};

/** People who are asked to sign and have yet to hear of it, by row. */
export async function selectUntoldInvited(
  db: Db,
  after: string,
  limit: number,
  rosterId: string | undefined,
): Promise<Invited[]> {
  const found = await sql<Omit<Invited, 'roster'> & Invited['roster']>`
    select r.id, r.roster_id as "rosterId", r.mailbox_key as "mailboxKey", r.person->>'email' as email,
      o.through_name, o.locale
    from campaign.roster_rows r join campaign.rosters o on o.id = r.roster_id
    where r.untold and r.state = 'invited' and r.mailbox_key is not null and r.person->>'email' is not null
      and r.id > ${after}::uuid
      and (${rosterId ?? null}::uuid is null or r.roster_id = ${rosterId ?? null}::uuid)
    order by r.id limit ${limit}`.execute(db);
  return found.rows.map(({ through_name, locale, ...row }) => ({ ...row, roster: { through_name, locale } }));
}
