import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { EntrySource, StatementEntry } from './model.ts';

export type AccountRow = {
  opening_micro: bigint;
  closing_micro: bigint;
  closed_on: string;
  statements: number;
};

type AccountKey = { readonly iban: string; readonly currency: string };

/** Where the chain stands, held until the transaction ends; begun at `first` where there is none. */
export async function lockAccount(
  db: Db,
  key: AccountKey,
  first: { openingMicro: bigint; closedOn: string },
): Promise<AccountRow> {
  await sql`insert into bank.accounts (iban, currency, opening_micro, closing_micro, closed_on)
    values (${key.iban}, ${key.currency}, ${first.openingMicro}, ${first.openingMicro}, ${first.closedOn}::date)
    on conflict do nothing`.execute(db);
  const found = await sql<AccountRow>`select opening_micro, closing_micro, closed_on, statements
    from bank.accounts where iban = ${key.iban} and currency = ${key.currency} for update`.execute(db);
  return found.rows[0]!;
}

export async function moveAccount(
  db: Db,
  key: AccountKey,
  to: { closingMicro: bigint; closedOn: string },
): Promise<void> {
  await sql`update bank.accounts set closing_micro = ${to.closingMicro}, statements = statements + 1,
    closed_on = greatest(closed_on, ${to.closedOn}::date)
    where iban = ${key.iban} and currency = ${key.currency}`.execute(db);
}

/** Answers false when a file of these bytes is there already. */
export async function insertFile(
  db: Db,
  file: { id: string; sha256: string; bytes: number; at: Date; by: string },
): Promise<boolean> {
  const done = await sql`insert into bank.files (id, sha256, bytes, imported_at, imported_by)
    values (${file.id}, ${file.sha256}, ${file.bytes}, ${file.at}, ${file.by}) on conflict do nothing`.execute(
    db,
  );
  return done.numAffectedRows === 1n;
}

export type StatementRow = {
  readonly id: string;
  readonly fileId: string;
  readonly iban: string;
  readonly currency: string;
  readonly link: number;
  readonly name: string;
  readonly sequence: string | null;
  readonly openingMicro: bigint;
  readonly continuesMicro: bigint;
  readonly closingMicro: bigint;
  readonly closedOn: string;
};

export async function insertStatement(db: Db, s: StatementRow): Promise<void> {
  await sql`insert into bank.statements (id, file_id, iban, currency, link, name, sequence, opening_micro,
      continues_micro, closing_micro, closed_on)
    values (${s.id}, ${s.fileId}, ${s.iban}, ${s.currency}, ${s.link}, ${s.name}, ${s.sequence}, ${s.openingMicro},
      ${s.continuesMicro}, ${s.closingMicro}, ${s.closedOn}::date)`.execute(db);
}

/** The statements of all accounts, newest first. */
export async function selectStatements(
  db: Db,
  limit: number,
): Promise<(StatementRow & { entries: number; importedAt: Date })[]> {
  const found = await sql<
    StatementRow & { entries: number; importedAt: Date }
  >`select s.id, file_id as "fileId",
      s.iban, s.currency, link, name, sequence, opening_micro as "openingMicro", continues_micro as "continuesMicro",
      closing_micro as "closingMicro", closed_on as "closedOn", f.imported_at as "importedAt",
      (select count(*)::int from bank.entries e where e.statement_id = s.id) as entries
    from bank.statements s join bank.files f on f.id = s.file_id
    order by f.imported_at desc, link desc limit ${limit}`.execute(db);
  return found.rows;
}

/** Which of these hashes an account has an entry of. */
export async function knownContents(db: Db, iban: string, hashes: readonly string[]): Promise<Set<string>> {
  const found = await sql<{ hash: string }>`select content_sha256 as hash from bank.entries
    where iban = ${iban} and content_sha256 = any(${[...hashes]}::text[])`.execute(db);
  return new Set(found.rows.map(({ hash }) => hash));
}

export type NewEntry = {
  readonly id: string;
  readonly source: EntrySource;
  readonly statementId: string | null;
  readonly iban: string | null;
  readonly currency: string;
  readonly amountMicro: bigint;
  readonly bookedOn: string;
  readonly content: string;
  readonly sha256: string;
};

export async function insertEntries(db: Db, entries: readonly NewEntry[], at: Date): Promise<void> {
  const rows = JSON.stringify(
    entries.map((e) => ({
      id: e.id,
      source: e.source,
      statement_id: e.statementId,
      iban: e.iban,
      currency: e.currency,
      amount_micro: e.amountMicro.toString(),
      booked_on: e.bookedOn,
      content: e.content,
      content_sha256: e.sha256,
    })),
  );
  await sql`insert into bank.entries (id, source, statement_id, iban, currency, amount_micro, booked_on, content,
      content_sha256, recorded_at)
    select r.id, r.source, r.statement_id, r.iban, r.currency, r.amount_micro, r.booked_on, r.content::jsonb,
      r.content_sha256, ${at}::timestamptz
    from rows from (jsonb_to_recordset(${rows}::jsonb) as (id uuid, source text, statement_id uuid, iban text,
      currency text, amount_micro bigint, booked_on date, content text, content_sha256 text)) with ordinality as
      r (id, source, statement_id, iban, currency, amount_micro, booked_on, content, content_sha256, nr)
    order by r.nr`.execute(db);
}

export type EntryRow = {
  id: string;
  seq: bigint;
  source: EntrySource;
  iban: string | null;
  currency: string;
  amount_micro: bigint;
  booked_on: string;
  content: Omit<StatementEntry, 'amountMicro' | 'bookedOn'>;
  content_sha256: string;
  recorded_at: Date;
  assigned: string | null;
  matches: { to: string; amount: string }[];
};

const ENTRY = sql`select e.id, e.seq, e.source, e.iban, e.currency, e.amount_micro, e.booked_on, e.content,
    e.content_sha256, e.recorded_at,
    (select a.reference from bank.assignments a where a.entry_id = e.id order by a.seq desc limit 1) as assigned,
    (select coalesce(jsonb_agg(jsonb_build_object('to', m.target, 'amount', m.amount_micro::text)
        order by m.matched_at, m.target collate "C"), '[]')
      from bank.matches m where m.entry_id = e.id) as matches
  from bank.entries e`;

export async function selectEntry(db: Db, id: string): Promise<EntryRow | undefined> {
  const found = await sql<EntryRow>`${ENTRY} where e.id = ${id}`.execute(db);
  return found.rows[0];
}

/** Holds an entry against other matches until the transaction ends; false when there is none. */
export async function lockEntry(db: Db, id: string): Promise<boolean> {
  const found = await sql`select 1 from bank.entries where id = ${id} for update`.execute(db);
  return found.rows.length === 1;
}

const MATCHED = sql`(select coalesce(sum(m.amount_micro), 0) from bank.matches m where m.entry_id = e.id)`;

/** Entries, newest first; `before` is the `seq` of the last one of the page before. */
export async function selectEntries(
  db: Db,
  about: { state?: 'open' | 'matched'; before?: bigint; limit: number },
): Promise<EntryRow[]> {
  const { state, before, limit } = about;
  const found = await sql<EntryRow>`${ENTRY}
    where ${before === undefined ? sql`true` : sql`e.seq < ${before}`}
      and ${state === undefined ? sql`true` : sql`(${MATCHED} = abs(e.amount_micro)) = ${state === 'matched'}`}
    order by e.seq desc limit ${limit}`.execute(db);
  return found.rows;
}

/** Entries in the order in which they were recorded. */
export async function entriesAfter(db: Db, after: bigint, limit: number): Promise<EntryRow[]> {
  const found = await sql<EntryRow>`${ENTRY} where e.seq > ${after} order by e.seq limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

export async function insertMatch(
  db: Db,
  match: { entryId: string; target: string; amountMicro: bigint; at: Date; actor: string | null },
): Promise<void> {
  await sql`insert into bank.matches (entry_id, target, amount_micro, matched_at, actor)
    values (${match.entryId}, ${match.target}, ${match.amountMicro}, ${match.at}, ${match.actor})`.execute(
    db,
  );
}

export async function insertAssignment(
  db: Db,
  one: { entryId: string; reference: string; at: Date; actor: string },
): Promise<void> {
  await sql`insert into bank.assignments (entry_id, reference, assigned_at, actor)
    values (${one.entryId}, ${one.reference}, ${one.at}, ${one.actor})`.execute(db);
}

/** The last moment of a day in a zone, or now where that is earlier. */
export async function endOfDays(
  db: Db,
  days: readonly string[],
  about: { zone: string; now: Date },
): Promise<Map<string, Date>> {
  const found = await sql<{ day: string; ends: Date }>`select d.day::text as day,
      least(((d.day + 1)::timestamp at time zone ${about.zone}) - interval '1 millisecond', ${about.now}::timestamptz) as ends
    from unnest(${[...new Set(days)]}::date[]) d (day)`.execute(db);
  return new Map(found.rows.map(({ day, ends }) => [day, ends]));
}
