import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { closeBooks } from '../ledger/index.ts';
import { cutUsage } from '../usage/index.ts';
import { issueInvoices } from './issue-invoices.ts';
import type { Period } from './model.ts';
import { readPeriod } from './open-period.ts';
import { failBilling } from './problems.ts';
import { rateUsage } from './rate-usage.ts';
import { selectInvoices } from './store-invoices.ts';
import { flatToCharge, pinnedWorks } from './store-lines.ts';
import { lockPeriods, markClosed, openBefore } from './store-periods.ts';

export type Closing = {
  readonly period: Period;
  /** Ids of its invoices. */
  readonly invoiceIds: readonly string[];
  /** False when it was closed before, by somebody else or by the same one. */
  readonly closed: boolean;
};

/**
 * Closes a period: cuts usage, charges it at the pinned prices, issues and books the invoices, in one transaction. Two at
 * once are one. What arrives later, for whatever time, falls to the next period.
 * @param input `actor` is a user id
 * @throws `period-unknown`, `period-not-past`, `period-earlier-open`, `instance-not-set-up`
 */
export async function closePeriod(
  k: Kernel,
  { periodId, actor }: { periodId: string; actor: string },
): Promise<Closing> {
  const instance = await requireInstance(k);
  return inTx(k, async (t) => {
    await lockPeriods(t.db);
    const period = await readPeriod(t, periodId);
    if (period.closedAt !== null) {
      const before = await selectInvoices(t.db, { periodId, limit: 1_000_000 });
      return { period, invoiceIds: before.map(({ id }) => id).reverse(), closed: false };
    }
    if (period.to > t.clock.now()) throw failBilling('period-not-past');
    const earlier = await openBefore(t.db, period.from);
    if (earlier) throw failBilling('period-earlier-open', { detail: earlier.from.toISOString() });
    await closeBooks(t, { to: period.to, actor });
    const sums = await cutUsage(t, { cutId: period.id, to: period.to });
    const pinned = await pinnedWorks(t.db, [...new Set(sums.map(({ agreementId }) => agreementId))]);
    const lines = rateUsage(sums, pinned, await flatToCharge(t.db, period.to));
    const invoiceIds = await issueInvoices(t, { period, instance, lines });
    await markClosed(t.db, { id: period.id, by: actor, at: t.clock.now() });
    await recordActivity(t, { actor, action: 'billing.period-closed', subject: `period:${period.id}` });
    await emit(t, 'billing.period-closed', { periodId: period.id });
    return { period: await readPeriod(t, periodId), invoiceIds, closed: true };
  });
}
