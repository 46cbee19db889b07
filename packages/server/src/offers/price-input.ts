import type { Locale } from '../kernel/index.ts';
import { MAX_AMOUNT_MICRO } from './terms.ts';

export type PriceFault =
  | 'price-missing'
  | 'price-unreadable'
  | 'price-unclear'
  | 'price-too-fine'
  | 'price-too-high';

const SEPARATORS = { en: { group: ',', decimal: '.' }, de: { group: '.', decimal: ',' } } as const;

/**
 * Reads an amount of money as people type it and answers micro-units, exactly. Either separator may mark the
 * decimals as long as only one reading is possible: `1,500` on an English page may be 1500 or 1.5, so it is refused
 * as `price-unclear`. No sign, exponent, currency or blank; at most six decimals.
 */
export function parsePrice(locale: Locale, typed: string): { micro: bigint } | { fault: PriceFault } {
  const text = typed.trim();
  if (text === '' || /^-\s*[0-9.,]+$/.test(text)) return { fault: 'price-missing' };
  if (text.length > 40 || !/^[0-9]+([.,][0-9]+)*$/.test(text)) return { fault: 'price-unreadable' };
  const { group } = SEPARATORS[locale];
  const marks = [...text].filter((char) => char === '.' || char === ',');
  const last = marks.at(-1);
  let whole = text;
  let fraction = '';
  if (last !== undefined && marks.every((mark) => mark === last) && marks.length > 1) {
    // One kind of mark, several times: they can only be groups.
    if (!isGrouped(text, last)) return { fault: 'price-unreadable' };
  } else if (last !== undefined) {
    const at = text.lastIndexOf(last);
    whole = text.slice(0, at);
    fraction = text.slice(at + 1);
    if (marks.length > 1 && !isGrouped(whole, last === '.' ? ',' : '.')) return { fault: 'price-unreadable' };
    if (marks.length === 1 && last === group && fraction.length === 3 && /^[1-9][0-9]{0,2}$/.test(whole)) {
      return { fault: 'price-unclear' };
    }
  }
  if (fraction.length > 6 && /[1-9]/.test(fraction.slice(6))) return { fault: 'price-too-fine' };
  const micro = BigInt(whole.replace(/[.,]/g, '')) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  if (micro === 0n) return { fault: 'price-missing' };
  return micro > MAX_AMOUNT_MICRO ? { fault: 'price-too-high' } : { micro };
}

function isGrouped(text: string, mark: string): boolean {
  const [first = '', ...rest] = text.split(mark);
  return /^[1-9][0-9]{0,2}$/.test(first) && rest.every((part) => /^[0-9]{3}$/.test(part));
}

/** Micro-units as a decimal number with a point, at least `places` decimals: `20000` is `0.02`. */
export function decimalOf(micro: bigint, places = 0): string {
  const fraction = (micro % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '').padEnd(places, '0');
  return `${micro / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}

/** What stands in the input again: the amount as the language writes it, without groups. */
export function priceToType(locale: Locale, amountMicro: string): string {
  if (!/^[0-9]{1,40}$/.test(amountMicro)) return '';
  return decimalOf(BigInt(amountMicro), 2).replace('.', SEPARATORS[locale].decimal);
}

/** An amount for the terms text. Written here and not by the runtime, whose tables change: the text is hashed. */
export function amountInWords(locale: Locale, amountMicro: string, currency: string): string {
  const { group, decimal } = SEPARATORS[locale];
  const [whole = '', fraction = ''] = decimalOf(BigInt(amountMicro), 2).split('.');
  const number = `${grouped(whole, group)}${decimal}${fraction}`;
  return locale === 'de' ? `${number} ${currency}` : `${currency} ${number}`;
}

/** A count for the terms text. */
export function countInWords(locale: Locale, count: string): string {
  return grouped(count, SEPARATORS[locale].group);
}

function grouped(digits: string, mark: string): string {
  return digits.replace(/\B(?=([0-9]{3})+$)/g, mark);
}
