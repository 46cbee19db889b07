import type { Child } from 'hono/jsx';
import { type BankEntry, listEntries } from '../../bank/index.ts';
import { formatMoney, type HttpContext, type Locale } from '../../kernel/index.ts';
import { Field, Select } from '../../web/index.ts';
import { payoutsText } from '../messages.ts';
import type { Batch, Item } from '../model.ts';

type Shown = { readonly items: readonly Item[]; readonly names: ReadonlyMap<string, string> };

/** Setting right by hand the payments shown: which bank entry one is, or that the bank did not take it. */
export async function byHand(c: HttpContext, batch: Batch, { items, names }: Shown): Promise<Child> {
  const open = items.filter(({ state }) => state === 'ordered' || state === 'paid');
  if (open.length === 0) return null;
  const locale = c.get('locale');
  const words = payoutsText(locale).batch;
  const here = `/operator/payouts/${batch.id}`;
  const { entries } = await listEntries(c.get('k'), { state: 'open' });
  const fitting = entries.filter((entry) => open.some((item) => fits(entry, item)));
  const ordered = open.filter(({ state }) => state === 'ordered');
  const payments = (list: readonly Item[]) =>
    list.map((item) => ({ value: item.endToEndId, label: paymentName(locale, item, names) }));
  return (
    <details>
      <summary>{words.correct}</summary>
      <p>{words.correctHint}</p>
      {fitting.length === 0 && <p>{words.noEntry}</p>}
      {fitting.length > 0 && (
        <form method="post" action={`${here}/match`}>
          <Select
            name="payment"
            label={words.payment}
            empty={words.choose}
            required
            options={payments(open)}
          />
          <Select
            name="entry"
            label={words.entry}
            empty={words.choose}
            required
            options={fitting.map((entry) => ({ value: entry.id, label: entryName(locale, entry) }))}
          />
          <button type="submit">{words.match}</button>
        </form>
      )}
      {ordered.length > 0 && (
        <form method="post" action={`${here}/rejection`}>
          <Select
            name="payment"
            id="f-rejected"
            label={words.payment}
            empty={words.choose}
            required
            options={payments(ordered)}
          />
          <Field name="reason" label={words.why} maxLength={200} required />
          <button type="submit" class="danger">
            {words.reject}
          </button>
        </form>
      )}
    </details>
  );
}

function fits(entry: BankEntry, item: Item): boolean {
  const size = entry.amountMicro < 0n ? -entry.amountMicro : entry.amountMicro;
  const whole = entry.source === 'statement' && entry.openMicro === entry.amountMicro;
  return whole && size === item.amountMicro && entry.currency === item.currency;
}

function paymentName(locale: Locale, item: Item, names: Shown['names']): string {
  const amount = formatMoney(locale, item.amountMicro, item.currency);
  return [names.get(item.partyId) ?? item.partyId, amount, `… ${item.ibanEnd}`].join(' · ');
}

function entryName(locale: Locale, entry: BankEntry): string {
  const amount = formatMoney(locale, entry.amountMicro, entry.currency);
  return [entry.bookedAt, amount, entry.counterpartyName, entry.reference].filter(Boolean).join(' · ');
}
