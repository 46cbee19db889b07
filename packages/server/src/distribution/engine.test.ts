import { splitLine } from '@clearway/protocol';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { computeRun } from './compute-run.ts';
import { freezeRun, linesOf, sharesOf } from './freeze-run.ts';
import type { LineIn, ShareIn } from './model.ts';
import { selectRun } from './store.ts';
import { verifyRun } from './verify-run.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

let ids = 0;
const uuid = () => `00000000-0000-4000-8000-${(++ids).toString(16).padStart(12, '0')}`;

/** Freezes a run of the given lines and shares. */
function freeze(lines: readonly LineIn[], shares: readonly ShareIn[]): Promise<string> {
  return inTx(k, (t) =>
    freezeRun(t, {
      kind: 'credit',
      subject: uuid(),
      currency: 'EUR',
      lines: linesOf(lines),
      shares: sharesOf(shares),
    }),
  );
}

/** Both engines; answers the run, whose fault is set where they differ. */
async function divide(lines: readonly LineIn[], shares: readonly ShareIn[]) {
  const runId = await freeze(lines, shares);
  await computeRun(k, runId);
  await verifyRun(k, runId);
  return (await selectRun(k.db, runId))!;
}

type Part = { line_id: string; key: string; fee: bigint; net: bigint };
async function partsOf(runId: string): Promise<Part[]> {
  const found = await sql<Part>`select i.line_id, s.key, l.fee_micro as fee, l.net_micro as net
    from distribution.lines l join distribution.run_lines_in i using (run_id, no)
    join distribution.run_shares s on s.run_id = l.run_id and s.split_key = i.split_key and s.pos = l.pos
    where l.run_id = ${runId} order by l.no, l.pos`.execute(k.db);
  return found.rows;
}

function line(amountMicro: bigint, splitKey: string, more: Partial<LineIn> = {}): LineIn {
  const lineId = uuid();
  return { lineId, originLineId: lineId, splitKey, amountMicro, baseMicro: 0n, feePpm: 100_000, ...more };
}

function share(splitKey: string, weight: bigint, more: Partial<ShareIn> = {}): ShareIn {
  const claimId = uuid();
  return {
    splitKey,
    key: claimId,
    claimId,
    partyId: uuid(),
    workId: splitKey,
    sharePpm: 0,
    weight,
    disposition: 'paid',
    ...more,
  };
}

const amounts = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: -50n, max: 50n }),
  fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
  fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
);
const weights = fc.oneof(
  fc.bigInt({ min: 0n, max: 5n }),
  fc.bigInt({ min: 1n, max: 1_000_000n }),
  fc.bigInt({ min: 1n, max: 10n ** 14n }),
);
const dispositions = fc.constantFrom('paid', 'paid', 'contested', 'unaccepted', 'ownerless');
/** Works with their holders, and lines of them: what a run can be made of. */
const inputs = fc
  .array(
    fc
      .array(fc.tuple(weights, dispositions), { minLength: 1, maxLength: 7 })
      .filter((holders) => holders.some(([weight]) => weight > 0n)),
    { minLength: 1, maxLength: 5 },
  )
  .chain((works) =>
    fc
      .array(
        fc.tuple(
          fc.nat(works.length - 1),
          amounts,
          fc.integer({ min: 0, max: 1_000_000 }),
          fc.bigInt({ min: 0n, max: 10n ** 9n }),
        ),
        { maxLength: 12 },
      )
      .map((lines) => ({ works, lines })),
  );

it('comes to the same in both engines, whatever the amounts, weights and fees', async () => {
  await fc.assert(
    fc.asyncProperty(inputs, async ({ works, lines }) => {
      const keys = works.map(() => uuid());
      const shares = works.flatMap((holders, i) =>
        holders.map(([weight, disposition]) => share(keys[i]!, weight, { disposition })),
      );
      const given = lines.map(([work, amount, feePpm, base]) =>
        line(amount, keys[work]!, { feePpm, baseMicro: base }),
      );
      const run = await divide(given, shares);
      expect([run.state, run.fault]).toEqual(['verified', null]);
      expect(run.tsRoot).toBe(run.sqlRoot);

      const parts = await partsOf(run.id);
      const total = given.reduce((sum, { amountMicro }) => sum + amountMicro, 0n);
      expect(parts.reduce((sum, { fee, net }) => sum + fee + net, 0n)).toBe(total);
      for (const { lineId, splitKey, amountMicro, baseMicro, feePpm } of given) {
        const of = shares.filter((one) => one.splitKey === splitKey);
        const { netMicro } = splitLine({ amountMicro, baseMicro, feePpm, shares: of });
        const whole = of.reduce((sum, { weight }) => sum + weight, 0n);
        for (const { key, weight } of of) {
          const part = parts.find((each) => each.line_id === lineId && each.key === key)!;
          const off = part.net * whole - netMicro * weight;
          expect(off < whole && -off < whole).toBe(true);
        }
      }
      const credits = await sql<{ sum: bigint }>`select coalesce(sum(amount_micro), 0)::bigint as sum
        from distribution.run_credits where run_id = ${run.id}`.execute(k.db);
      expect(credits.rows[0]!.sum).toBe(total);
    }),
    { numRuns: 60 },
  );
}, 120_000);

it('does not depend on the order in which lines and shares are given', async () => {
  const works = [uuid(), uuid(), uuid()];
  const shares = works.flatMap((work) => [1n, 3n, 3n].map((weight) => share(work, weight)));
  const lines = Array.from({ length: 40 }, (_, i) => line(BigInt(i * 37 + 1), works[i % 3]!));
  const one = await divide(lines, shares);
  await sql`alter table distribution.run_lines_in disable trigger lines_in_never_change`.execute(k.db);
  await sql`delete from distribution.run_lines_in where run_id = ${one.id}`.execute(k.db);
  await sql`alter table distribution.run_lines_in enable trigger lines_in_never_change`.execute(k.db);
  const two = await divide(lines.toReversed(), shares.toReversed());
  expect(two.sqlRoot).toBe(one.sqlRoot);
  expect(two.inputSha256).toBe(one.inputSha256);
});

it('divides 0.005 over seven people', async () => {
  const work = uuid();
  const seven = Array.from({ length: 7 }, () => share(work, 1n));
  const run = await divide([line(5_000n, work, { feePpm: 0 })], seven);
  expect((await partsOf(run.id)).map(({ net }) => net)).toEqual([715n, 715n, 714n, 714n, 714n, 714n, 714n]);
});

it('changes no payee by more than one micro-unit of a line when a claim becomes two of the same payee', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 2, max: 1000 }),
      fc.integer({ min: 1, max: 999 }),
      async (amount, others, weight, cut) => {
        const [work, party] = [uuid(), uuid()];
        const rest = others.map((each) => share(work, BigInt(each)));
        const first = BigInt(Math.min(cut, weight - 1));
        const whole = await divide(
          [line(amount, work)],
          [...rest, share(work, BigInt(weight), { partyId: party })],
        );
        const halves = [first, BigInt(weight) - first].map((each) => share(work, each, { partyId: party }));
        const split = await divide([line(amount, work)], [...rest, ...halves]);
        const [a, b] = [await byAccount(whole.id), await byAccount(split.id)];
        for (const owner of new Set([...a.keys(), ...b.keys()])) {
          const difference = (a.get(owner) ?? 0n) - (b.get(owner) ?? 0n);
          expect(difference <= 1n && difference >= -1n, `${owner} ${difference}`).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

async function byAccount(runId: string): Promise<Map<string, bigint>> {
  const found = await sql<{
    owner: string;
    amount: bigint;
  }>`select account_owner as owner, amount_micro as amount
    from distribution.run_credits where run_id = ${runId}`.execute(k.db);
  return new Map(found.rows.map(({ owner, amount }) => [owner, amount]));
}

it('stands still when a result is not what the other engine comes to', async () => {
  const work = uuid();
  const runId = await freeze([line(1_000n, work)], [share(work, 1n), share(work, 2n)]);
  await computeRun(k, runId);
  await sql`alter table distribution.runs disable trigger runs_only_go_on`.execute(k.db);
  await sql`update distribution.runs set sql_root = ${'0'.repeat(64)} where id = ${runId}`.execute(k.db);
  await sql`alter table distribution.runs enable trigger runs_only_go_on`.execute(k.db);
  expect(await verifyRun(k, runId)).toBe(false);
  expect(await selectRun(k.db, runId)).toMatchObject({
    state: 'computed',
    fault: expect.stringContaining('differ'),
  });
});

it('refuses a line that has nobody to go to', async () => {
  await expect(freeze([line(1n, uuid())], [])).rejects.toThrow('nobody to go to');
});
