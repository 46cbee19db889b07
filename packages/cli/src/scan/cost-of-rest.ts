import type { Entitlement } from './ask-entitlement.ts';

/** What licences for works that are found and can be licensed would cost, by currency and unit. */
export type Cost = {
  readonly currency: string;
  /** What is counted, and how many of it the amount is for. */
  readonly unit: string;
  readonly perUnits: string;
  /** Sum over the works, in millionths. */
  readonly amountMicro: string;
  readonly works: number;
};

/** Sums the prices of works that can be licensed; each work counts once, and prices for different units are not added. */
export function costOfRest(told: ReadonlyMap<string, Entitlement>): Cost[] {
  const sums = new Map<string, Cost>();
  for (const { state, price } of told.values()) {
    if (state !== 'licensable' || !price) continue;
    const { currency, unit, perUnits } = price;
    const key = JSON.stringify([currency, unit, perUnits]);
    const before = sums.get(key) ?? { currency, unit, perUnits, amountMicro: '0', works: 0 };
    const amountMicro = String(BigInt(before.amountMicro) + BigInt(price.amountMicro));
    sums.set(key, { ...before, amountMicro, works: before.works + 1 });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cost]) => cost);
}

/** For people: `EUR 12.50 for each model-version (3 works)`. */
export function costLine({ currency, unit, perUnits, amountMicro, works }: Cost): string {
  const per = perUnits === '1' ? `each ${unit}` : `every ${perUnits} of ${unit}`;
  return `${currency} ${decimal(BigInt(amountMicro))} for ${per} (${works} ${works === 1 ? 'work' : 'works'})`;
}

function decimal(micro: bigint): string {
  const [whole, part] = [micro / 1_000_000n, String(micro % 1_000_000n).padStart(6, '0')];
  return `${whole}.${part.slice(0, 2)}${part.slice(2).replace(/0+$/, '')}`;
}
