import { openReceipt, sealModelName } from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptQuote, type ModelScope, quote, SIGNING_PURPOSE } from '../licensing/index.ts';
import { presetTerms } from '../offers/index.ts';
import { company } from '../testing/company.ts';
import { ownWork, publish } from '../testing/offer-terms.ts';
import { leavesOf } from '../transparency/index.ts';
import { acceptSegment } from './accept-segment.ts';
import { listReceipts, usageOfAgreement, usageOfWork } from './read-usage.ts';
import { type ReportInput, reportUsage } from './report-usage.ts';
import { staleSums } from './store-sums.ts';
import { chainOf, openUsageWorld, type UsageWorld } from './testing/usage-world.ts';

let w: UsageWorld;
beforeAll(async () => {
  w = await openUsageWorld();
});
afterAll(() => w.k.close());

const DAY = '2026-11-22';
const by = () => ({ licenseeId: w.company.licenseeId, userId: w.company.signer.user.id });
const viewer = () => ({ partyId: w.company.licenseeId, operator: false });
const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** An agreement for works that exist as files only, at a flat fee for a model version. */
async function training(modelScope: ModelScope, works = 1) {
  const workIds: string[] = [];
  for (let i = 0; i < works; i += 1) {
    const workId = await ownWork(w.k, w.holder);
    await publish(w.k, w.holder, workId, {
      ...presetTerms('no-ai'),
      'ai-train': {
        answer: 'paid',
        prices: [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }],
      },
    });
    workIds.push(workId);
  }
  const { licenseeId, userId } = by();
  const offered = await quote(w.k, {
    licenseeId,
    askedBy: `user:${userId}`,
    workIds,
    use: 'ai-train',
    unit: 'model-version',
    modelScope,
    months: 12,
  });
  const { agreement } = await acceptQuote(w.k, { quoteId: offered.id, userId });
  return { agreementId: agreement.id, workIds };
}
const about = (
  agreementId: string,
  workIds: readonly string[],
  model: ReportInput['model'],
): ReportInput => ({
  ...by(),
  agreementId,
  from: DAY,
  to: DAY,
  model,
  lines: workIds.map((workId) => ({ workId, units: 1 })),
});

describe('a report of a model version', () => {
  it('counts once, is signed for, logged and receipted', async () => {
    const { agreementId, workIds } = await training({ kind: 'named', name: 'aurora-2' }, 2);
    const input = about(agreementId, workIds, { kind: 'named', name: 'aurora-2' });
    const [one, again] = await Promise.all([reportUsage(w.k, input), reportUsage(w.k, input)]);
    expect(again).toEqual(one);
    const usage = await usageOfAgreement(w.k, { agreementId, viewer: viewer() });
    expect(usage.payable).toEqual(['licensee-reported']);
    expect(usage.sums.map(({ units, grade, unit }) => [units, grade, unit])).toEqual([
      [1n, 'licensee-reported', 'model-version'],
      [1n, 'licensee-reported', 'model-version'],
    ]);
    const [receipt, ...more] = await listReceipts(w.k, { agreementId, viewer: viewer() });
    expect(more).toEqual([]);
    const { kid, publicKey } = await w.k.keys.signing(SIGNING_PURPOSE);
    const opened = await openReceipt(receipt!.sealed, (id) => (id === kid ? publicKey : undefined));
    expect(opened).toMatchObject({
      grade: 'licensee-reported',
      report: one.sha256,
      counts: { 'ai-train': 2 },
      // The day of the books in Berlin.
      period: { from: '2026-11-21T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z' },
    });
    const types = (await leavesOf(w.k, `agreement:${agreementId}`)).map(({ type }) => type);
    expect(types).toContain('usage-reported');
    const later = { ...input, lines: input.lines.slice(1) };
    expect(await codeOf(reportUsage(w.k, later))).toBe('report-overlaps');
  });

  it('is for the version licensed and no other', async () => {
    const { agreementId, workIds } = await training({ kind: 'named', name: 'aurora-2' });
    for (const model of [
      null,
      { kind: 'named', name: 'aurora-3' },
      { kind: 'sealed', commitment: 'ab'.repeat(32) },
    ] as const) {
      expect(await codeOf(reportUsage(w.k, about(agreementId, workIds, model)))).toBe(
        'report-model-not-licensed',
      );
    }
    const fetches = { ...about(w.agreementId, [w.workId], { kind: 'named', name: 'x' }) };
    expect(await codeOf(reportUsage(w.k, fetches))).toBe('report-model-not-licensed');
  });

  it('may name it by the commitment of the agreement, or open that', async () => {
    const salt = new Uint8Array(32).fill(9);
    const commitment = await sealModelName('secret-1', salt);
    const { agreementId, workIds } = await training({ kind: 'sealed', commitment }, 3);
    const [a, b, c] = workIds.map((workId) => [workId]);
    const hex = Buffer.from(salt).toString('hex');
    const said = (model: ReportInput['model'], works: string[]) =>
      codeOf(reportUsage(w.k, about(agreementId, works, model)));
    expect(await said({ kind: 'sealed', commitment }, a!)).toBe('done');
    expect(await said({ kind: 'opened', name: 'secret-1', salt: hex }, b!)).toBe('done');
    expect(await said({ kind: 'opened', name: 'secret-2', salt: hex }, c!)).toBe('report-model-not-licensed');
    expect(await said({ kind: 'sealed', commitment: 'cd'.repeat(32) }, c!)).toBe('report-model-not-licensed');
    const stored = await sql`select 1 from usage.reports where document like '%secret-1%'`.execute(w.k.db);
    expect(stored.rows).toEqual([]);
  });

  it('is refused from those who may not sign, for other works, for days outside, twice in one', async () => {
    const { agreementId, workIds } = await training({ kind: 'named', name: 'aurora-2' });
    const input = about(agreementId, workIds, { kind: 'named', name: 'aurora-2' });
    const stranger = await company(w.k);
    const change = (more: Partial<ReportInput>) => codeOf(reportUsage(w.k, { ...input, ...more }));
    expect(await change({ licenseeId: stranger.licenseeId })).toBe('agreement-unknown');
    expect(await change({ userId: stranger.signer.user.id })).toBe('report-needs-signer');
    expect(await change({ lines: [{ workId: w.workId, units: 1 }] })).toBe('report-work-not-licensed');
    expect(await change({ lines: [...input.lines, ...input.lines] })).toBe('report-line-invalid');
    expect(await change({ lines: [{ ...input.lines[0]!, units: 2 }] })).toBe('report-line-invalid');
    expect(await change({ from: '2026-11-21' })).toBe('report-outside-agreement');
    expect(await change({ to: '2026-11-23' })).toBe('report-outside-agreement');
    expect(await change({ from: '2026-11-23', to: DAY })).toBe('report-outside-agreement');
    expect((await usageOfAgreement(w.k, { agreementId, viewer: viewer() })).sums).toEqual([]);
  });
});

describe('fetches', () => {
  it('are counted by gates; the licensee’s own number is compared and changes nothing', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const records = [1, 2, 3].map((seq) => w.record(seq, token));
    const [one, two] = await chainOf(gate, [records, [w.record(4, token), w.record(5, 'made-up')]]);
    await acceptSegment(w.k, one!.sealed);
    const input = { ...about(w.agreementId, [w.workId], null), lines: [{ workId: w.workId, units: 4 }] };
    const report = await reportUsage(w.k, input);
    const before = await usageOfAgreement(w.k, { agreementId: w.agreementId, viewer: viewer() });
    expect(before.payable).toEqual(['crawler-signed', 'gate-counted']);
    expect(before.mismatches).toEqual([
      { reportId: report.id, workId: w.workId, from: DAY, to: DAY, reported: 4n, counted: 3n },
    ]);
    await acceptSegment(w.k, two!.sealed);
    const after = await usageOfAgreement(w.k, { agreementId: w.agreementId, viewer: viewer() });
    expect(after.mismatches).toEqual([]);
    expect(after.sums).toMatchObject([{ grade: 'gate-counted', units: 4n, bytes: 4_000n }]);
    expect((await listReceipts(w.k, { agreementId: w.agreementId, viewer: viewer() })).length).toBe(2);
    const seen = await usageOfWork(w.k, {
      workId: w.workId,
      viewer: { partyId: w.holder.party.id, operator: false },
    });
    expect(seen).toMatchObject([{ units: 4n, licensee: expect.stringMatching(/^Models/) }]);
  });

  it('of others are not shown', async () => {
    const stranger = { partyId: (await company(w.k)).licenseeId, operator: false };
    const { agreementId, workId } = w;
    expect(await codeOf(usageOfAgreement(w.k, { agreementId, viewer: stranger }))).toBe('agreement-unknown');
    expect(await codeOf(listReceipts(w.k, { agreementId, viewer: stranger }))).toBe('agreement-unknown');
    expect(await codeOf(usageOfWork(w.k, { workId, viewer: stranger }))).toBe('work-unknown');
    const operator = { ...stranger, operator: true };
    expect(await codeOf(usageOfAgreement(w.k, { agreementId, viewer: operator }))).toBe('done');
    expect(await codeOf(usageOfWork(w.k, { workId, viewer: operator }))).toBe('done');
  });
});

it('the sums can be made again from events and reports', async () => {
  expect(await staleSums(w.k.db, 'Europe/Berlin')).toBe(0);
  expect(await staleSums(w.k.db, 'Pacific/Auckland')).toBeGreaterThan(0);
});
