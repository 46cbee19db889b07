import type { StatementStep } from '@clearway/protocol';
import type { PartRow } from './store-earnings.ts';

/**
 * How a line went through runs to the part of `runId`: one division, or for money that waited all that led to it. A release
 * divides all that waited of a line, so it takes every part that is not paid since the release before.
 */
export function buildSteps(parts: readonly PartRow[], runId: string): StatementStep[] {
  const runs = [...Map.groupBy(parts, (part) => part.runId).values()];
  const at = runs.findIndex(([part]) => part?.runId === runId);
  const own = runs[at]?.[0];
  if (own === undefined) throw new Error(`run ${runId} has no parts of this line`);
  if (own.runKind !== 'release') return [stepOf(runs[at]!, [])];
  const waiting: StatementStep['takes'][number][] = [];
  return runs.slice(0, at + 1).map((run, step) => {
    const isRelease = run[0]!.runKind === 'release';
    const made = stepOf(run, isRelease ? waiting.splice(0) : []);
    const keys = run
      .filter((part) => part.disposition !== 'paid' && part.netMicro !== 0n)
      .map(({ key }) => key);
    if (keys.length > 0) waiting.push({ step, keys });
    return made;
  });
}

function stepOf(parts: readonly PartRow[], takes: StatementStep['takes']): StatementStep {
  const { runId, lineMicro, baseMicro, feePpm } = parts[0]!;
  return {
    run: runId,
    amountIn: lineMicro.toString(),
    takes,
    base: baseMicro.toString(),
    feePpm,
    fee: parts.reduce((sum, part) => sum + part.feeMicro, 0n).toString(),
    split: parts.map(({ key, weight, sharePpm, claimId }) => ({
      key,
      weight: weight.toString(),
      sharePpm,
      ...(claimId === null ? {} : { claim: claimId }),
    })),
  };
}
