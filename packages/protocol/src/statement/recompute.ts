import { rate } from '../money/rate.ts';
import { splitLine } from '../money/split-line.ts';
import type { Statement, StatementLine } from './statement.ts';
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
  return lines.flatMap((line) =>
    stepsOf(line).flatMap(({ step, fee, ownFee }) => {
      if (fee === undefined || (fee === BigInt(step.fee) && ownFee === BigInt(step.ownFee))) return [];
      return [
        `line ${line.id}: a fee of ${step.feePpm} millionths is ${fee}, ${ownFee} of it on this part; ` +
          `it says ${step.fee} and ${step.ownFee}`,
      ];
    }),
  );
}

/** What falls to the payee by the split is the amount of the step, and the last one is the amount of the line. */
export function splitFaults({ lines }: Statement): Faults {
  return lines.flatMap((line) => {
    const faults: Faults = [];
    for (const { step, amount, problem } of stepsOf(line)) {
      if (problem !== undefined) faults.push(`line ${line.id}: ${problem}`);
      else if (amount !== BigInt(step.amount)) {
        faults.push(`line ${line.id}: by its split it is ${amount}, it says ${step.amount}`);
      }
    }
    const last = line.steps.at(-1)?.amount;
    if (last !== line.amount) faults.push(`line ${line.id}: ${last} was divided, ${line.amount} is added up`);
    return faults;
  });
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

/** Nothing is in it twice, and every movement lies in the period. */
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
    if (at >= period.to || (period.from !== undefined && at < period.from)) {
      faults.push(`movement ${journal} is of another period`);
    }
  }
  if (number === 1 && (opening !== '0' || inPayout.opening !== '0')) {
    faults.push('the first statement does not open at zero');
  }
  return faults;
}

type Computed = {
  readonly step: StatementLine['steps'][number];
  readonly fee?: bigint;
  readonly ownFee?: bigint;
  readonly amount?: bigint;
  readonly problem?: string;
};

/** Each step computed from what the one before says, so that one wrong step is named once. */
function stepsOf(line: StatementLine): Computed[] {
  let amountMicro = BigInt(line.rated);
  return line.steps.map((step) => {
    const computed = computeStep(step, amountMicro);
    amountMicro = BigInt(step.amount);
    return { step, ...computed };
  });
}

function computeStep(step: Computed['step'], amountMicro: bigint): Omit<Computed, 'step'> {
  const positions = step.keys.map((key) => step.split.findIndex((share) => share.key === key));
  if (positions.includes(-1)) return { problem: 'it is paid to a share that its split has not' };
  if (new Set(positions).size < positions.length) return { problem: 'a share is paid twice' };
  if (step.split.reduce((sum, { sharePpm }) => sum + sharePpm, 0) > 1_000_000) {
    return { problem: 'its shares are more than the whole' };
  }
  try {
    const { feeMicro, parts } = splitLine({
      amountMicro,
      baseMicro: BigInt(step.base),
      feePpm: step.feePpm,
      shares: step.split.map(({ key, weight }) => ({ key, weight: BigInt(weight) })),
    });
    return {
      fee: feeMicro,
      ownFee: positions.reduce((sum, at) => sum + parts[at]!.feeMicro, 0n),
      amount: positions.reduce((sum, at) => sum + parts[at]!.netMicro, 0n),
    };
  } catch (error) {
    if (error instanceof RangeError) return { problem: error.message };
    throw error;
  }
}
