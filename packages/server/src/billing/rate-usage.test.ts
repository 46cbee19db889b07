import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptQuote, quote } from '../licensing/index.ts';
import { answersPaid, ownWork, publish } from '../testing/offer-terms.ts';
import { reportUsage } from '../usage/index.ts';
import { billingChecks, linesOfInvoice, lineUsage } from './index.ts';
import { type BillingWorld, openBillingWorld } from './testing/billing-world.ts';

let w: BillingWorld;
let workId: string;
beforeAll(async () => {
  w = await openBillingWorld();
  workId = await ownWork(w.k, w.holder);
  await publish(w.k, w.holder, workId, {
    ...answersPaid(),
    'ai-input': { answer: 'paid', prices: [{ unit: 'answer', amountMicro: '1500', perUnits: '1000' }] },
    'ai-train': {
      answer: 'paid',
      prices: [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }],
    },
  });
});
afterAll(() => w.k.close());

const MODEL = { kind: 'named', name: 'aurora-2' } as const;
const licensed = async (use: 'ai-input' | 'ai-train', unit: 'answer' | 'model-version') => {
  const offered = await quote(w.k, {
    licenseeId: w.company.licenseeId,
    askedBy: `user:${w.company.signer.user.id}`,
    workIds: [workId],
    use,
    unit,
    modelScope: unit === 'model-version' ? MODEL : null,
    months: 12,
  });
  return (await acceptQuote(w.k, { quoteId: offered.id, userId: w.company.signer.user.id })).agreement.id;
};
const reported = (agreementId: string, units: number, model: typeof MODEL | null, day = '2026-11-22') =>
  reportUsage(w.k, {
    agreementId,
    licenseeId: w.company.licenseeId,
    userId: w.company.signer.user.id,
    from: day,
    to: day,
    model,
    lines: [{ workId: agreementId === w.agreementId ? w.workId : workId, units }],
  });
const closed = async () => {
  const { invoices } = await w.close();
  return invoices[0] ? linesOfInvoice(w.k, invoices[0].id) : [];
};

describe('what is charged', () => {
  it('is a flat fee once, when the agreement is made; its reports cost nothing', async () => {
    const agreementId = await licensed('ai-train', 'model-version');
    const lines = await closed();
    expect(lines).toMatchObject([
      {
        kind: 'flat',
        agreementId,
        units: 1n,
        amountMicro: 250_000_000n,
        grade: 'agreed',
        unit: 'model-version',
      },
    ]);
    expect(await lineUsage(w.k, lines[0]!.id)).toMatchObject([
      { ref: `agreement/${agreementId}`, units: 1n },
    ]);
    await reported(agreementId, 1, MODEL);
    expect(await closed()).toEqual([]);
  });

  it('is each report of answers by itself, rated on its sum', async () => {
    const agreementId = await licensed('ai-input', 'answer');
    expect(await closed()).toEqual([]);
    const report = await reported(agreementId, 333, null);
    w.k.clock.advance(86_400_000);
    await reported(agreementId, 1_001, null, '2026-11-23');
    const lines = await closed();
    // 499.5 and 1501.5, half away from zero.
    expect(lines.map(({ units, amountMicro }) => [units, amountMicro]).sort()).toEqual([
      [1_001n, 1_502n],
      [333n, 500n],
    ]);
    const first = lines.find(({ reportId }) => reportId === report.id)!;
    expect(first).toMatchObject({ grade: 'licensee-reported', kind: 'usage' });
    expect(await lineUsage(w.k, first.id)).toMatchObject([
      { ref: `report/${report.id}`, units: 333n, sha256: report.sha256 },
    ]);
    expect(await lineUsage(w.k, first.id, { after: `report/${report.id}` })).toEqual([]);
  });

  it('is what gates counted, not what the licensee counted', async () => {
    await w.fetches(2);
    await reported(w.agreementId, 7, null, '2026-11-23');
    expect(await closed()).toMatchObject([{ units: 2n, grade: 'gate-counted' }]);
    for (const check of billingChecks)
      expect(
        (await check.run(w.k)).filter(({ ok }) => !ok),
        check.name,
      ).toEqual([]);
  });
});
