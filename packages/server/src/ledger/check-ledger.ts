import { type RawBuilder, sql } from 'kysely';
import type { Finding, IntegrityCheck } from '../kernel/index.ts';

type Query = RawBuilder<{ wrong: string }>;

/** A check that asks for what is wrong, a line each; `looked` counts what was looked at. */
function check(
  name: string,
  looked: RawBuilder<{ n: bigint }>,
  of: string,
  ...wrong: Query[]
): IntegrityCheck {
  return {
    name: `ledger.${name}`,
    async run(k): Promise<readonly Finding[]> {
      const found: string[] = [];
      for (const query of wrong) found.push(...(await query.execute(k.db)).rows.map((row) => row.wrong));
      if (found.length > 0) return found.map((detail) => ({ ok: false, detail }));
      const { rows } = await looked.execute(k.db);
      return [{ ok: true, detail: `${rows[0]!.n} ${of}` }];
    },
  };
}

/** The most rows that one question names. */
const FIRST = sql.raw('limit 20');
const journals = sql<{ n: bigint }>`select count(*) as n from ledger.journals`;
const postings = sql<{ n: bigint }>`select count(*) as n from ledger.postings`;
const accounts = sql<{ n: bigint }>`select count(*) as n from ledger.accounts`;
const named = sql.raw(`a.kind || ' ' || a.owner || ' ' || a.currency`);

/** I-1. */
const journalsBalance = check(
  'journals-balance',
  journals,
  'journals sum to zero in each currency',
  sql`select format('ledger.journals %s: its lines sum to %s micro-%s', journal_id, sum(amount_micro),
      coalesce(currency, 'of no account')) as wrong
    from ledger.postings p left join ledger.accounts a on a.id = p.account_id
    group by journal_id, currency having sum(amount_micro) <> 0 or currency is null
    order by journal_id, currency ${FIRST}`,
);

/** I-2. */
const booksBalance = check(
  'books-balance',
  sql`select count(distinct currency) as n from ledger.accounts`,
  'currencies in which all accounts sum to zero',
  sql`select format('ledger.accounts in %s: together they hold %s micro-units instead of 0', currency, sum(posted_micro))
      as wrong
    from ledger.accounts group by currency having sum(posted_micro) <> 0 order by currency`,
);

/** I-3. */
const balancesKept = check(
  'balances-kept',
  accounts,
  'accounts hold what was posted on them, and what is held there',
  sql`select format('ledger.accounts %s (%s): posted_micro is %s, its postings sum to %s, the last one left %s', a.id,
      ${named}, a.posted_micro, coalesce(p.sum, 0), coalesce(p.last, 0)) as wrong
    from ledger.accounts a left join (
      select account_id, sum(amount_micro) as sum, (array_agg(balance_after order by account_version desc))[1] as last
      from ledger.postings group by account_id) p on p.account_id = a.id
    where a.posted_micro <> coalesce(p.sum, 0) or a.posted_micro <> coalesce(p.last, 0)
    order by a.id ${FIRST}`,
  sql`select format('ledger.accounts %s (%s): held_micro is %s, its open holds sum to %s', a.id, ${named}, a.held_micro,
      coalesce(h.sum, 0)) as wrong
    from ledger.accounts a left join (
      select account_id, sum(amount_micro) as sum from ledger.holds where released_at is null group by account_id) h
      on h.account_id = a.id
    where a.held_micro <> coalesce(h.sum, 0) order by a.id ${FIRST}`,
);

/** I-4. */
const historyWhole = check(
  'history-whole',
  postings,
  'postings follow one another without a gap',
  sql`select format('ledger.postings %s line %s: version %s of its account follows %s; %s and %s are %s, not %s', journal_id,
      line, account_version, before, balance_before, amount_micro, balance_before + amount_micro, balance_after) as wrong
    from (select p.*, coalesce(lag(account_version) over w, 0) as before,
        coalesce(lag(balance_after) over w, 0) as balance_before
      from ledger.postings p window w as (partition by account_id order by account_version)) p
    where account_version <> before + 1 or balance_after <> balance_before + amount_micro
    order by journal_id, line ${FIRST}`,
  sql`select format('ledger.accounts %s (%s): version is %s, its last posting has %s', a.id, ${named}, a.version,
      coalesce(p.version, 0)) as wrong
    from ledger.accounts a
      left join (select account_id, max(account_version) as version from ledger.postings group by account_id) p
        on p.account_id = a.id
    where a.version <> coalesce(p.version, 0) order by a.id ${FIRST}`,
);

/** The closing that a journal `j` belongs to; looked up by its key for each. */
const closing = sql.raw('(select min(to_at) from ledger.closings where to_at > j.effective_at)');

/** I-5 and the closed part of I-6. */
const closedStaysClosed = check(
  'closed-stays-closed',
  sql`select count(*) as n from ledger.closings`,
  'closings hold the journals they were made over',
  sql`select format('ledger.journals %s (%s %s): takes effect before %s, which was closed when it was booked', j.id, j.kind,
      j.reference, to_json(c.to_at) #>> '{}') as wrong
    from (select *, ${closing} as closing from ledger.journals j) j join ledger.closings c on c.to_at = j.closing
    where j.booked_at > c.closed_at order by j.id ${FIRST}`,
  sql`select format('ledger.closings %s: it was made over %s journals, there are %s%s', to_json(c.to_at) #>> '{}',
      c.journals, coalesce(j.n, 0), case when c.journals = j.n then ' with other content' else '' end) as wrong
    from ledger.closings c left join (
      select closing, count(*) as n, sha256(string_agg(sha256, ''::bytea order by id)) as sha256
      from (select id, sha256, ${closing} as closing from ledger.journals j) j group by closing) j on j.closing = c.to_at
    where c.journals <> coalesce(j.n, 0) or c.sha256 <> coalesce(j.sha256, sha256(''::bytea))
    order by c.to_at ${FIRST}`,
  sql`select format('ledger.closings %s: %s is missing before it', to_json(to_at) #>> '{}',
      coalesce(to_json(from_at) #>> '{}', 'another')) as wrong
    from (select to_at, from_at, lag(to_at) over (order by to_at) as before from ledger.closings) c
    where from_at is distinct from before order by to_at ${FIRST}`,
);

/** I-6. */
const nothingChanged = check(
  'nothing-changed',
  journals,
  'journals and their lines have the hash they were booked with',
  sql`select format('ledger.journals %s (%s %s): it or one of its lines was changed since it was booked', j.id, j.kind,
      j.reference) as wrong
    from ledger.journals j left join (
      select journal_id, string_agg(ledger.line_text(p.line, a.kind, a.owner, a.currency, p.amount_micro), E'\\n'
          order by p.line) as lines
      from ledger.postings p left join ledger.accounts a on a.id = p.account_id group by journal_id) l
      on l.journal_id = j.id
    where sha256 <> ledger.journal_sha256(j.id, j.kind, j.reference, j.effective_at, j.booked_at, j.cause, j.actor,
      j.approver, j.reverses, l.lines)
    order by j.id ${FIRST}`,
  sql`select format('ledger.postings %s line %s: there is no such journal', journal_id, line) as wrong
    from ledger.postings p where not exists (select from ledger.journals where id = p.journal_id)
    order by journal_id, line ${FIRST}`,
  sql`select format('%s: trigger %s is switched off', tgrelid::regclass, tgname) as wrong
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'ledger'::regnamespace and not tgisinternal and tgenabled <> 'O' order by tgname`,
);

/** I-7. */
const bookedOnce = check(
  'booked-once',
  journals,
  'journals have a kind and reference of their own',
  sql`select format('ledger.journals %s: %s %s was booked %s times', min(id::text), kind, reference, count(*)) as wrong
    from ledger.journals group by kind, reference having count(*) > 1 order by kind, reference ${FIRST}`,
);

/** I-8. */
const reversedOnce = check(
  'reversed-once',
  sql`select count(*) as n from ledger.journals where reverses is not null`,
  'reversals negate every line of one journal',
  sql`select format('ledger.journals %s: it is reversed %s times', reverses, count(*)) as wrong
    from ledger.journals where reverses is not null
    group by reverses having count(*) > 1 order by reverses ${FIRST}`,
  sql`select format('ledger.journals %s: it does not negate what it reverses', id) as wrong
    from (select r.id, coalesce(a.line, b.line) as line, a.account_id is not distinct from b.account_id
        and a.amount_micro = -b.amount_micro as negates
      from ledger.journals r
        join (select journal_id, reverses, line, account_id, amount_micro from ledger.postings
          join ledger.journals on id = journal_id where reverses is not null) a on a.journal_id = r.id
        left join ledger.postings b on b.journal_id = r.reverses and b.line = a.line) l
    where negates is not true group by id
    union all
    select format('ledger.journals %s: it does not reverse every line', r.id)
    from ledger.journals r join ledger.postings b on b.journal_id = r.reverses
      left join ledger.postings a on a.journal_id = r.id and a.line = b.line
    where a.line is null group by r.id ${FIRST}`,
);

/** I-9. */
const minimumKept = check(
  'minimum-kept',
  accounts,
  'accounts never were below their minimum',
  sql`select format('ledger.postings %s line %s: it left %s on %s', p.journal_id, p.line, p.balance_after, ${named}) as wrong
    from ledger.postings p join ledger.accounts a on a.id = p.account_id
    where p.balance_after < 0 and a.kind in ('prepaid', 'in-payout', 'refund-due')
    order by p.journal_id, p.line ${FIRST}`,
  sql`select format('ledger.accounts %s (%s): %s is held of %s', a.id, ${named}, held_micro, posted_micro) as wrong
    from ledger.accounts a where a.kind = 'prepaid' and held_micro > posted_micro order by a.id ${FIRST}`,
);

/** Whether the books are what was booked: I-1 to I-9. What is wrong is named, up to 20 rows for each question. */
export const ledgerChecks: readonly IntegrityCheck[] = [
  journalsBalance,
  booksBalance,
  balancesKept,
  historyWhole,
  closedStaysClosed,
  nothingChanged,
  bookedOnce,
  reversedOnce,
  minimumKept,
];
