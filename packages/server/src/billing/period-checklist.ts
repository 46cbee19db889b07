import { formatMoney, formatNumber, formatTime, type Kernel, type Locale } from '../kernel/index.ts';
import { mismatchesIn, readinessAt } from '../usage/index.ts';
import { billingText } from './messages.ts';
import type { Invoice, Period } from './model.ts';
import { listInvoices } from './read-invoice.ts';
import { countLines } from './store-lines.ts';

/** `blocked`: cannot be done yet; `needs-you`: somebody should look; `waiting`: others must act. */
export type ItemState = 'done' | 'blocked' | 'needs-you' | 'waiting';

/** One point of the checklist of a period, in words. */
export type ChecklistItem = {
  /** Stable name. */
  readonly key: string;
  readonly state: ItemState;
  readonly title: string;
  readonly detail: string;
  /** Where it can be looked at or done. */
  readonly href?: string;
};

/** What another module adds to the checklist of a period; `app.ts` lists them. */
export type ChecklistPart = (k: Kernel, period: Period, locale: Locale) => Promise<readonly ChecklistItem[]>;

/** How the closing of a period stands, point by point. */
export async function periodChecklist(
  k: Kernel,
  { period, locale, parts = [] }: { period: Period; locale: Locale; parts?: readonly ChecklistPart[] },
): Promise<ChecklistItem[]> {
  const items = [
    past(k, period, locale),
    ...(await usageItems(k, period, locale)),
    ...(await invoiceItems(k, period, locale)),
  ];
  for (const part of parts) items.push(...(await part(k, period, locale)));
  return items;
}

function past(k: Kernel, { to, zone }: Period, locale: Locale): ChecklistItem {
  const text = billingText(locale).period;
  const over = to <= k.clock.now();
  const when = formatTime(locale, to, zone);
  return {
    key: 'past',
    state: over ? 'done' : 'blocked',
    title: text.item.past,
    detail: over ? text.over(when) : text.ends(when),
  };
}

async function usageItems(k: Kernel, period: Period, locale: Locale): Promise<ChecklistItem[]> {
  const text = billingText(locale).period;
  const { gates } = await readinessAt(k, period.to);
  const unheard = gates.filter(({ heard }) => !heard).length;
  const waiting = gates.reduce((sum, gate) => sum + gate.waiting, 0);
  const mismatches = await mismatchesIn(k, period);
  const heard = gates.length === 0 ? text.noGates : text.allHeard(gates.length);
  return [
    {
      key: 'gates',
      state: unheard === 0 ? 'done' : 'needs-you',
      title: text.item.gates,
      detail: unheard === 0 ? heard : text.unheard(unheard, gates.length),
    },
    {
      key: 'waiting',
      state: waiting === 0 ? 'done' : 'needs-you',
      title: text.item.waiting,
      detail: waiting === 0 ? text.noWaiting : text.someWaiting(waiting),
    },
    {
      key: 'mismatches',
      state: mismatches.length === 0 ? 'done' : 'needs-you',
      title: text.item.mismatches,
      detail: mismatches.length === 0 ? text.noMismatch : text.someMismatch(mismatches.length),
      ...(mismatches[0] && { href: `/usage/agreements/${mismatches[0].agreementId}` }),
    },
  ];
}

async function invoiceItems(k: Kernel, period: Period, locale: Locale): Promise<ChecklistItem[]> {
  const text = billingText(locale).period;
  const closed = period.closedAt !== null;
  const open = period.to <= k.clock.now() ? 'needs-you' : 'blocked';
  const { uncut } = await readinessAt(k, period.to);
  const invoices = await listInvoices(k, { periodId: period.id, limit: 100_000 });
  const unpaid = invoices.filter(({ openMicro }) => openMicro > 0n);
  const href = `/operator/invoices?period=${period.id}`;
  const toCharge = text.toCharge(formatNumber(locale, uncut.events), formatNumber(locale, uncut.reports));
  const issued =
    invoices.length === 0
      ? text.noneIssued
      : text.issued(
          invoices.length,
          sums(locale, invoices, ({ totalMicro }) => totalMicro),
        );
  return [
    {
      key: 'charge',
      state: closed ? 'done' : open,
      title: text.item.charge,
      detail: closed ? text.charged(await countLines(k.db, period.id)) : toCharge,
    },
    {
      key: 'invoices',
      state: closed ? 'done' : open,
      title: text.item.invoices,
      detail: closed ? issued : text.notIssued,
      ...(closed && { href }),
    },
    {
      key: 'payments',
      state: !closed ? 'blocked' : unpaid.length === 0 ? 'done' : 'waiting',
      title: text.item.payments,
      detail: !closed
        ? text.notIssued
        : unpaid.length === 0
          ? text.paid
          : text.open(
              unpaid.length,
              sums(locale, unpaid, ({ openMicro }) => openMicro),
            ),
      ...(closed && { href: `${href}&open=yes` }),
    },
  ];
}

function sums(locale: Locale, invoices: readonly Invoice[], of: (invoice: Invoice) => bigint): string {
  const byCurrency = new Map<string, bigint>();
  for (const invoice of invoices)
    byCurrency.set(invoice.currency, (byCurrency.get(invoice.currency) ?? 0n) + of(invoice));
  return [...byCurrency].map(([currency, micro]) => formatMoney(locale, micro, currency)).join(', ');
}
