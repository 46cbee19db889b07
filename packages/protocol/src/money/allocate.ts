/** One who takes part in a division: `key` decides ties and is unique; `weight` is any integer from 0. */
export type Weight = { readonly key: string; readonly weight: bigint };

/**
 * Divides `total` in proportion to the weights by the largest remainder (Hamilton), in input order. The parts sum to the
 * total exactly, each is less than 1 away from its exact share, and who has no weight gets nothing. What is left after
 * rounding down goes, 1 each, to the largest remainders; equal remainders in the order of their keys (UTF-16 code units),
 * so the result does not depend on the order of the input. A negative total is the mirrored positive one.
 * Units are whatever the total counts: micro-units for money.
 *
 * Throws `RangeError` when a weight is negative, a key is there twice, or nobody can take a total that is not zero.
 *
 * @example
 * allocate(100n, [{ key: 'a', weight: 1n }, { key: 'b', weight: 1n }, { key: 'c', weight: 1n }]) // => [34n, 33n, 33n]
 */
export function allocate(total: bigint, weights: readonly Weight[]): bigint[] {
  let sum = 0n;
  for (const { weight } of weights) {
    if (weight < 0n) throw new RangeError('a weight is zero or more');
    sum += weight;
  }
  if (hasTwice(weights)) throw new RangeError('a key takes part once');
  if (total === 0n) return weights.map(() => 0n);
  if (sum === 0n) throw new RangeError('somebody has a weight above zero');

  const sign = total < 0n ? -1n : 1n;
  const amount = total * sign;
  const parts: bigint[] = [];
  const remainders: bigint[] = [];
  let left = amount;
  for (const { weight } of weights) {
    const product = amount * weight;
    const part = product / sum;
    parts.push(part);
    remainders.push(product - part * sum);
    left -= part;
  }
  const first = (a: number, b: number) => {
    const [ra, rb] = [remainders[a]!, remainders[b]!];
    return ra === rb ? weights[a]!.key < weights[b]!.key : ra > rb;
  };
  // Most lines of money have few who take part; looking is then faster than sorting.
  if (left === 1n) {
    let best = 0;
    for (let index = 1; index < parts.length; index++) if (first(index, best)) best = index;
    parts[best]! += 1n;
  } else if (left > 0n) {
    const order = weights.map((_, index) => index).sort((a, b) => (first(a, b) ? -1 : 1));
    for (const index of order.slice(0, Number(left))) parts[index]! += 1n;
  }
  return sign < 0n ? parts.map((part) => -part) : parts;
}

function hasTwice(weights: readonly Weight[]): boolean {
  if (weights.length > 8) return new Set(weights.map(({ key }) => key)).size !== weights.length;
  for (let i = 1; i < weights.length; i++)
    for (let j = 0; j < i; j++) if (weights[i]!.key === weights[j]!.key) return true;
  return false;
}
