import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Account, AccountKind, Entry, JournalInput, Line, PostedJournal } from './model.ts';

type AccountRow = { id: string; posted_micro: bigint; held_micro: bigint };

const isAccount = ({ kind, owner, currency }: Account) =>
  sql`kind = ${kind} and owner = ${owner} and currency = ${currency}`;

export async function selectAccount(db: Db, key: Account): Promise<AccountRow | undefined> {
  const found = await sql<AccountRow>`select id, posted_micro, held_micro from ledger.accounts
    where ${isAccount(key)}`.execute(db);
  return found.rows[0];
}

/** The account, held against other bookings and promises until the transaction ends. */
export async function lockAccount(db: Db, key: Account): Promise<AccountRow | undefined> {
  const found = await sql<AccountRow>`select id, posted_micro, held_micro from ledger.accounts
    where ${isAccount(key)} for update`.execute(db);
  return found.rows[0];
}

export async function selectAccounts(
  db: Db,
  where: { kind?: AccountKind; owner?: string; currency?: string },
): Promise<(Account & { balanceMicro: bigint })[]> {
  const { kind = null, owner = null, currency = null } = where;
  const found = await sql<Account & { balanceMicro: bigint }>`
    select kind, owner, currency, posted_micro as "balanceMicro" from ledger.accounts
    where (${kind}::text is null or kind = ${kind}) and (${owner}::text is null or owner = ${owner})
      and (${currency}::text is null or currency = ${currency})
    order by kind, owner, currency`.execute(db);
  return found.rows;
}

export async function sumBefore(db: Db, key: Account, at: Date): Promise<bigint> {
  const found = await sql<{ sum: bigint }>`select coalesce(sum(p.amount_micro), 0)::bigint as sum
    from ledger.postings p join ledger.journals j on j.id = p.journal_id
    where p.account_id = (select id from ledger.accounts where ${isAccount(key)})
      and j.effective_at < ${at}`.execute(db);
  return found.rows[0]!.sum;
}

export async function selectEntries(
  db: Db,
  key: Account,
  page: { after?: Date; before?: Date; afterVersion?: bigint; limit: number },
): Promise<Entry[]> {
  const { after = null, before = null, afterVersion = 0n, limit } = page;
  const found = await sql<Omit<Entry, 'cause'> & { cause: string | null }>`
    select p.journal_id as "journalId", j.kind, j.reference, j.cause, j.effective_at as "effectiveAt",
      p.amount_micro as "amountMicro", p.balance_after as "balanceAfter", p.account_version as version
    from ledger.postings p join ledger.journals j on j.id = p.journal_id
    where p.account_id = (select id from ledger.accounts where ${isAccount(key)})
      and p.account_version > ${afterVersion}
      and (${after}::timestamptz is null or j.effective_at >= ${after})
      and (${before}::timestamptz is null or j.effective_at < ${before})
    order by p.account_version limit ${limit}`.execute(db);
  return found.rows.map((row) => ({ ...row, cause: row.cause ?? undefined }));
}

/** The lines of a journal; undefined when there is none. */
export async function selectLines(db: Db, journalId: string): Promise<Line[] | undefined> {
  const found = await sql<Line | { kind: null }>`
    select a.kind, a.owner, a.currency, p.amount_micro as "amountMicro"
    from ledger.journals j left join ledger.postings p on p.journal_id = j.id
      left join ledger.accounts a on a.id = p.account_id
    where j.id = ${journalId} order by p.line`.execute(db);
  if (found.rows.length === 0) return undefined;
  return found.rows.filter((row): row is Line => row.kind !== null);
}

/** Books journals through `ledger.post`; answers in their order. */
export async function insertJournals(
  db: Db,
  at: Date,
  journals: readonly (JournalInput & { id: string; reverses?: string })[],
): Promise<PostedJournal[]> {
  const places = new Map<string, number>();
  const accounts: Account[] = [];
  const lines: { journal: number; number: number; account: number; amount: string }[] = [];
  for (const [index, journal] of journals.entries()) {
    let number = 0;
    for (const line of journal.lines) {
      if (line.amountMicro === 0n) continue;
      const name = `${line.kind} ${line.owner} ${line.currency}`;
      const account = places.get(name) ?? accounts.push(line);
      places.set(name, account);
      number += 1;
      lines.push({ journal: index + 1, number, account, amount: line.amountMicro.toString() });
    }
  }
  const done =
    await sql<PostedJournal>`select journal_id as "journalId", booked from ledger.post(${at}::timestamptz,
    ${list(journals.map(({ id }) => id))}::uuid[], ${journals.map(({ kind }) => kind)}::text[],
    ${journals.map(({ reference }) => reference)}::text[],
    ${given(journals.map(({ effectiveAt }) => effectiveAt))}::timestamptz[],
    ${given(journals.map(({ cause }) => cause))}::text[], ${given(journals.map(({ actor }) => actor))}::text[],
    ${given(journals.map(({ approver }) => approver))}::text[],
    ${given(journals.map(({ reverses }) => reverses))}::uuid[],
    ${accounts.map(({ kind }) => kind)}::text[], ${accounts.map(({ owner }) => owner)}::text[],
    ${accounts.map(({ currency }) => currency)}::text[],
    ${list(lines.map(({ journal }) => journal))}::int[], ${list(lines.map(({ number }) => number))}::int[],
    ${list(lines.map(({ account }) => account))}::int[], ${list(lines.map(({ amount }) => amount))}::bigint[])`.execute(
      db,
    );
  return done.rows;
}

/** Numbers and ids as the text of an array; `pg` would look at each of them. */
function list(values: readonly (number | string)[]): string {
  return `{${values.join(',')}}`;
}

/** What mostly nobody gives is not sent as a list of nothing. */
function given<T>(values: readonly (T | undefined)[]): readonly (T | undefined)[] | null {
  return values.some((value) => value !== undefined) ? values : null;
}

/** Waits until nobody books, and lets nobody book until the transaction ends. */
export async function lockClosing(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('ledger.closing', 0))`.execute(db);
}

export async function selectClosedTo(db: Db): Promise<Date | undefined> {
  const found = await sql<{ to: Date | null }>`select max(to_at) as to from ledger.closings`.execute(db);
  return found.rows[0]?.to ?? undefined;
}

export async function insertClosing(
  db: Db,
  closing: { from: Date | undefined; to: Date; at: Date; actor: string },
): Promise<void> {
  const { from, to, at, actor } = closing;
  await sql`insert into ledger.closings (to_at, from_at, closed_at, actor, journals, sha256)
    select ${to}, ${from ?? null}, ${at}, ${actor}, count(*),
      sha256(coalesce(string_agg(sha256, ''::bytea order by id), ''::bytea))
    from ledger.journals where effective_at < ${to}
      and (${from ?? null}::timestamptz is null or effective_at >= ${from ?? null})`.execute(db);
}

export async function insertHold(
  db: Db,
  h: { id: string; accountId: string; amountMicro: bigint; reference: string; at: Date; expiresAt: Date },
): Promise<void> {
  await sql`insert into ledger.holds (id, account_id, amount_micro, reference, placed_at, expires_at)
    values (${h.id}, ${h.accountId}, ${h.amountMicro}, ${h.reference}, ${h.at}, ${h.expiresAt})`.execute(db);
}

/** Answers false when it was released before. */
export async function markReleased(db: Db, id: string, at: Date): Promise<boolean> {
  const done = await sql`update ledger.holds set released_at = ${at}
    where id = ${id} and released_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Open holds that ended before `now`, oldest first. */
export async function selectEndedHolds(db: Db, now: Date, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from ledger.holds
    where released_at is null and expires_at <= ${now} order by expires_at, id limit ${limit}
    for update skip locked`.execute(db);
  return found.rows.map(({ id }) => id);
}
