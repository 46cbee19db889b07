import { fail } from './problems.ts';

/** A whole right in parts per million. */
export const WHOLE_PPM = 1_000_000;
/** More holders than this in one work are refused; a choir or orchestra registers as one party. */
export const MAX_HOLDERS = 50;

/**
 * Reads a share as people type it: percent with up to four decimals, point or comma, with or without the sign.
 * Answers parts per million; throws `share-invalid`.
 */
export function parseShare(text: string): number {
  const found = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%?$/.exec(text.trim());
  if (!found) throw fail('share-invalid', { detail: shorten(text) });
  const ppm = Number(found[1]) * 10_000 + Number((found[2] ?? '').padEnd(4, '0'));
  if (ppm === 0 || ppm > WHOLE_PPM) throw fail('share-invalid', { detail: shorten(text) });
  return ppm;
}

/** A share in percent, exact, without needless zeros: 333334 → `33.3334`. */
export function formatShare(ppm: number): string {
  const fraction = String(ppm % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return `${Math.floor(ppm / 10_000)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Even shares of `holders` that add up exactly: the first ones carry the remainder. */
export function splitEvenly(holders: number): number[] {
  const base = Math.floor(WHOLE_PPM / holders);
  const extra = WHOLE_PPM - base * holders;
  return Array.from({ length: holders }, (_, i) => base + (i < extra ? 1 : 0));
}

/** Throws `too-many-holders`, `share-invalid` or `shares-not-whole`, which says by how much. */
export function checkShares(shares: readonly number[]): void {
  if (shares.length > MAX_HOLDERS)
    throw fail('too-many-holders', { detail: `${shares.length} > ${MAX_HOLDERS}` });
  const wrong = shares.find((ppm) => !Number.isSafeInteger(ppm) || ppm <= 0 || ppm > WHOLE_PPM);
  if (wrong !== undefined) throw fail('share-invalid', { detail: String(wrong) });
  const total = shares.reduce((sum, ppm) => sum + ppm, 0);
  if (total === WHOLE_PPM) return;
  const gap = Math.abs(WHOLE_PPM - total);
  throw fail('shares-not-whole', {
    detail: `${formatShare(total)} % (${total < WHOLE_PPM ? '−' : '+'}${formatShare(gap)} %)`,
    fields: { totalPpm: total, missingPpm: WHOLE_PPM - total },
  });
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
