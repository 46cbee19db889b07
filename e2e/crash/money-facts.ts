import type { MoneyNotes } from './money-notes.ts';

/** What asks the database. */
export type Ask = { query<T>(text: string, values?: readonly unknown[]): Promise<{ rows: T[] }> };

const journals = (kind: string) => `(select count(*) from ledger.journals j where j.kind = '${kind}'`;

/** What no moment may show: a sentence, and the SQL that finds what contradicts it. */
const ALWAYS: readonly (readonly [sentence: string, offenders: string])[] = [
  [
    'invoice numbers have no gap',
    `select 1 from (select count(*) as n, coalesce(max(number), 0) as last from billing.invoices) i
      join billing.series s on s.name = 'invoice' where i.n <> i.last or i.n <> s.last`,
  ],
  [
    'numbers of credit notes have no gap',
    `select 1 from (select count(*) as n, coalesce(max(number), 0) as last from billing.credit_notes) i
      join billing.series s on s.name = 'credit-note' where i.n <> i.last or i.n <> s.last`,
  ],
  [
    'an invoice and a credit note are booked once',
    `select id from billing.invoices i where i.exact_micro <> 0
        and 1 <> ${journals('invoice')} and j.reference = i.id::text)
      union all select id from billing.credit_notes c
      where 1 <> ${journals('credit-note')} and j.reference = c.id::text)`,
  ],
  [
    'an invoice has at most one run',
    `select subject from distribution.runs where kind = 'invoice' group by 1 having count(*) > 1`,
  ],
  [
    'a run gave out its total once when it is posted, nothing before it is verified',
    `select r.id from distribution.runs r, lateral (select coalesce(-sum(p.amount_micro), 0) as given
        from ledger.journals j join ledger.postings p on p.journal_id = j.id
          join ledger.accounts a on a.id = p.account_id and a.kind = 'pool'
        where j.kind = 'distribution' and j.cause = 'run:' || r.id) pool
      where (r.state = 'posted' and given <> r.total_micro) or (r.state in ('planned', 'computed') and given <> 0)`,
  ],
  ['no run stands still with a fault', `select id from distribution.runs where fault is not null`],
  [
    'each step of a payout has exactly one journal',
    `select id from payouts.items i
      where (ordered_at is not null)::int <> ${journals('payout-ordered')} and j.reference = i.id::text)
        or (rejected_at is not null)::int <> ${journals('payout-rejected')} and j.reference = i.id::text)
        or (paid_entry is not null)::int <> ${journals('payout-paid')} and j.cause = 'payout:' || i.id)
        or (returned_entry is not null)::int <> ${journals('payout-returned')} and j.cause = 'payout:' || i.id)`,
  ],
  [
    'a batch is ordered as a whole',
    `select i.id from payouts.items i join payouts.batches b on b.id = i.batch_id
      where (b.state = 'ordered') <> (i.ordered_at is not null)`,
  ],
  [
    'a statement begins where the one before ended',
    `select id from (select *, row_number() over w as nth, lag(closing_micro, 1, 0) over w as before,
        lag(in_payout_closing_micro, 1, 0) over w as on_the_way, lag(to_at) over w as ended
        from statements.statements window w as (partition by party_id, currency order by number)) s
      where number <> nth or opening_micro <> before or in_payout_opening_micro <> on_the_way
        or from_at is distinct from ended`,
  ],
  [
    'the account in the books is the account at the bank',
    `select 1 from (select coalesce(sum(posted_micro), 0) as booked from ledger.accounts where kind = 'bank') b,
      (select coalesce(sum(amount_micro), 0) as said from bank.entries where source = 'statement') e,
      (select coalesce(sum(closing_micro - opening_micro), 0) as moved from bank.accounts) a
      where booked <> -said or said <> moved`,
  ],
  ['no job was given up', `select kind, last_error from kernel.jobs where state = 'dead'`],
];

/**
 * What was acknowledged has happened; at rest nothing else has, since every request was repeated until it was answered: what
 * it is, the ids, and the SQL that finds what is stored.
 */
const there = (notes: MoneyNotes): readonly (readonly [string, Iterable<string>, string])[] => [
  ['closed periods', notes.closed.keys(), 'select id::text from billing.periods where closed_at is not null'],
  ['invoices', [...notes.closed.values()].flat(), 'select id::text from billing.invoices'],
  [
    'signed documents',
    [...notes.signed].map((pair) => pair.join(' ')),
    `select id || ' ' || sha256 from billing.invoices union all select id || ' ' || sha256 from billing.credit_notes
      union all select id || ' ' || sha256 from statements.statements`,
  ],
  ['bank files', notes.bankFiles, 'select sha256 from bank.files'],
  ['bank entries', notes.entries, `select id::text from bank.entries where source = 'statement'`],
  ['payments by hand', notes.confirmed, `select id::text from bank.payments where state = 'confirmed'`],
  ['batches', notes.batches, 'select id::text from payouts.batches'],
  ['discarded batches', notes.discarded, `select id::text from payouts.batches where state = 'discarded'`],
  ['ordered batches', notes.ordered.keys(), `select id::text from payouts.batches where state = 'ordered'`],
  ['rejected payouts', notes.rejected, 'select id::text from payouts.items where rejected_at is not null'],
  ['objections', notes.objections, 'select id::text from statements.objections'],
];

/** Not all that is matched was said by an operator. */
const purposes = (notes: MoneyNotes): readonly [string, Iterable<string>, string] => [
  'purposes',
  notes.assigned,
  'select entry_id::text from bank.assignments union select entry_id::text from bank.matches',
];

/** Everything a kill may have broken. */
export async function moneyFaults(ask: Ask, notes: MoneyNotes): Promise<string[]> {
  const faults: string[] = [];
  for (const [sentence, offenders] of ALWAYS) {
    const { rows } = await ask.query(offenders);
    if (rows.length > 0) faults.push(`not true: ${sentence}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  for (const [what, ids, stored] of [...there(notes), purposes(notes)]) {
    const { rows } = await ask.query<{ id: string }>(
      `select told.id from unnest($1::text[]) as told (id) except (${stored})`,
      [[...ids]],
    );
    if (rows.length > 0) faults.push(`${what} acknowledged and missing: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  for (const [gate, told] of notes.counted) {
    const { rows } = await ask.query<{ n: number; most: number }>(
      `select count(*)::int as n, coalesce(max(record_seq), 0)::int as most from usage.events where gate_id = $1`,
      [gate],
    );
    const { n, most } = rows[0]!;
    if (n !== most || most < told) faults.push(`gate ${gate}: told ${told}, ${n} records up to ${most}`);
  }
  return faults;
}

/** What must be true when nothing is under way any more. */
const AT_REST: readonly (readonly [sentence: string, offenders: string])[] = [
  ['every run is posted', `select id, state from distribution.runs where state <> 'posted'`],
  [
    'every paid invoice is divided',
    `select invoice_id from billing.settlements s where exists (select from billing.lines l
        where l.invoice_id = s.invoice_id)
      and not exists (select from distribution.runs r where r.kind = 'invoice' and r.subject = s.invoice_id)`,
  ],
  [
    'every credit of a paid invoice is taken back',
    `select l.id from billing.lines l join billing.settlements s using (invoice_id)
      where l.kind = 'credit' and not exists (select from distribution.run_lines_in i
        where i.line_id = l.id and i.from_billing)`,
  ],
  [
    'the pool of a paid invoice is empty',
    `select a.owner, a.posted_micro from ledger.accounts a join billing.settlements s on s.invoice_id::text = a.owner
      where a.kind = 'pool' and a.posted_micro <> 0`,
  ],
  [
    'what the bank wrote is matched',
    `select owner, posted_micro from ledger.accounts where kind = 'unidentified' and posted_micro <> 0`,
  ],
  [
    'what is on its way is what was ordered and neither paid nor refused',
    `select 1 from (select coalesce(sum(posted_micro), 0) as booked from ledger.accounts where kind = 'in-payout') a,
      (select coalesce(sum(amount_micro), 0) as ordered from payouts.items where state = 'ordered') i
      where booked <> ordered`,
  ],
  [
    'the last statement of everybody says what is payable',
    `select a.owner, a.posted_micro, s.closing_micro from ledger.accounts a left join lateral (
        select closing_micro from statements.statements where party_id::text = a.owner and currency = a.currency
        order by number desc limit 1) s on true
      where a.kind = 'payable' and a.posted_micro is distinct from s.closing_micro and (a.version > 0)`,
  ],
];

/** Everything that is wrong although nothing is under way. */
export async function restFaults(ask: Ask, notes: MoneyNotes): Promise<string[]> {
  const faults: string[] = [];
  for (const [sentence, offenders] of AT_REST) {
    const { rows } = await ask.query(offenders);
    if (rows.length > 0) faults.push(`not true: ${sentence}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  for (const [what, ids, stored] of there(notes)) {
    const { rows } = await ask.query(`(${stored}) except select * from unnest($1::text[])`, [[...ids]]);
    if (rows.length > 0) faults.push(`${what} nobody asked for: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  for (const [gate, told] of notes.counted) {
    const { rows } = await ask.query<{ n: number }>(
      'select count(*)::int as n from usage.events where gate_id = $1',
      [gate],
    );
    if (rows[0]!.n !== told) faults.push(`gate ${gate}: told ${told}, ${rows[0]!.n} records`);
  }
  const { rows } = await ask.query<{ end_to_end_id: string; state: string; ordered: boolean }>(
    `select end_to_end_id, state, ordered_at is not null as ordered from payouts.items`,
  );
  const states = new Map(rows.map((row) => [row.end_to_end_id, row.state]));
  for (const id of notes.paid)
    if (!['paid', 'returned'].includes(states.get(id) ?? ''))
      faults.push(`paid, but ${states.get(id)}: ${id}`);
  for (const id of notes.returned)
    if (states.get(id) !== 'returned') faults.push(`came back, but ${states.get(id)}: ${id}`);
  const written = [...notes.ordered.values()].flatMap((xml) =>
    [...xml.matchAll(/<EndToEndId>([^<]+)</g)].map(([, id]) => id!),
  );
  const ordered = rows.flatMap((row) => (row.ordered ? [row.end_to_end_id] : []));
  if (written.toSorted().join() !== ordered.toSorted().join())
    faults.push(`payment files have ${written.length} payments, ${ordered.length} were ordered`);
  return faults;
}
