import { sql } from 'kysely';
import { enqueue, type JobHandler, type Payload } from './jobs.ts';
import { inTx, type Kernel } from './kernel.ts';

/** An ordinary use case that runs after something happened elsewhere. `app.ts` lists them all. */
export type Subscriber = {
  /** Stable name; part of the job's kind. */
  readonly name: string;
  /** Event type, e.g. `works.registered`. */
  readonly on: string;
  handle(k: Kernel, payload: Payload): Promise<void>;
};

/** Records that something happened, in the transaction in which it happened. */
export async function emit(t: Kernel, type: string, payload: Payload): Promise<void> {
  await sql`insert into kernel.outbox (id, type, payload, created_at)
    values (${t.ids.id()}, ${type}, ${JSON.stringify(payload)}::jsonb, ${t.clock.now()})`.execute(t.db);
}

const jobKind = (subscriber: Subscriber) => `event:${subscriber.name}`;

/** Turns waiting events into one job per subscriber; answers how many events were taken. */
export async function dispatchOutbox(k: Kernel, subscribers: readonly Subscriber[]): Promise<number> {
  return inTx(k, async (t) => {
    const events = await sql<{ id: string; type: string; payload: Payload }>`
      select id, type, payload from kernel.outbox where dispatched_at is null
      order by seq for update skip locked limit 100`.execute(t.db);
    for (const event of events.rows) {
      for (const subscriber of subscribers) {
        if (subscriber.on !== event.type) continue;
        await enqueue(t, { kind: jobKind(subscriber), payload: event.payload, dedupKey: event.id });
      }
      await sql`update kernel.outbox set dispatched_at = ${t.clock.now()} where id = ${event.id}`.execute(
        t.db,
      );
    }
    return events.rows.length;
  });
}

/** The job handlers that carry events to their subscribers. A handler's effects and its end are one transaction. */
export function subscriberJobs(subscribers: readonly Subscriber[]): JobHandler[] {
  return subscribers.map((subscriber) => ({
    kind: jobKind(subscriber),
    handle: (_k, job) => job.finish((t) => subscriber.handle(t, job.payload)),
  }));
}
