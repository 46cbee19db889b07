import { sql } from 'kysely';
import { balances } from '../../ledger/index.ts';
import { acceptSegment } from '../../usage/index.ts';
import type { TestGate, UsageWorld } from '../../usage/testing/usage-world.ts';
import { chainOf, openUsageWorld } from '../../usage/testing/usage-world.ts';
import { type Closing, closePeriod } from '../close-period.ts';
import type { Invoice } from '../model.ts';
import { listPeriods, openPeriod } from '../open-period.ts';
import { readInvoice } from '../read-invoice.ts';

/** A world in which usage is counted, periods follow each other and the books are looked at. */
export type BillingWorld = UsageWorld & {
  /** A user of the operator. */
  readonly actor: string;
  /** Counts so many fetches now, or at a time. */
  fetches(count: number, at?: Date): Promise<void>;
  /** Opens a period from the end of the last one up to now and closes it, a second later. */
  close(): Promise<Closing & { readonly invoices: readonly Invoice[] }>;
  balance(kind: string, owner?: string): Promise<bigint>;
};

export async function openBillingWorld(): Promise<BillingWorld> {
  const w = await openUsageWorld();
  const { k } = w;
  const actor = k.ids.id();
  const first = new Date(k.clock.now().getTime() - 86_400_000);
  return {
    ...w,
    actor,
    async fetches(count, at = k.clock.now()) {
      const gate: TestGate = await w.gate();
      const token = await w.token();
      const records = Array.from({ length: count }, (_, i) => w.record(i + 1, token, { at: at.getTime() }));
      for (const { sealed } of await chainOf(gate, [records])) await acceptSegment(k, sealed);
    },
    async close() {
      k.clock.advance(1_000);
      const to = k.clock.now();
      const [last] = await listPeriods(k);
      const from = last && last.to > first ? last.to : first;
      const period = await openPeriod(k, { from: from.toISOString(), to: to.toISOString(), actor });
      const closing = await closePeriod(k, { periodId: period.id, actor });
      const invoices: Invoice[] = [];
      for (const invoiceId of closing.invoiceIds) invoices.push(await readInvoice(k, { invoiceId }));
      return { ...closing, invoices };
    },
    async balance(kind, owner) {
      const found = await balances(k, owner === undefined ? {} : { owner });
      return found
        .filter((one) => one.kind === kind)
        .reduce((sum, { balanceMicro }) => sum + balanceMicro, 0n);
    },
  };
}

/** What was told to other modules, oldest first: `type id`. */
export async function told(w: UsageWorld, prefix = 'billing.'): Promise<string[]> {
  const found = await sql<{ type: string; payload: { [name: string]: string } }>`select type, payload
    from kernel.outbox where type like ${`${prefix}%`} order by seq`.execute(w.k.db);
  return found.rows.map(({ type, payload }) => `${type} ${Object.values(payload).join(' ')}`);
}

/** Another price for the one work of the world's agreement, as if it had been pinned. */
export async function reprice(w: UsageWorld, amountMicro: bigint, perUnits: bigint): Promise<void> {
  await w.k.db.transaction().execute(async (db) => {
    await sql`set local session_replication_role = replica`.execute(db);
    await sql`update licensing.agreement_works set amount_micro = ${amountMicro}, per_units = ${perUnits},
      free = ${amountMicro === 0n} where agreement_id = ${w.agreementId}`.execute(db);
  });
}
