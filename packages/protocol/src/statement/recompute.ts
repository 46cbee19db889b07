import { rate } from '../money/rate.ts';
import { splitLine } from '../money/split-line.ts';
import type { Statement, StatementLine, StatementStep } from './statement.ts';
import { type StatementFile, type UsageReference, usageHash } from './statement-file.ts';

/** What does not come out as the statement says; each names its line. */
export type Faults = string[];

/** The references of each line are those under its hash, and their units make the units that are paid. */
export async function usageFaults({ lines }: Statement, usage: StatementFile['usage']): Promise<Faults> {
  const faults: Faults = [];
  const known = new Set<string>();
  for (const line of lines) {
    const { id, kind, units } = line;
    known.add(id);
    const references: readonly UsageReference[] = Object.hasOwn(usage, id) ? usage[id]! : [];
    if (references.length !== line.usage.count) {
      faults.push(`line ${id}: ${line.usage.count} uses are sealed, the file has ${references.length}`);
    } else if ((await usageHash(references)) !== line.usage.sha256) {
      faults.push(`line ${id}: the uses in the file are not those that were sealed`);
    }
    if (new Set(references.map((reference) => reference.id)).size < references.length) {
      faults.push(`line ${id}: a use is counted twice`);
    }
    const sum = references.reduce((all, reference) => all + BigInt(reference.units), 0n);
    const expected = kind === 'credit' ? 0n : BigInt(units);
    if (sum !== expected) faults.push(`line ${id}: its uses make ${sum} units, it pays for ${expected}`);
  }
  for (const id of Object.keys(usage)) {
    if (!known.has(id)) faults.push(`the file has uses of a line ${id} that the statement has not`);
  }
  return faults;
}

/** Units times price is what was rated; a credit of an amount has no units to multiply. */
export function priceFaults({ lines }: Statement): Faults {
  return lines.flatMap(({ id, kind, units, price, rated }) => {
    if (kind === 'credit' && units === '0') return [];
    const { amountMicro, perUnits } = price;
    const due = rate(BigInt(units), { amountMicro: BigInt(amountMicro), perUnits: BigInt(perUnits) });
    if (due === BigInt(rated)) return [];
    return [`line ${id}: ${units} × ${amountMicro} / ${perUnits} is ${due}, it says ${rated}`];
  });
}

/** The operator's fee of each division is its share of what came in. */
export function feeFaults({ lines }: Statement): Faults {
  return lines.flatMap((line) => {
    const steps = stepsOf(line);
    const faults = steps.flatMap(({ step, fee }) =>
      fee === undefined || fee === BigInt(step.fee)
        ? []
        : [`line ${line.id}: a fee of ${step.feePpm} millionths is ${fee}, it says ${step.fee}`],
    );
    const own = steps.at(-1)?.parts?.get(line.key)?.feeMicro;
    if (own !== undefined && own !== BigInt(line.fee)) {
      faults.push(`line ${line.id}: the fee on this share is ${own}, it says ${line.fee}`);
    }
    return faults;
  });
}

/** What comes into each step came out of another, and what falls to the payee's share in the last is the amount. */
export function splitFaults({ lines }: Statement): Faults {
  return lines.flatMap((line) => {
    const steps = stepsOf(line);
    const faults: Faults = [];
    for (const [i, { step, problem }] of steps.entries()) {
      const wrong = problem ?? inputFault(line, steps, i);
      if (wrong !== undefined) faults.push(`line ${line.id}, run ${step.run}: ${wrong}`);
    }
    if (faults.length > 0) return faults;
    const own = steps.at(-1)?.parts?.get(line.key)?.netMicro;
    if (own === undefined) return [`line ${line.id}: it is paid to a share that its split has not`];
    if (own === BigInt(line.amount)) return [];
    return [`line ${line.id}: by its split it is ${own}, it says ${line.amount}`];
  });
}

function inputFault(line: StatementLine, steps: readonly Computed[], i: number): string | undefined {
  const { amountIn, takes } = steps[i]!.step;
  if (takes.length === 0) {
    if (i === 0) return amountIn === line.rated ? undefined : `it divides ${amountIn}, not ${line.rated}`;
    return BigInt(amountIn) < 0n ? undefined : 'it divides money that came from nowhere';
  }
  let sum = 0n;
  const taken = new Set<string>();
  for (const { step, keys } of takes) {
    for (const key of keys) {
      const part = step < i ? steps[step]?.parts?.get(key)?.netMicro : undefined;
      if (part === undefined || taken.has(`${step} ${key}`)) return `it takes ${key} of step ${step} in vain`;
      taken.add(`${step} ${key}`);
      sum += part;
    }
  }
  return sum === BigInt(amountIn) ? undefined : `${sum} waited, it divides ${amountIn}`;
}

/** Opening, lines and movements make the closing; the same for what is on its way through the bank. */
export function sumFaults(statement: Statement): Faults {
  const { opening, closing, lines, movements, inPayout } = statement;
  const faults: Faults = [];
  const sum = (amounts: readonly string[]) => amounts.reduce((all, amount) => all + BigInt(amount), 0n);
  const owed = sum([opening, ...lines.map((line) => line.amount), ...movements.map((one) => one.payable)]);
  if (owed !== BigInt(closing)) faults.push(`opening, lines and movements make ${owed}, it says ${closing}`);
  const way = sum([inPayout.opening, ...movements.map((one) => one.inPayout)]);
  if (way !== BigInt(inPayout.closing)) {
    faults.push(`payouts on their way make ${way}, it says ${inPayout.closing}`);
  }
  return faults;
}

/** Nothing is in it twice, and no movement lies after the period. */
export function orderFaults({ lines, movements, period, number, opening, inPayout }: Statement): Faults {
  const faults: Faults = [];
  const twice = (what: string, ids: readonly string[]) => {
    if (new Set(ids).size < ids.length) faults.push(`a ${what} is there twice`);
  };
  twice(
    'line',
    lines.map(({ id }) => id),
  );
  twice(
    'movement',
    movements.map(({ journal }) => journal),
  );
  for (const { journal, at } of movements) {
    // Something of before may be booked late; then it is here.
    if (at >= period.to) {
      faults.push(`movement ${journal} is of a later period`);
    }
  }
  if (number === 1 && (opening !== '0' || inPayout.opening !== '0')) {
    faults.push('the first statement does not open at zero');
  }
  return faults;
}

/**
 * What does not come out in a statement, computed again without the uses behind it: prices, fees, splits, sums, order. Each
 * sentence names its line. Whoever issues one asks this before signing.
 *
 * @example
 * const at = '2026-01-31T12:00:00.000Z'
 * const statement = { format: 'clearway-statement-1', issuer: 'https://rights.example', number: 1,
 *   payee: { id: 'p-1', name: 'Mara Holt' }, currency: 'EUR', period: { to: at }, opening: '0', lines: [],
 *   movements: [], closing: '7', inPayout: { opening: '0', closing: '0' }, issuedAt: at, objectionUntil: at }
 * statementFaults(statement) // => ['opening, lines and movements make 0, it says 7']
 */
export function statementFaults(statement: Statement): string[] {
  return [priceFaults, feeFaults, splitFaults, sumFaults, orderFaults].flatMap((look) => look(statement));
}

type Computed = {
  readonly step: StatementStep;
  readonly fee?: bigint;
  readonly parts?: ReadonlyMap<string, { readonly feeMicro: bigint; readonly netMicro: bigint }>;
  readonly problem?: string;
};

/** Each step computed from what it says came in, so that one wrong step is named once. */
function stepsOf(line: StatementLine): Computed[] {
  return line.steps.map((step) => {
    if (step.split.reduce((sum, { sharePpm }) => sum + sharePpm, 0) > 1_000_000) {
      return { step, problem: 'its shares are more than the whole' };
    }
    try {
      const { feeMicro, parts } = splitLine({
        amountMicro: BigInt(step.amountIn),
        baseMicro: BigInt(step.base),
        feePpm: step.feePpm,
        shares: step.split.map(({ key, weight }) => ({ key, weight: BigInt(weight) })),
      });
      return { step, fee: feeMicro, parts: new Map(step.split.map(({ key }, at) => [key, parts[at]!])) };
    } catch (error) {
      if (error instanceof RangeError) return { step, problem: error.message };
      throw error;
    }
  });
}
