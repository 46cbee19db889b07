/** A price as a ratio: `amountMicro` micro-units of money for every `perUnits` units; any amount of either is exact. */
export type UnitPrice = { readonly amountMicro: bigint; readonly perUnits: bigint };

/**
 * What `units` cost, in micro-units: the exact product, rounded once, half away from zero. Rate the sum of all units of a
 * line, never one by one.
 *
 * Throws `RangeError` when `perUnits` is not above zero.
 *
 * @example
 * rate(1_500n, { amountMicro: 2_500_000n, perUnits: 1_000n }) // => 3750000n
 */
export function rate(units: bigint, price: UnitPrice): bigint {
  if (price.perUnits <= 0n) throw new RangeError('a price is for one unit or more');
  const product = units * price.amountMicro;
  const sign = product < 0n ? -1n : 1n;
  return (sign * (2n * sign * product + price.perUnits)) / (2n * price.perUnits);
}

/**
 * Micro-units as whole minor units (cents) towards zero, and what remains: `micro` = minor units × 10^(6 - exponent) +
 * rest, both with the sign of `micro`. `exponent` is the currency's in ISO 4217: EUR 2, JPY 0, KWD 3.
 *
 * Throws `RangeError` unless the exponent is an integer from 0 to 6.
 *
 * @example
 * toMinorUnits(1_239_999n, 2) // => { minorUnits: 123n, restMicro: 9999n }
 */
export function toMinorUnits(micro: bigint, exponent: number): { minorUnits: bigint; restMicro: bigint } {
  const unit = microPerMinorUnit(exponent);
  return { minorUnits: micro / unit, restMicro: micro % unit };
}

/**
 * How many micro-units a minor unit has: 10^(6 - exponent).
 *
 * Throws `RangeError` unless the exponent is an integer from 0 to 6.
 *
 * @example
 * microPerMinorUnit(2) // => 10000n
 */
export function microPerMinorUnit(exponent: number): bigint {
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > 6)
    throw new RangeError('a currency has from 0 to 6 decimals');
  return 10n ** BigInt(6 - exponent);
}
