import type { Finding, IntegrityCheck, Kernel } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { payableGrades, readCut } from '../usage/index.ts';
import { checkDocuments } from './check-documents.ts';
import { creditNumber, invoiceNumber, minorUnit } from './model.ts';
import {
  closedPeriods,
  missingNumbers,
  owedByLicensee,
  seriesCounts,
  strayLines,
  usageLines,
  wrongSettlements,
} from './store-checks.ts';
import { pinnedWorks } from './store-lines.ts';

/** Whether invoices still say what was counted, signed and booked. */
export const billingChecks: readonly IntegrityCheck[] = [
  { name: 'billing.numbers-without-gaps', run: checkNumbers },
  { name: 'billing.documents-are-lines', run: checkDocuments },
  { name: 'billing.lines-are-usage', run: checkUsage },
  { name: 'billing.receivable-is-open', run: checkReceivables },
  { name: 'billing.settled-is-paid', run: checkSettlements },
];

const answer = (wrong: readonly string[], right: string): Finding[] =>
  wrong.length === 0 ? [{ ok: true, detail: right }] : wrong.map((detail) => ({ ok: false, detail }));

async function checkNumbers(k: Kernel): Promise<Finding[]> {
  const wrong: string[] = [];
  for (const { name, last, documents, highest } of await seriesCounts(k.db)) {
    const spell = name === 'invoice' ? invoiceNumber : creditNumber;
    if (highest > last)
      wrong.push(`billing.series name ${name}: last is ${last}, ${spell(highest)} is there`);
    if (documents !== last)
      for (const number of await missingNumbers(k.db, name)) wrong.push(`${spell(number)} is missing`);
  }
  return answer(wrong, 'numbers of invoices and credit notes have no gap');
}

/** Each sum of a cut that is paid for is one line with its units, and no line charges for anything else. */
async function checkUsage(k: Kernel): Promise<Finding[]> {
  const wrong = (await strayLines(k.db)).map(({ id, why }) => `billing.lines id ${id}: ${why}`);
  let lines = 0;
  for (const periodId of await closedPeriods(k.db)) {
    const sums = await readCut(k, periodId);
    const pinned = await pinnedWorks(k.db, [...new Set(sums.map(({ agreementId }) => agreementId))]);
    const units = new Map(pinned.map((work) => [`${work.agreementId} ${work.workId}`, work.unit]));
    const counted = new Map(
      sums
        .filter(({ agreementId, workId, unit, grade }) => {
          const paid = units.get(`${agreementId} ${workId}`) === unit && unit !== 'model-version';
          return paid && payableGrades(unit).some((one) => one === grade);
        })
        .map(({ agreementId, workId, use, unit, grade, reportId, units: n }) => [
          [agreementId, workId, use, unit, grade, ...(reportId === null ? [] : [reportId])].join(' '),
          n,
        ]),
    );
    for (const { id, key, units: charged } of await usageLines(k.db, periodId)) {
      lines += 1;
      const said = counted.get(key);
      counted.delete(key);
      if (said !== charged)
        wrong.push(
          `billing.lines id ${id}: units is ${charged}, events and reports say ${said ?? 'nothing'}`,
        );
    }
    for (const [key, n] of counted)
      wrong.push(`billing.periods id ${periodId}: ${n} units of ${key} are counted and on no line`);
  }
  return answer(wrong, `${lines} lines charge what was counted`);
}

async function checkReceivables(k: Kernel): Promise<Finding[]> {
  const key = (owner: string, currency: string) => `${owner} ${currency}`;
  const read = async (kind: 'receivable' | 'rounding') =>
    new Map(
      (await balances(k, { kind })).map((one) => [key(one.owner, one.currency), -one.balanceMicro] as const),
    );
  const [receivable, rounding] = [await read('receivable'), await read('rounding')];
  const wrong: string[] = [];
  for (const { licenseeId, currency, openMicro, carryMicro } of await owedByLicensee(k.db)) {
    const at = key(licenseeId, currency);
    const [booked, fraction] = [receivable.get(at) ?? 0n, rounding.get(at) ?? 0n];
    receivable.delete(at);
    rounding.delete(at);
    const account = `owner ${licenseeId}, currency ${currency}`;
    if (booked !== openMicro)
      wrong.push(`account receivable, ${account}: ${booked} is booked, ${openMicro} is open on invoices`);
    if (fraction !== carryMicro || fraction < 0n || fraction >= minorUnit(currency))
      wrong.push(`account rounding, ${account}: ${fraction} is booked, ${carryMicro} is carried`);
  }
  for (const [at, booked] of [...receivable, ...rounding])
    if (booked !== 0n) wrong.push(`account of owner ${at}: ${booked} is booked, there is no invoice`);
  return answer(wrong, 'what licensees owe in the books is what is open on their invoices');
}

async function checkSettlements(k: Kernel): Promise<Finding[]> {
  const wrong = await wrongSettlements(k.db);
  return answer(
    wrong.map((id) => `billing.settlements invoice_id ${id}: does not say what payments and credits say`),
    'invoices are settled when nothing is open',
  );
}
