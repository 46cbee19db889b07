import { allocate, type Weight } from './allocate.ts';
import { rate } from './rate.ts';

/** A line of money with all who take part in it, in any order. */
export type LineToSplit = {
  readonly amountMicro: bigint;
  /** What was distributed of the same line before: above zero only where a correction follows. Default 0. */
  readonly baseMicro?: bigint;
  /** The fee in parts per million of the line. */
  readonly feePpm: number;
  readonly shares: readonly Weight[];
};

/** What a line comes to: all amounts in micro-units. `parts` are in the order of the shares. */
export type SplitLine = {
  readonly feeMicro: bigint;
  readonly netMicro: bigint;
  readonly parts: readonly { readonly feeMicro: bigint; readonly netMicro: bigint }[];
};

/**
 * Splits a line: first the fee, rounded once (half away from zero) on all that was ever distributed of the line, so that
 * corrections in any number of steps come to the same fee; then the rest over the shares by `allocate`, and the fee
 * likewise, so that everybody sees the fee on the own part.
 *
 * Throws `RangeError` when the fee is not from 0 to 1,000,000, and as `allocate`.
 *
 * @example
 * const shares = [{ key: 'a', weight: 6n }, { key: 'b', weight: 4n }]
 * const { feeMicro, parts } = splitLine({ amountMicro: 1_000n, feePpm: 100_000, shares })
 * feeMicro // => 100n
 * parts[0] // => { feeMicro: 60n, netMicro: 540n }
 */
export function splitLine({ amountMicro, baseMicro = 0n, feePpm, shares }: LineToSplit): SplitLine {
  if (!Number.isInteger(feePpm) || feePpm < 0 || feePpm > 1_000_000)
    throw new RangeError('a fee is from 0 to 1,000,000 parts per million');
  const feeMicro = feeOf(baseMicro + amountMicro, feePpm) - feeOf(baseMicro, feePpm);
  const netMicro = amountMicro - feeMicro;
  const fees = allocate(feeMicro, shares);
  const parts = allocate(netMicro, shares).map((net, i) => ({ feeMicro: fees[i]!, netMicro: net }));
  return { feeMicro, netMicro, parts };
}

function feeOf(micro: bigint, ppm: number): bigint {
  return rate(micro, { amountMicro: BigInt(ppm), perUnits: 1_000_000n });
}
