import { rate } from '@clearway/protocol';
import { type CutSum, payableGrades } from '../usage/index.ts';
import type { BillingLine } from './model.ts';
import type { PinnedWork } from './store-lines.ts';

/** A line before it has a place on an invoice. */
export type RatedLine = Omit<
  BillingLine,
  'id' | 'position' | 'periodId' | 'invoiceId' | 'creditNoteId' | 'corrects'
> & { readonly holderIds: readonly string[] };

const keyOf = (agreementId: string, workId: string) => `${agreementId} ${workId}`;

/**
 * Charges a cut: each sum at the price pinned for its work, rounded once, if it is of the unit and of a grade the
 * agreement pays for; each flat agreement once, when it was made. Free uses are lines at 0. Pure.
 * @returns the lines by licensee, currency, agreement, work, use, unit, grade
 */
export function rateUsage(
  sums: readonly CutSum[],
  pinned: readonly PinnedWork[],
  flat: readonly PinnedWork[],
): RatedLine[] {
  const works = new Map(pinned.map((one) => [keyOf(one.agreementId, one.workId), one]));
  const used = sums.flatMap(({ agreementId, workId, use, unit, grade, units, reportId }) => {
    const work = works.get(keyOf(agreementId, workId));
    const paid =
      work?.unit === unit && unit !== 'model-version' && payableGrades(unit).some((one) => one === grade);
    return paid ? [ratedLine(work, { kind: 'usage', use, grade, units, reportId })] : [];
  });
  const agreed = flat.map((work) =>
    ratedLine(work, { kind: 'flat', use: work.use, grade: 'agreed', units: 1n, reportId: null }),
  );
  return [...used, ...agreed].sort(inOrder);
}

type Counted = Pick<RatedLine, 'kind' | 'use' | 'grade' | 'units' | 'reportId'>;

function ratedLine(work: PinnedWork, counted: Counted): RatedLine {
  const price = { amountMicro: work.priceAmountMicro, perUnits: work.pricePerUnits };
  return { ...work, title: work.title || work.workId, ...counted, amountMicro: rate(counted.units, price) };
}

function inOrder(a: RatedLine, b: RatedLine): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  return left < right ? -1 : Number(left > right);
}

function orderOf({
  licenseeId,
  currency,
  agreementId,
  workId,
  use,
  unit,
  grade,
  reportId,
}: RatedLine): string {
  return [licenseeId, currency, agreementId, workId, use, unit, grade, reportId ?? ''].join(' ');
}
