import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Run, RunKind, RunState } from './model.ts';

type RunRow = {
  id: string;
  kind: RunKind;
  subject: string;
  pool_owner: string;
  currency: string;
  state: RunState;
  lines: number;
  total_micro: bigint;
  input_sha256: string | null;
  sql_root: string | null;
  ts_root: string | null;
  credits_posted: number;
  fault: string | null;
  planned_at: Date;
  computed_at: Date | null;
  verified_at: Date | null;
  posted_at: Date | null;
};

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    poolOwner: row.pool_owner,
    currency: row.currency,
    state: row.state,
    lines: row.lines,
    totalMicro: row.total_micro,
    inputSha256: row.input_sha256 ?? '',
    sqlRoot: row.sql_root,
    tsRoot: row.ts_root,
    creditsPosted: row.credits_posted,
    fault: row.fault,
    plannedAt: row.planned_at,
    computedAt: row.computed_at,
    verifiedAt: row.verified_at,
    postedAt: row.posted_at,
  };
}

const RUN =
  sql.raw(`id, kind, subject, pool_owner, currency, state, lines, total_micro, input_sha256, sql_root, ts_root,
  credits_posted, fault, planned_at, computed_at, verified_at, posted_at`);

export async function selectRun(db: Db, id: string): Promise<Run | undefined> {
  const found = await sql<RunRow>`select ${RUN} from distribution.runs where id = ${id}`.execute(db);
  return found.rows[0] && toRun(found.rows[0]);
}

/** The run, held until the transaction ends; waits for another worker that holds it, and sees what that one did. */
export async function lockRun(db: Db, id: string): Promise<Run | undefined> {
  const found = await sql<RunRow>`select ${RUN} from distribution.runs where id = ${id} for update`.execute(
    db,
  );
  return found.rows[0] && toRun(found.rows[0]);
}

/** Runs, newest first. */
export async function selectRuns(db: Db, limit: number, before: string | undefined): Promise<Run[]> {
  const found = await sql<RunRow>`select ${RUN} from distribution.runs
    where ${before ?? null}::uuid is null or id < ${before ?? null}::uuid order by id desc limit ${limit}`.execute(
    db,
  );
  return found.rows.map(toRun);
}

/** Runs that are not posted and stand for no fault, oldest first. */
export async function selectRunsToDo(db: Db): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from distribution.runs
    where state <> 'posted' and fault is null order by planned_at, id limit 100`.execute(db);
  return found.rows.map(({ id }) => id);
}

export async function markFault(db: Db, id: string, fault: string): Promise<void> {
  await sql`update distribution.runs set fault = ${fault} where id = ${id} and state <> 'posted'`.execute(db);
}

/** Plans follow each other: what one freezes the next must see. Held until the transaction ends. */
export async function lockPlanning(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('distribution.plan', 0))`.execute(db);
}

/** Works of a run of which money waits, from whatever run. */
export async function selectWorksWaiting(db: Db, runId: string): Promise<string[]> {
  const found = await sql<{ work_id: string }>`select distinct work_id from distribution.suspense
    where released_by is null
      and work_id in (select work_id from distribution.run_shares where run_id = ${runId}) order by work_id`.execute(
    db,
  );
  return found.rows.map(({ work_id }) => work_id);
}
