/** Amounts are counted in units of 10⁻¹² of the major unit, so that a price for a million fetches still divides. */
const DIGITS = 12;
const SCALE = 10n ** BigInt(DIGITS);

/** An unsigned decimal as a count of 10⁻¹²; digits beyond that are rounded up. Undefined for anything else. */
export function parseAmount(text: string): bigint | undefined {
  const [, whole = '', fraction = ''] = /^([0-9]{0,15})(?:\.([0-9]{0,30}))?$/.exec(text) ?? [];
  if (whole === '' && fraction === '') return undefined;
  const kept = BigInt((whole || '0') + fraction.slice(0, DIGITS).padEnd(DIGITS, '0'));
  return /[1-9]/.test(fraction.slice(DIGITS)) ? kept + 1n : kept;
}

/** As people write it, without zeros at the end. */
export function formatAmount(amount: bigint): string {
  const fraction = (amount % SCALE).toString().padStart(DIGITS, '0').replace(/0+$/, '');
  return `${amount / SCALE}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The price of one when `amount` buys `per`; rounded up, so that a limit is never passed by rounding. */
export function priceOfOne(amount: bigint, per: number): bigint {
  const n = BigInt(per);
  return (amount + n - 1n) / n;
}
