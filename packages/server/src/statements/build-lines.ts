import type { StatementLine, UsageName } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import { buildSteps } from './build-steps.ts';
import { sealedUsageOf } from './read-usage.ts';
import { type EarningRow, selectParts } from './store-earnings.ts';

/** The name of an earning in statements and addresses: run, number of the line, place in its split. */
export function earningId({ runId, no, pos }: Pick<EarningRow, 'runId' | 'no' | 'pos'>): string {
  return `${runId}:${no}:${pos}`;
}

/** Earnings as a statement says them, with everything that leads from uses to the amount. */
export async function buildLines(t: Kernel, earnings: readonly EarningRow[]): Promise<StatementLine[]> {
  const parts = Map.groupBy(
    await selectParts(t.db, [...new Set(earnings.map((earning) => earning.originLineId))]),
    (part) => part.originLineId,
  );
  const licensees = await findParties(t, [...new Set(earnings.map((earning) => earning.licenseeId))]);
  const lines: StatementLine[] = [];
  for (const earning of earnings) {
    const { corrects, claimId, licenseeId } = earning;
    // Several lines of one run may correct the same line; each is its own division.
    const own = (parts.get(earning.originLineId) ?? []).filter(
      (part) => part.runId !== earning.runId || part.no === earning.no,
    );
    lines.push({
      id: earningId(earning),
      invoiceLine: earning.invoiceLineId,
      kind: earning.kind,
      ...(corrects === null ? {} : { corrects }),
      work: { id: earning.workId, title: earning.title },
      ...(claimId === null ? {} : { claim: claimId }),
      agreement: earning.agreementId,
      licensee: { id: licenseeId, name: nameOf(licensees.get(licenseeId)?.name) },
      use: earning.use as UsageName,
      unit: earning.unit as StatementLine['unit'],
      grade: earning.grade,
      units: earning.units.toString(),
      price: {
        amountMicro: earning.priceAmountMicro.toString(),
        perUnits: earning.pricePerUnits.toString(),
      },
      offerSha256: earning.offerSha256,
      usage: await sealedUsageOf(t, earning.invoiceLineId),
      rated: earning.ratedMicro.toString(),
      steps: buildSteps(own, earning.runId),
      key: earning.key,
      fee: earning.feeMicro.toString(),
      amount: earning.netMicro.toString(),
    });
  }
  return lines;
}

/** Who had an account deleted has no name any more. */
export function nameOf(name: string | undefined): string {
  return name === undefined || name.trim() === '' ? '—' : name;
}
