import { sql } from 'kysely';
import { inTx, type Kernel } from './kernel.ts';

/** A job's content: plain JSON. */
export type Payload = { readonly [key: string]: string | number | boolean | null };

/** What a handler gets beside the kernel. */
export type Job = {
  readonly id: string;
  readonly kind: string;
  readonly payload: Payload;
  /** 1 for the first try. */
  readonly attempt: number;
  /**
   * Runs effects and marks the job done in one transaction, guarded by the fencing token: when the lease was
   * lost to another worker everything rolls back with `LeaseLost`. Call it at most once, as the last thing.
   */
  finish(effects: (t: Kernel) => Promise<void>): Promise<void>;
};

/** How one kind of job is done. */
export type JobHandler = {
  readonly kind: string;
  handle(k: Kernel, job: Job): Promise<void>;
  /** Tries before the job is set aside as dead. Default 10. */
  readonly maxAttempts?: number;
  /** Lease in milliseconds; extended while the handler runs. Default 60 000. */
  readonly leaseMs?: number;
  /** When set, one job of this kind is queued per slot of so many milliseconds. */
  readonly everyMs?: number;
};

/** The lease went to another worker; nothing of this attempt is kept. */
export class LeaseLost extends Error {
  readonly code = 'job-lease-lost';
}

type Enqueue = {
  readonly kind: string;
  readonly payload?: Payload;
  /** Of jobs with the same kind and key only the first is kept, for ever. */
  readonly dedupKey?: string;
  readonly runAt?: Date;
  readonly maxAttempts?: number;
};

/** Queues a job in the open transaction: it exists exactly if the transaction commits. */
export async function enqueue(t: Kernel, job: Enqueue): Promise<void> {
  const now = t.clock.now();
  await sql`insert into kernel.jobs (id, kind, payload, dedup_key, run_at, max_attempts, created_at)
    values (${t.ids.id()}, ${job.kind}, ${JSON.stringify(job.payload ?? {})}::jsonb, ${job.dedupKey ?? null},
      ${job.runAt ?? now}, ${job.maxAttempts ?? 10}, ${now})
    on conflict do nothing`.execute(t.db);
}

type Row = {
  id: string;
  kind: string;
  payload: Payload;
  attempts: number;
  max_attempts: number;
  fence: bigint;
};

/** Takes the next due job of the given kinds, or one whose lease ran out. */
export async function takeJob(
  k: Kernel,
  kinds: readonly string[],
  leaseMs: number,
): Promise<Row | undefined> {
  const taken = await sql<Row>`update kernel.jobs set state = 'leased', attempts = attempts + 1,
      lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond', fence = nextval('kernel.fences')
    where id = (select id from kernel.jobs where kind = any(${kinds})
        and ((state = 'ready' and run_at <= ${k.clock.now()}) or (state = 'leased' and lease_until < clock_timestamp()))
      order by run_at, id for update skip locked limit 1)
    returning id, kind, payload, attempts, max_attempts, fence`.execute(k.db);
  return taken.rows[0];
}

/** Runs one taken job to its end: done, tried again later, or dead. */
export async function runJob(
  k: Kernel,
  handler: JobHandler,
  row: Row,
): Promise<'done' | 'retry' | 'dead' | 'lost'> {
  const leaseMs = handler.leaseMs ?? 60_000;
  let finished = false;
  const finish = async (effects: (t: Kernel) => Promise<void>) => {
    await inTx(k, async (t) => {
      const held =
        await sql`update kernel.jobs set state = 'done', finished_at = ${k.clock.now()}, lease_until = null
        where id = ${row.id} and fence = ${row.fence} and state = 'leased'`.execute(t.db);
      if (held.numAffectedRows !== 1n) throw new LeaseLost(`job ${row.id}`);
      await effects(t);
    });
    finished = true;
  };
  const heartbeat = setInterval(() => {
    sql`update kernel.jobs set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      where id = ${row.id} and fence = ${row.fence} and state = 'leased'`
      .execute(k.db)
      .catch((error: unknown) => k.log.warn({ error, job: row.id }, 'lease not extended'));
  }, leaseMs / 3);
  heartbeat.unref();
  try {
    await handler.handle(k, {
      id: row.id,
      kind: row.kind,
      payload: row.payload,
      attempt: row.attempts,
      finish,
    });
    if (!finished) await finish(async () => undefined);
    return 'done';
  } catch (error) {
    if (error instanceof LeaseLost) return 'lost';
    const dead = row.attempts >= row.max_attempts;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    k.log.warn({ error, job: row.id, kind: row.kind, attempt: row.attempts, dead }, 'job failed');
    const delayMs = Math.min(3_600_000, 1_000 * 2 ** Math.min(row.attempts, 12));
    const runAt = new Date(k.clock.now().getTime() + delayMs);
    await sql`update kernel.jobs set state = ${dead ? 'dead' : 'ready'}, last_error = ${text.slice(0, 4000)},
        run_at = ${runAt}, lease_until = null, finished_at = ${dead ? k.clock.now() : null}
      where id = ${row.id} and fence = ${row.fence} and state = 'leased'`.execute(k.db);
    return dead ? 'dead' : 'retry';
  } finally {
    clearInterval(heartbeat);
  }
}

/** How many jobs wait, run and are set aside, by kind; for the operator's queue page. */
export async function jobCounts(k: Kernel): Promise<{ kind: string; state: string; count: number }[]> {
  const rows = await sql<{ kind: string; state: string; count: number }>`
    select kind, state, count(*)::int as count from kernel.jobs group by kind, state order by kind collate "C", state`.execute(
    k.db,
  );
  return rows.rows;
}

/** The latest jobs set aside after their last try, with the reason. */
export async function deadJobs(
  k: Kernel,
): Promise<{ id: string; kind: string; last_error: string; finished_at: Date }[]> {
  const rows = await sql<{ id: string; kind: string; last_error: string; finished_at: Date }>`
    select id, kind, last_error, finished_at from kernel.jobs where state = 'dead' order by finished_at desc limit 50`.execute(
    k.db,
  );
  return rows.rows;
}

/** Puts a dead job back at the head of the queue with its tries counted anew. Answers false if it is not dead. */
export async function retryJob(k: Kernel, id: string): Promise<boolean> {
  const done =
    await sql`update kernel.jobs set state = 'ready', attempts = 0, run_at = ${k.clock.now()}, finished_at = null
    where id = ${id} and state = 'dead'`.execute(k.db);
  k.nudge();
  return done.numAffectedRows === 1n;
}

const KEEP_DONE_DAYS = 14;

/** Forgets finished jobs after two weeks. Event jobs stay: their keys say for ever that an event was carried. */
export const forgetDoneJobs: JobHandler = {
  kind: 'jobs.forget-done',
  everyMs: 86_400_000,
  async handle(k, job) {
    const before = new Date(k.clock.now().getTime() - KEEP_DONE_DAYS * 86_400_000);
    await job.finish(async (t) => {
      await sql`delete from kernel.jobs where state = 'done' and finished_at < ${before}
        and (dedup_key is null or dedup_key like 'slot:%')`.execute(t.db);
    });
  },
};
