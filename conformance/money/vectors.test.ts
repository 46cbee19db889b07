import { readFileSync } from 'node:fs';
import { allocate, rate } from '@clearway/protocol';
import { describe, expect, test } from 'vitest';

type Division = { id: string; total: string; weights: { key: string; weight: string }[] };
type Vectors = {
  allocate: (Division & { parts: string[] })[];
  allocateRefused: Division[];
  rate: { id: string; units: string; amountMicro: string; perUnits: string; rated: string }[];
};

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors;
const divide = ({ total, weights }: Division) =>
  allocate(
    BigInt(total),
    weights.map(({ key, weight }) => ({ key, weight: BigInt(weight) })),
  );

describe('allocate', () => {
  test.each(vectors.allocate)('$id', (vector) => {
    expect(divide(vector).map(String)).toEqual(vector.parts);
  });
  test.each(vectors.allocateRefused)('refuses $id', (vector) => {
    expect(() => divide(vector)).toThrow(RangeError);
  });
});

test.each(vectors.rate)('rate $id', ({ units, amountMicro, perUnits, rated }) => {
  const price = { amountMicro: BigInt(amountMicro), perUnits: BigInt(perUnits) };
  expect(rate(BigInt(units), price).toString()).toBe(rated);
});
