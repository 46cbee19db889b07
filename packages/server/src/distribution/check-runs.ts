import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Finding, IntegrityCheck, Kernel } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { HASH_LINES, type Run } from './model.ts';
import { selectRun } from './store.ts';
import { recompute } from './verify-run.ts';

const MOST_NAMED = 20;

/** Whether what runs were planned on, what they gave, and what waits still is what was written. */
export const distributionChecks: readonly IntegrityCheck[] = [
  { name: 'distribution.inputs-frozen', run: checkInputs },
  { name: 'distribution.lines-of-billing', run: checkBilling },
  { name: 'distribution.results-recompute', run: checkResults },
  { name: 'distribution.pools-divided', run: checkPools },
  { name: 'distribution.suspense-in-ledger', run: checkSuspense },
];

const bad = (detail: string): Finding => ({ ok: false, detail });
const orGood = (found: readonly Finding[], detail: string): Finding[] =>
  found.length > 0 ? found.slice(0, MOST_NAMED) : [{ ok: true, detail }];

/** A frozen row carries the hash it was written with. */
async function checkInputs(k: Kernel): Promise<Finding[]> {
  const lines = await sql<{ run_id: string; no: number; line_id: string }>`
    select run_id, no, line_id from distribution.run_lines_in
    where seal <> sha256(convert_to(distribution.line_text(no, line_id, origin_line_id, split_key, amount_micro,
      base_micro, fee_ppm), 'UTF8')) order by run_id, no limit ${MOST_NAMED}`.execute(k.db);
  const shares = await sql<{ run_id: string; split_key: string; key: string }>`
    select run_id, split_key, key from distribution.run_shares
    where seal <> sha256(convert_to(distribution.share_text(split_key, pos, key, claim_id, party_id, work_id, share_ppm,
      weight, disposition), 'UTF8')) order by run_id, split_key, pos limit ${MOST_NAMED}`.execute(k.db);
  const found = [
    ...lines.rows.map(({ run_id, no, line_id }) =>
      bad(`distribution.run_lines_in: line ${line_id} (run ${run_id}, no ${no}) is not what was frozen`),
    ),
    ...shares.rows.map(({ run_id, split_key, key }) =>
      bad(
        `distribution.run_shares: share ${key} of split ${split_key} (run ${run_id}) is not what was frozen`,
      ),
    ),
  ];
  return orGood(found, 'every frozen line and share carries its hash');
}

async function checkBilling(k: Kernel): Promise<Finding[]> {
  const rows = await sql<{ run_id: string; line_id: string }>`select i.run_id, i.line_id
    from distribution.run_lines_in i left join billing.published_lines b on b.id = i.line_id
    where i.from_billing and b.amount_micro is distinct from i.amount_micro order by 1, 2 limit ${MOST_NAMED}`.execute(
    k.db,
  );
  return orGood(
    rows.rows.map(({ run_id, line_id }) =>
      bad(`distribution.run_lines_in: line ${line_id} (run ${run_id}) is not the amount that was billed`),
    ),
    'every line divided is a line of billing with its amount',
  );
}

/** Divides every run again from what was frozen; names each part that differs. */
async function checkResults(k: Kernel): Promise<Finding[]> {
  const runs = await sql<{
    id: string;
  }>`select id from distribution.runs where state <> 'planned' order by id`.execute(k.db);
  const found: Finding[] = [];
  for (const { id } of runs.rows) {
    const run = await selectRun(k.db, id);
    if (run) found.push(...(await checkRun(k, run)));
    if (found.length >= MOST_NAMED) break;
  }
  return orGood(found, `${runs.rows.length} runs come to the same again`);
}

async function checkRun(k: Kernel, run: Run): Promise<Finding[]> {
  const found: Finding[] = [];
  const again = await recompute(k.db, run, async (chunk, parts) => {
    const stored = await readParts(k, run.id, chunk);
    if (stored === parts) return;
    const due = new Set(parts.split('\n'));
    const there = new Set(stored.split('\n'));
    for (const part of there)
      if (!due.has(part)) found.push(bad(nameOf(run, part, 'is not what it comes to')));
    for (const part of due) if (!there.has(part)) found.push(bad(nameOf(run, part, 'is what it comes to')));
  });
  if (again.inputSha256 !== run.inputSha256)
    found.push(bad(`distribution.runs: the input of run ${run.id} is not the one under its hash`));
  else if (again.root !== run.sqlRoot)
    found.push(bad(`distribution.runs: the root of run ${run.id} is not what it comes to`));
  const credits = await creditsSha256(k, run.id);
  if (credits !== again.creditsSha256)
    found.push(bad(`distribution.run_credits: the accounts of run ${run.id} are not what its lines come to`));
  return found;
}

function nameOf(run: Run, part: string, what: string): string {
  const [no, pos, fee, net] = part.split('|');
  return `distribution.lines: run ${run.id}, line ${no}, part ${pos}: fee ${fee}, net ${net} ${what}`;
}

async function readParts(k: Kernel, runId: string, chunk: number): Promise<string> {
  const found = await sql<{
    text: string | null;
  }>`select string_agg(concat_ws('|', no, pos, fee_micro, net_micro),
      E'\\n' order by no, pos) as text
    from distribution.lines
    where run_id = ${runId} and no > ${chunk * HASH_LINES} and no <= ${(chunk + 1) * HASH_LINES}`.execute(
    k.db,
  );
  return found.rows[0]?.text ?? '';
}

async function creditsSha256(k: Kernel, runId: string): Promise<string> {
  const found = await sql<{
    text: string | null;
  }>`select string_agg(concat_ws('|', account_kind, account_owner,
      amount_micro), E'\\n' order by seq) as text from distribution.run_credits where run_id = ${runId}`.execute(
    k.db,
  );
  return createHash('sha256')
    .update(found.rows[0]?.text ?? '')
    .digest('hex');
}

/** A run gives out what came in, and its pool is at zero when nothing of it is left to divide. */
async function checkPools(k: Kernel): Promise<Finding[]> {
  const unequal = await sql<{ id: string; total: bigint; given: bigint }>`
    select r.id, r.total_micro as total, coalesce(sum(c.amount_micro), 0)::bigint as given
    from distribution.runs r left join distribution.run_credits c on c.run_id = r.id
    where r.state <> 'planned' group by r.id having coalesce(sum(c.amount_micro), 0) <> r.total_micro`.execute(
    k.db,
  );
  const found = unequal.rows.map(({ id, total, given }) =>
    bad(`distribution.run_credits: run ${id} divides ${total} and gives ${given} micro-units`),
  );
  const busy = await sql<{ owner: string }>`select b.invoice_id::text as owner from billing.published_lines b
      where b.kind = 'credit' and not exists (select 1 from distribution.run_lines_in i
        where i.line_id = b.id and i.from_billing)
    union select pool_owner from distribution.runs where state <> 'posted'`.execute(k.db);
  const waiting = new Set(busy.rows.map(({ owner }) => owner));
  const done = await sql<{ pool_owner: string }>`select distinct pool_owner from distribution.runs
    where state = 'posted'`.execute(k.db);
  const finished = new Set(done.rows.map(({ pool_owner }) => pool_owner));
  for (const { owner, currency, balanceMicro } of await balances(k, { kind: 'pool' })) {
    if (finished.has(owner) && !waiting.has(owner) && balanceMicro !== 0n)
      found.push(bad(`account pool of ${owner} (${currency}) is at ${balanceMicro} after its run`));
  }
  return orGood(found, `${finished.size} pools are divided to the last micro-unit`);
}

/** What waits is what the accounts of suspense hold, work by work. */
async function checkSuspense(k: Kernel): Promise<Finding[]> {
  const listed = await sql<{ account: string; amount: bigint }>`
    select account, sum(amount)::bigint as amount from (
      select concat_ws('|', 'suspense-' || s.reason, s.work_id, s.currency) as account, s.amount_micro as amount
      from distribution.suspense s left join distribution.runs r on r.id = s.released_by
      -- Released money leaves its account with the first journal of its run.
      where s.released_by is null or (r.state <> 'posted' and r.credits_posted = 0)
      union all
      -- What a run that is being posted has put there already; it is listed with its last journal.
      select concat_ws('|', c.account_kind, c.account_owner, r.currency), c.amount_micro
      from distribution.runs r join distribution.run_credits c on c.run_id = r.id and c.seq <= r.credits_posted
      where r.state = 'verified' and c.account_kind like 'suspense-%') waiting
    group by account`.execute(k.db);
  const due = new Map(listed.rows.map(({ account, amount }) => [account, amount]));
  const found: Finding[] = [];
  for (const kind of ['suspense-contested', 'suspense-unaccepted', 'suspense-ownerless'] as const) {
    for (const { owner, currency, balanceMicro } of await balances(k, { kind })) {
      const account = `${kind}|${owner}|${currency}`;
      const amount = due.get(account) ?? 0n;
      due.delete(account);
      if (amount !== balanceMicro)
        found.push(
          bad(`distribution.suspense: ${account} lists ${amount}, its account holds ${balanceMicro}`),
        );
    }
  }
  for (const [account, amount] of due)
    if (amount !== 0n)
      found.push(bad(`distribution.suspense: ${account} lists ${amount}, it has no account`));
  return orGood(found, 'what waits is what the accounts of suspense hold');
}
