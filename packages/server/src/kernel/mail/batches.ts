import { sql } from 'kysely';
import type { Kernel } from '../kernel.ts';
import { parseMailAddress } from './address.ts';
import type { MailCategory } from './suppress.ts';

/** How many mails of a batch are where. */
export type BatchCounts = {
  readonly queued: number;
  readonly sent: number;
  readonly suppressed: number;
  readonly bounced: number;
  readonly failed: number;
};

/** Counts the mails of some batches by state, batches without a mail too. */
export async function countBatches(
  k: Kernel,
  batches: readonly string[],
): Promise<ReadonlyMap<string, BatchCounts>> {
  const none: BatchCounts = { queued: 0, sent: 0, suppressed: 0, bounced: 0, failed: 0 };
  const found = await sql<{ batch: string; state: keyof BatchCounts; count: number }>`
    select batch, state, count(*)::int as count from kernel.mails where batch = any(${batches}::text[])
    group by batch, state`.execute(k.db);
  const counts = new Map(batches.map((batch) => [batch, none]));
  for (const { batch, state, count } of found.rows)
    counts.set(batch, { ...counts.get(batch)!, [state]: count });
  return counts;
}

/** Mails of a batch that have not left yet do not leave any more. Answers how many. */
export async function stopBatch(t: Kernel, batch: string): Promise<number> {
  const done = await sql`update kernel.mails set state = 'suppressed', detail = 'stopped', body = null
    where batch = ${batch} and state = 'queued'`.execute(t.db);
  return Number(done.numAffectedRows);
}

/** Mails of a category that wait for an address do not leave any more. */
export async function stopMailsTo(t: Kernel, address: string, category: MailCategory): Promise<void> {
  await sql`update kernel.mails set state = 'suppressed', detail = 'stopped', body = null
    where recipient_key = ${parseMailAddress(address).key} and category = ${category} and state = 'queued'`.execute(
    t.db,
  );
}
