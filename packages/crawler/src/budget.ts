import { formatAmount, parseAmount } from './money.ts';

/** What the crawler may agree to without asking anybody. Amounts are decimals such as `'0.002'`. */
export type Budget = {
  /** ISO 4217. A price in another currency needs somebody's yes. */
  readonly currency: string;
  /** The most that all fetches together may cost. */
  readonly total: string;
  /** What was spent before this crawler started; see `sumCharged`. */
  readonly spent?: string;
  /**
   * The highest price for one, by payment type of RSL: `{ crawl: '0.002', use: '0.01' }`. A type that is not there is
   * never agreed to; of several that terms offer, the one that stands first here is taken.
   */
  readonly ceilings: Readonly<Record<string, string>>;
};

/** A budget that is being spent. */
export type Purse = {
  readonly currency: string;
  ceilingFor(type: string): bigint | undefined;
  /** The place of a type among the ceilings; smaller is liked better. */
  rankOf(type: string): number;
  /** Takes the cost out before it arises; false when it is not there any more. */
  reserve(cost: bigint): boolean;
  giveBack(cost: bigint): void;
  spent(): bigint;
};

/** Throws TypeError for a currency or an amount that is none. */
export function openBudget(budget: Budget): Purse {
  if (!/^[A-Z]{3}$/.test(budget.currency)) throw new TypeError(`budget.currency: ${budget.currency}`);
  const total = amount('total', budget.total);
  let spent = amount('spent', budget.spent ?? '0');
  const ceilings = new Map(
    Object.entries(budget.ceilings).map(([type, text]) => [type, amount(`ceilings.${type}`, text)]),
  );
  return {
    currency: budget.currency,
    ceilingFor: (type) => ceilings.get(type),
    rankOf: (type) => [...ceilings.keys()].indexOf(type),
    reserve(cost) {
      if (spent + cost > total) return false;
      spent += cost;
      return true;
    },
    giveBack(cost) {
      spent -= cost;
    },
    spent: () => spent,
  };
}

function amount(name: string, text: string): bigint {
  const value = parseAmount(text);
  // What does not come back as it was said was cut off.
  if (value === undefined || parseAmount(formatAmount(value)) !== value)
    throw new TypeError(`budget.${name}: ${text}`);
  return value;
}
