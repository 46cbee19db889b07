import { sql } from 'kysely';
import type { Finding, IntegrityCheck, Kernel } from '../kernel/index.ts';
import { balances, entriesOf } from '../ledger/index.ts';
import { contentOf, hashOf } from './entry-content.ts';
import { entryOf } from './read-entry.ts';
import { type EntryRow, entriesAfter } from './store.ts';
import { sumOfWords } from './store-payments.ts';

const PAGE = 2_000;
const wrong = (detail: string): Finding => ({ ok: false, detail });
const right = (detail: string): Finding => ({ ok: true, detail });

/** What the bank's records must be, and how the ledger must stand to them. */
export const bankChecks: readonly IntegrityCheck[] = [
  { name: 'bank.statements-chain', run: statementsChain },
  { name: 'bank.entries-unchanged', run: entriesUnchanged },
  { name: 'bank.entries-booked', run: entriesBooked },
  { name: 'bank.balance-is-the-banks', run: balanceIsTheBanks },
];

/** I-37: each statement continues where the one before stood, and its new entries lead to its closing balance. */
async function statementsChain(k: Kernel): Promise<readonly Finding[]> {
  const found = await sql<{ id: string; fault: string | null }>`select s.id, case
      when s.continues_micro is distinct from lag(s.closing_micro, 1, a.opening_micro) over w then 'does not continue the one before'
      when s.link is distinct from row_number() over w then 'the one before is missing'
      when s.continues_micro + (select coalesce(sum(e.amount_micro), 0) from bank.entries e where e.statement_id = s.id)
        <> s.closing_micro then 'its entries do not lead to its closing balance'
      when s.link = a.statements and s.closing_micro <> a.closing_micro then 'is not where the account stands' end as fault
    from bank.statements s join bank.accounts a on a.iban = s.iban and a.currency = s.currency
    window w as (partition by s.iban, s.currency order by s.link)`.execute(k.db);
  const faults = found.rows.filter(({ fault }) => fault !== null);
  if (faults.length > 0) return faults.map(({ id, fault }) => wrong(`bank.statements ${id}: ${fault}`));
  return [right(`${found.rows.length} statements, each continues the one before`)];
}

async function* allEntries(k: Kernel): AsyncGenerator<EntryRow> {
  for (let after = 0n; ; ) {
    const rows = await entriesAfter(k.db, after, PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.seq;
  }
}

async function entriesUnchanged(k: Kernel): Promise<readonly Finding[]> {
  const faults: Finding[] = [];
  let count = 0;
  for await (const row of allEntries(k)) {
    count += 1;
    const content = contentOf({ ...row.content, amountMicro: row.amount_micro, bookedOn: row.booked_on });
    if (hashOf(content) !== row.content_sha256)
      faults.push(wrong(`bank.entries ${row.id}: not what was recorded`));
    const { openMicro, amountMicro } = entryOf(row);
    if (openMicro !== 0n && openMicro > 0n !== amountMicro > 0n)
      faults.push(wrong(`bank.matches of entry ${row.id}: more than its amount`));
  }
  return faults.length > 0 ? faults : [right(`${count} entries as they were recorded`)];
}

/** One journal for each entry with its amount, and none besides; what waits unidentified is the open part of an entry. */
async function entriesBooked(k: Kernel): Promise<readonly Finding[]> {
  const faults: Finding[] = [];
  const booked = new Map<string, bigint>();
  for (const { currency } of await balances(k, { kind: 'bank' })) await collect(k, 'bank', currency, booked);
  for (const { currency } of await balances(k, { kind: 'word' })) await collect(k, 'word', currency, booked);
  const waiting = new Map(
    (await balances(k, { kind: 'unidentified' })).map((a) => [a.owner, a.balanceMicro]),
  );
  let count = 0;
  for await (const row of allEntries(k)) {
    count += 1;
    const inBooks = booked.get(row.id);
    booked.delete(row.id);
    if (inBooks === undefined) faults.push(wrong(`bank.entries ${row.id}: not in the books`));
    else if (inBooks !== -row.amount_micro)
      faults.push(wrong(`bank.entries ${row.id}: booked with another amount`));
    const { openMicro } = entryOf(row);
    const waits = waiting.get(row.id) ?? 0n;
    waiting.delete(row.id);
    if (waits !== openMicro)
      faults.push(wrong(`bank.entries ${row.id}: ${openMicro} open, ${waits} in the books`));
  }
  for (const id of booked.keys())
    faults.push(wrong(`journal of the ledger for entry ${id}: the bank has no such entry`));
  for (const [id, micro] of waiting) {
    if (micro !== 0n)
      faults.push(wrong(`account unidentified ${id} of the ledger: the bank has no such entry`));
  }
  return faults.length > 0 ? faults : [right(`${count} entries, each booked once`)];
}

/** The postings by which entries came into the books, by entry. */
async function collect(
  k: Kernel,
  kind: 'bank' | 'word',
  currency: string,
  into: Map<string, bigint>,
): Promise<void> {
  for (let afterVersion = 0n; ; ) {
    const page = await entriesOf(k, { kind, owner: '', currency }, { afterVersion, limit: PAGE });
    for (const one of page) {
      if (one.kind === 'bank-entry' || one.kind === 'operator-word') into.set(one.reference, one.amountMicro);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    afterVersion = last.version;
  }
}

/** What the books say is at the bank is what the bank says; what rests on a word is what no statement has shown. */
async function balanceIsTheBanks(k: Kernel): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const moved = await sql<{ currency: string; micro: string }>`select currency,
    sum(closing_micro - opening_micro)::text as micro from bank.accounts group by currency`.execute(k.db);
  const sums = [...(await pairs(k, 'bank', moved.rows)), ...(await pairs(k, 'word', await sumOfWords(k.db)))];
  for (const { kind, currency, books, records } of sums) {
    const name = `account ${kind} ${currency} of the ledger`;
    findings.push(
      books === records
        ? right(`${name}: ${books}`)
        : wrong(`${name}: ${books}, but the records say ${records}`),
    );
  }
  return findings.length > 0 ? findings : [right('no money yet')];
}

async function pairs(
  k: Kernel,
  kind: 'bank' | 'word',
  records: readonly { currency: string; micro: string }[],
) {
  const said = new Map(records.map(({ currency, micro }) => [currency, BigInt(micro)]));
  const stand = new Map((await balances(k, { kind })).map((a) => [a.currency, -a.balanceMicro]));
  const currencies = [...new Set([...said.keys(), ...stand.keys()])].sort();
  return currencies.map((currency) => ({
    kind,
    currency,
    books: stand.get(currency) ?? 0n,
    records: said.get(currency) ?? 0n,
  }));
}
