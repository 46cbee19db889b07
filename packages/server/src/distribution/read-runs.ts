import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';
import type { Disposition, Run, RunKind } from './model.ts';
import { failDistribution } from './problems.ts';
import { selectRun, selectRuns } from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a run gave, by where it went: the fee, and the holders’ part by disposition. In micro-units. */
export type RunTotal = {
  readonly to: 'fee' | Disposition;
  readonly accounts: number;
  readonly micro: bigint;
};

/** Runs, newest first, 50 at a time; `before` is the last id of the page before. */
export function listRuns(k: Kernel, { before }: { before?: string | undefined } = {}): Promise<Run[]> {
  return selectRuns(k.db, 50, before !== undefined && UUID.test(before) ? before : undefined);
}

/** A run with its totals, which are empty until it is computed. Throws `run-unknown`. */
export async function readRun(k: Kernel, runId: string): Promise<{ run: Run; totals: RunTotal[] }> {
  const run = UUID.test(runId) ? await selectRun(k.db, runId) : undefined;
  if (!run) throw failDistribution('run-unknown');
  const found = await sql<{ kind: string; accounts: number; micro: bigint }>`
    select account_kind as kind, count(*)::int as accounts, sum(amount_micro)::bigint as micro
    from distribution.run_credits where run_id = ${runId} group by account_kind order by account_kind collate "C"`.execute(
    k.db,
  );
  const totals = found.rows.map(({ kind, accounts, micro }) => ({
    to: (kind === 'payable' ? 'paid' : kind.replace('suspense-', '')) as RunTotal['to'],
    accounts,
    micro,
  }));
  return { run, totals };
}

/** One part of one line. `no` and `pos` order the parts of a run. */
export type RunLine = {
  readonly runId: string;
  readonly runKind: RunKind;
  readonly postedAt: Date | null;
  readonly currency: string;
  readonly no: number;
  readonly pos: number;
  /** The line of billing; of money that waited: the line it came from. */
  readonly lineId: string;
  readonly originLineId: string;
  readonly workId: string;
  readonly claimId: string | null;
  readonly partyId: string | null;
  readonly sharePpm: number;
  readonly weight: bigint;
  readonly disposition: Disposition;
  readonly lineMicro: bigint;
  readonly baseMicro: bigint;
  readonly feePpm: number;
  readonly feeMicro: bigint;
  readonly netMicro: bigint;
};

const LINE =
  sql.raw(`r.id as "runId", r.kind as "runKind", r.posted_at as "postedAt", r.currency, i.no, s.pos,
  i.line_id as "lineId", i.origin_line_id as "originLineId", s.work_id as "workId", s.claim_id as "claimId",
  s.party_id as "partyId", s.share_ppm as "sharePpm", s.weight, s.disposition, i.amount_micro as "lineMicro",
  i.base_micro as "baseMicro", i.fee_ppm as "feePpm", l.fee_micro as "feeMicro", l.net_micro as "netMicro"`);
const JOINED = sql.raw(`join distribution.run_shares s on s.run_id = i.run_id and s.split_key = i.split_key
  join distribution.lines l on l.run_id = i.run_id and l.no = i.no and l.pos = s.pos`);

/** The parts of a run in their order, whatever its state; `after` is the last line number of the page before. */
export async function linesOfRun(
  k: Kernel,
  runId: string,
  { after = 0, limit = 1000 }: { after?: number; limit?: number } = {},
): Promise<RunLine[]> {
  const found = await sql<RunLine>`select ${LINE} from distribution.runs r
    join distribution.run_lines_in i on i.run_id = r.id ${JOINED}
    where r.id = ${runId} and i.no > ${after} and i.no <= ${after + limit} order by i.no, s.pos`.execute(
    k.db,
  );
  return found.rows;
}

/**
 * What posted runs gave a party, in the order in which they were posted: paid parts only. `after` is the last one of the
 * page before.
 */
export async function linesOfParty(
  k: Kernel,
  partyId: string,
  {
    after,
    limit = 1000,
  }: {
    after?: Pick<RunLine, 'postedAt' | 'runId' | 'no' | 'pos'> | undefined;
    limit?: number;
  } = {},
): Promise<RunLine[]> {
  const found = await sql<RunLine>`select ${LINE} from distribution.run_shares mine
    join distribution.runs r on r.id = mine.run_id
    join distribution.run_lines_in i on i.run_id = mine.run_id and i.split_key = mine.split_key ${JOINED}
    where mine.party_id = ${partyId} and mine.disposition = 'paid' and s.pos = mine.pos and r.state = 'posted'
      and (${after === undefined} or (r.posted_at, r.id, i.no, s.pos) >
        (${after?.postedAt ?? null}::timestamptz, ${after?.runId ?? null}::uuid, ${after?.no ?? 0}::int, ${after?.pos ?? 0}::int))
    order by r.posted_at, r.id, i.no, s.pos limit ${limit}`.execute(k.db);
  return found.rows;
}

/** Who takes part in the split of a line, as `protocol.splitLine` takes them. */
export type SplitShare = {
  readonly key: string;
  readonly claimId: string | null;
  readonly partyId: string | null;
  readonly sharePpm: number;
  readonly weight: bigint;
  readonly disposition: Disposition;
};

/** The splits of lines of a run, by line number. */
export async function splitsOf(
  k: Kernel,
  runId: string,
  lineNos: readonly number[],
): Promise<Map<number, SplitShare[]>> {
  const found = await sql<SplitShare & { no: number }>`select i.no, s.key, s.claim_id as "claimId",
      s.party_id as "partyId", s.share_ppm as "sharePpm", s.weight, s.disposition
    from distribution.run_lines_in i
    join distribution.run_shares s on s.run_id = i.run_id and s.split_key = i.split_key
    where i.run_id = ${runId} and i.no = any(${lineNos}::int[]) order by i.no, s.pos`.execute(k.db);
  const splits = new Map<number, SplitShare[]>(lineNos.map((no) => [no, []]));
  for (const { no, ...share } of found.rows) splits.get(no)?.push(share);
  return splits;
}
