import { type Kysely, sql } from 'kysely';
import type { Db } from '../../kernel/index.ts';

export const ALARM_KINDS = ['all', 'network', 'domain', 'country', 'refused', 'through'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

export type AlarmRow = {
  id: string;
  kind: AlarmKind;
  key: string;
  raised_at: Date;
  last_seen_at: Date;
  peak: number;
  usual: string;
  minutes: number;
  closed_at: Date | null;
  closed_by: string | null;
};
type Tables = { 'campaign.alarms': AlarmRow };

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

export async function addRefusals(
  db: Db,
  rows: readonly { minute: Date; network_hash: string; count: number }[],
): Promise<void> {
  await sql`insert into campaign.refusals (minute, network_hash, count)
    select * from unnest(${rows.map((row) => row.minute)}::timestamptz[], ${rows.map((row) => row.network_hash)}::text[],
      ${rows.map((row) => row.count)}::int[])
    on conflict (minute, network_hash) do update set count = refusals.count + excluded.count`.execute(db);
}

/** Sign-ups (or refusals) of one kind and key: how many since `from`, and before that since `usualFrom`. */
export type Rate = { kind: AlarmKind; key: string; recent: number; before: number };

const KEYS = {
  all: sql`''`,
  network: sql`network_hash`,
  // Of no mailbox there is no domain.
  domain: sql`nullif(split_part(mailbox_key, '@', 2), '')`,
  country: sql`country`,
  through: sql`through_name`,
} as const;

/** The rates worth a look: those with at least `floor` since `from`, the highest first. */
export async function selectRates(
  db: Db,
  kind: AlarmKind,
  { usualFrom, from, until, floor }: { usualFrom: Date; from: Date; until: Date; floor: number },
): Promise<Rate[]> {
  if (kind === 'refused') {
    const found = await sql<Rate>`select 'refused' as kind, network_hash as key,
        (sum(count) filter (where minute >= ${from}))::int as recent,
        coalesce(sum(count) filter (where minute < ${from}), 0)::int as before
      from campaign.refusals where minute >= ${usualFrom} and minute <= ${until}
      group by network_hash having sum(count) filter (where minute >= ${from}) >= ${floor}
      order by recent desc, network_hash collate "C" limit 20`.execute(db);
    return found.rows;
  }
  const key = KEYS[kind];
  const found = await sql<Rate>`
    with recent as (select ${key} as key, count(*)::int as recent from campaign.signatories
      where created_at >= ${from} and created_at <= ${until} and basis <> 'import' and ${key} is not null
      group by 1 having count(*) >= ${floor} order by 2 desc limit 20)
    select ${kind} as kind, key, recent, (select count(*)::int from campaign.signatories
      where created_at >= ${usualFrom} and created_at < ${from} and basis <> 'import' and ${key} = recent.key) as before
    from recent order by recent desc, key collate "C"`.execute(db);
  return found.rows;
}

/** The sources with the most sign-ups since `from`. */
export async function selectSources(
  db: Db,
  kind: 'network' | 'domain' | 'country' | 'through',
  from: Date,
  limit: number,
): Promise<{ kind: AlarmKind; key: string; count: number }[]> {
  const found = await sql<{ kind: AlarmKind; key: string; count: number }>`
    select * from (select ${kind} as kind, ${KEYS[kind]} as key, count(*)::int as count
      from campaign.signatories where created_at >= ${from} and state <> 'invalidated' and basis <> 'import' group by 2) sources
    where key is not null order by count desc, key collate "C" limit ${limit}`.execute(db);
  return found.rows;
}

/** When the campaign began, as far as rows tell. */
export async function selectFirstSignUp(db: Db): Promise<Date | undefined> {
  const found = await sql<{
    at: Date | null;
  }>`select min(created_at) as at from campaign.signatories`.execute(db);
  return found.rows[0]?.at ?? undefined;
}

/** Raises an alarm, or notes that the open one of this kind and key goes on. Answers whether it is new. */
export async function upsertAlarm(db: Db, row: Omit<AlarmRow, 'closed_at' | 'closed_by'>): Promise<boolean> {
  const done = await sql<{ id: string }>`
    insert into campaign.alarms (id, kind, key, raised_at, last_seen_at, peak, usual, minutes)
    values (${row.id}, ${row.kind}, ${row.key}, ${row.raised_at}, ${row.last_seen_at}, ${row.peak}, ${row.usual}, ${row.minutes})
    on conflict (kind, key) where closed_at is null do update set last_seen_at = excluded.last_seen_at,
      peak = greatest(alarms.peak, excluded.peak)
    returning id`.execute(db);
  return done.rows[0]?.id === row.id;
}

/** Open alarms, then the latest closed ones. */
export function selectAlarms(db: Db, limit: number): Promise<AlarmRow[]> {
  return tables(db)
    .selectFrom('campaign.alarms')
    .selectAll()
    .orderBy(sql`closed_at is not null`)
    .orderBy('raised_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Answers false when there is no such alarm that is open. */
export async function closeAlarmRow(db: Db, id: string, by: string, at: Date): Promise<boolean> {
  const done = await tables(db)
    .updateTable('campaign.alarms')
    .set({ closed_at: at, closed_by: by })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Network hashes past their time leave the rows, clean-ups and alarms that are over; refusals go whole. */
export async function forgetNetworks(db: Db, before: Date): Promise<void> {
  await sql`update campaign.signatories set network_hash = null
    where network_hash is not null and created_at < ${before}`.execute(db);
  await sql`delete from campaign.refusals where minute < ${before}`.execute(db);
  await sql`update campaign.clean_ups set conditions = conditions - 'network'
    where conditions ? 'network' and done_at < ${before}`.execute(db);
  // Of each kind one alarm is open per key.
  await sql`update campaign.alarms set key = 'forgotten ' || id where kind in ('network', 'refused')
    and coalesce(closed_at, last_seen_at) < ${before} and key not like 'forgotten%'`.execute(db);
}
