import { type Kernel, type Locale, readInstance } from '../kernel/index.ts';
import { type AccountKind, balances, turnover } from '../ledger/index.ts';
import { countOpenObjections } from '../statements/index.ts';
import { countRefusals } from '../usage/index.ts';
import type { Figure } from './numbers.ts';

type Words = { readonly [L in Locale]: readonly [label: string, definition: string] };

/** What each number of money means. */
const WORDS = {
  'money.paid-in': {
    en: [
      'Paid in by licensees',
      'What records of the bank show as coming from licensees, for invoices and in advance. Money that only people of the operator say has come is not in it.',
    ],
    de: [
      'Von Lizenznehmern eingezahlt',
      'Was Belege der Bank als Eingang von Lizenznehmern zeigen, für Rechnungen und im Voraus. Geld, von dem nur Leute des Betreibers sagen, dass es kam, ist nicht dabei.',
    ],
  },
  'money.paid-out': {
    en: [
      'Paid out to holders',
      'What records of the bank show as gone out to holders, less what came back. What was only ordered is not in it.',
    ],
    de: [
      'An Berechtigte ausgezahlt',
      'Was Belege der Bank als Ausgang an Berechtigte zeigen, abzüglich dessen, was zurückkam. Nur Angewiesenes ist nicht dabei.',
    ],
  },
  'money.people-paid': {
    en: ['Holders paid', 'Holders to whom records of the bank show a payout that did not come back.'],
    de: [
      'Bezahlte Berechtigte',
      'Berechtigte, an die Belege der Bank eine Auszahlung zeigen, die nicht zurückkam.',
    ],
  },
  'money.median-paid': {
    en: [
      'Median paid to a holder',
      'Of all that each paid holder has got so far: half of them got this or more, half this or less.',
    ],
    de: [
      'Median je bezahltem Berechtigten',
      'Von allem, was jeder bezahlte Berechtigte bisher bekam: Die Hälfte bekam so viel oder mehr, die Hälfte so viel oder weniger.',
    ],
  },
  'money.owed': {
    en: [
      'Owed to holders',
      'Divided and not yet ordered from the bank, or ordered and not yet confirmed by it.',
    ],
    de: [
      'Für Berechtigte offen',
      'Aufgeteilt und noch nicht angewiesen, oder angewiesen und von der Bank noch nicht bestätigt.',
    ],
  },
  'money.held': {
    en: [
      'Held',
      'Parts of paid licences whose share is contested, or whose holder has not said yet that the share is right.',
    ],
    de: [
      'Zurückgehalten',
      'Teile bezahlter Lizenzen, deren Anteil bestritten ist oder deren Berechtigte noch nicht gesagt haben, dass er stimmt.',
    ],
  },
  'money.unclaimed': {
    en: ['Unclaimed', 'Parts of paid licences that belong to shares nobody has claimed.'],
    de: ['Nicht beansprucht', 'Teile bezahlter Lizenzen, die zu Anteilen gehören, die niemand beansprucht.'],
  },
  'money.fee': {
    en: [
      'Fee of the operator',
      'All that the operator kept of what was divided. It is on every line of every statement.',
    ],
    de: [
      'Entgelt des Betreibers',
      'Alles, was der Betreiber von dem Aufgeteilten behielt. Es steht auf jeder Zeile jeder Abrechnung.',
    ],
  },
  'money.disputes': {
    en: ['Open objections', 'Objections of holders to statements that are not answered yet.'],
    de: ['Offene Einwände', 'Einwände von Berechtigten gegen Abrechnungen, die noch nicht beantwortet sind.'],
  },
  'money.refusals': {
    en: [
      'Refusals served',
      'Requests of AI agents without a licence that gates refused, as the gates counted them.',
    ],
    de: [
      'Abgewiesene Zugriffe',
      'Anfragen von KI-Agenten ohne Lizenz, die Tore abwiesen, wie die Tore sie zählten.',
    ],
  },
} as const satisfies { readonly [key: string]: Words };

/** The public numbers of money, from the ledger, in the currency of the instance; none before it is set up. */
export async function moneyFigures(k: Kernel): Promise<readonly Figure[]> {
  const currency = (await readInstance(k))?.instance.currency;
  if (currency === undefined) return [];
  const standing = await balances(k, { currency });
  const sum = (...kinds: readonly AccountKind[]) =>
    standing.reduce((all, one) => (kinds.includes(one.kind) ? all + one.balanceMicro : all), 0n);
  const payments = await turnover(k, {
    accounts: ['receivable', 'prepaid'],
    journals: ['invoice-payment', 'bank-entry-assigned'],
  });
  const payouts = await turnover(k, {
    accounts: ['payable', 'in-payout'],
    journals: ['payout-paid', 'payout-returned'],
  });
  const of = (rows: typeof payments) => rows.filter((row) => row.currency === currency);
  // What rests on a word stands below zero until a bank record shows it.
  const paidIn = of(payments).reduce((all, { amountMicro }) => all + amountMicro, 0n) + sum('word');
  const paid = of(payouts)
    .map(({ amountMicro }) => -amountMicro)
    .filter((amount) => amount > 0n);
  const money = (key: keyof typeof WORDS, value: bigint): Figure => ({ ...figure(key), value, currency });
  const count = (key: keyof typeof WORDS, value: number): Figure => ({ ...figure(key), value });
  return [
    money('money.paid-in', paidIn),
    money(
      'money.paid-out',
      paid.reduce((all, amount) => all + amount, 0n),
    ),
    count('money.people-paid', paid.length),
    money('money.median-paid', median(paid)),
    money('money.owed', sum('payable', 'in-payout')),
    money('money.held', sum('suspense-contested', 'suspense-unaccepted')),
    money('money.unclaimed', sum('suspense-ownerless')),
    money('money.fee', sum('fee')),
    count('money.disputes', await countOpenObjections(k)),
    count('money.refusals', await countRefusals(k)),
  ];
}

function figure(key: keyof typeof WORDS): Pick<Figure, 'key' | 'label' | 'definition'> {
  const { en, de } = WORDS[key];
  return { key, label: { en: en[0], de: de[0] }, definition: { en: en[1], de: de[1] } };
}

/** The middle one; of two in the middle what lies between them, rounded down to a micro-unit. */
export function median(amounts: readonly bigint[]): bigint {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0n;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2n;
}
