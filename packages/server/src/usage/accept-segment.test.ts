import { openReceipt, sealSegment, segmentHash } from '@clearway/protocol';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNING_PURPOSE } from '../licensing/index.ts';
import { revokeGate } from '../sites/index.ts';
import { acceptSegment } from './accept-segment.ts';
import { usageJobs } from './jobs.ts';
import { chainOf, openUsageWorld, type TestGate, type UsageWorld } from './testing/usage-world.ts';

let w: UsageWorld;
beforeAll(async () => {
  w = await openUsageWorld();
});
afterAll(() => w.k.close());

const codeOf = (sealed: string) =>
  acceptSegment(w.k, sealed).then(
    ({ segment }) => segment.state,
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Every record of a gate that is kept, in order, and what the sums say. */
async function kept({ gate }: TestGate) {
  const events = await sql<{ seq: bigint; fault: string | null }>`select record_seq as seq, fault
    from usage.events where gate_id = ${gate.id} order by record_seq`.execute(w.k.db);
  return events.rows.map(({ seq, fault }) => (fault ? `${seq} ${fault}` : String(seq)));
}
const rolledUp = async () =>
  Number(
    (await sql<{ n: bigint }>`select coalesce(sum(units), 0)::bigint as n from usage.rollups`.execute(w.k.db))
      .rows[0]!.n,
  );

describe('a segment', () => {
  it('is counted once, however often it comes, and answered with how far the gate is counted', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const [first, second] = await chainOf(gate, [
      [w.record(1, token), w.record(2, token)],
      [w.record(3, token)],
    ]);
    const before = await rolledUp();
    const answer = await acceptSegment(w.k, first!.sealed);
    expect(answer).toEqual({
      gate: gate.gate.id,
      segment: {
        seq: 1,
        sha256: await segmentHash(first!.segment),
        state: 'counted',
        counted: 2,
        faulty: 0,
        receipts: [expect.any(Number)],
      },
      countedTo: { segment: 1, record: 2 },
    });
    expect(await acceptSegment(w.k, first!.sealed)).toEqual(answer);
    await acceptSegment(w.k, second!.sealed);
    expect(await acceptSegment(w.k, first!.sealed)).toEqual({
      ...answer,
      countedTo: { segment: 2, record: 3 },
    });
    expect(await kept(gate)).toEqual(['1', '2', '3']);
    expect((await rolledUp()) - before).toBe(3);
  });

  it('that comes too early is kept and counted when the gap closes', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const chain = await chainOf(
      gate,
      [1, 2, 3].map((seq) => [w.record(seq, token)]),
    );
    expect(await codeOf(chain[2]!.sealed)).toBe('waiting');
    expect(await codeOf(chain[1]!.sealed)).toBe('waiting');
    expect(await codeOf(chain[1]!.sealed)).toBe('waiting');
    expect(await kept(gate)).toEqual([]);
    const answer = await acceptSegment(w.k, chain[0]!.sealed);
    expect(answer.countedTo).toEqual({ segment: 3, record: 3 });
    expect(await codeOf(chain[2]!.sealed)).toBe('counted');
    expect(await kept(gate)).toEqual(['1', '2', '3']);
  });

  it('left behind by a crash between two of them is counted by the job', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const chain = await chainOf(
      gate,
      [1, 2].map((seq) => [w.record(seq, token)]),
    );
    await acceptSegment(w.k, chain[1]!.sealed);
    await acceptSegment(w.k, chain[0]!.sealed);
    // As if the process had died after the first of the two.
    await sql`update usage.segments set counted_at = null where gate_id = ${gate.gate.id} and seq = 2`.execute(
      w.k.db,
    );
    await sql`update usage.gates set last_segment = 1, last_record = 1,
      last_hash = ${await segmentHash(chain[0]!.segment)} where gate_id = ${gate.gate.id}`.execute(w.k.db);
    const before = await rolledUp();
    for (const job of usageJobs) await job.handle(w.k, {} as never);
    expect(await codeOf(chain[1]!.sealed)).toBe('counted');
    expect(await kept(gate)).toEqual(['1', '2']);
    expect(await rolledUp()).toBeGreaterThanOrEqual(before);
  });

  it('of an unknown or switched-off gate is refused', async () => {
    const gate = await w.gate();
    const [one] = await chainOf(gate, [[w.record(1, await w.token())]]);
    const stranger = { ...one!.segment, gate: w.k.ids.id() };
    expect(await codeOf(await sealSegment(stranger, gate.pair))).toBe('segment-unknown-gate');
    expect(await codeOf(await sealSegment({ ...stranger, gate: 'gate' }, gate.pair))).toBe(
      'segment-unknown-gate',
    );
    const { holder, siteId } = w;
    await revokeGate(w.k, {
      siteId,
      gateId: gate.gate.id,
      partyId: holder.party.id,
      actor: holder.user.id,
    });
    expect(await codeOf(one!.sealed)).toBe('segment-unknown-gate');
    expect(await kept(gate)).toEqual([]);
  });

  it('truncated, changed, or of another key or site is refused and leaves nothing', async () => {
    const gate = await w.gate();
    const other = await w.gate();
    const [one] = await chainOf(gate, [[w.record(1, await w.token())]]);
    const { sealed, segment } = one!;
    for (const length of [0, 1, 50, sealed.length - 200, sealed.length - 1]) {
      expect(await codeOf(sealed.slice(0, length))).toBe('segment-truncated');
    }
    const body = sealed.indexOf('.') + 40;
    const changed = sealed.slice(0, body) + (sealed[body] === 'A' ? 'B' : 'A') + sealed.slice(body + 1);
    expect(await codeOf(changed)).toBe('segment-signature');
    expect(await codeOf(await sealSegment(segment, other.pair))).toBe('segment-signature');
    expect(await codeOf(await sealSegment({ ...segment, site: 'elsewhere' }, gate.pair))).toBe(
      'segment-other-site',
    );
    expect(await codeOf('x'.repeat(2_000_001))).toBe('segment-malformed');
    expect(await kept(gate)).toEqual([]);
  });

  it('with other content for a number that was counted, or that does not continue the chain, is refused', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const [one, two] = await chainOf(gate, [[w.record(1, token)], [w.record(2, token)]]);
    await acceptSegment(w.k, one!.sealed);
    const rewritten = await sealSegment({ ...one!.segment, records: [] }, gate.pair);
    expect(await codeOf(rewritten)).toBe('segment-chain-broken');
    const forked = await sealSegment({ ...two!.segment, prev: 'ab'.repeat(32) }, gate.pair);
    expect(await codeOf(forked)).toBe('segment-chain-broken');
    expect(await codeOf(two!.sealed)).toBe('counted');
    expect(await kept(gate)).toEqual(['1', '2']);
  });

  it('of a fork that waited is never counted, and does not hold up the one that fits', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const [one, two] = await chainOf(gate, [[w.record(1, token)], [w.record(2, token)]]);
    const forked = await sealSegment({ ...two!.segment, prev: 'ab'.repeat(32) }, gate.pair);
    expect(await codeOf(forked)).toBe('waiting');
    expect(await codeOf(two!.sealed)).toBe('waiting');
    expect(await codeOf(one!.sealed)).toBe('counted');
    expect(await codeOf(two!.sealed)).toBe('counted');
    expect(await codeOf(forked)).toBe('segment-chain-broken');
    expect(await kept(gate)).toEqual(['1', '2']);
  });

  it('repeats no record: one that was counted in an earlier segment does not count again', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const [one, two] = await chainOf(gate, [
      [w.record(1, token), w.record(2, token)],
      [w.record(2, token), w.record(3, token)],
    ]);
    await acceptSegment(w.k, one!.sealed);
    const before = await rolledUp();
    expect(await acceptSegment(w.k, two!.sealed)).toMatchObject({ segment: { counted: 1 } });
    expect(await kept(gate)).toEqual(['1', '2', '3']);
    expect((await rolledUp()) - before).toBe(1);
  });
});

describe('a record', () => {
  it('counts for the token it was fetched with, or has a fault and counts for nobody', async () => {
    const gate = await w.gate();
    const token = await w.token();
    const elsewhere = await w.token({ siteId: w.k.ids.id() });
    const later = w.k.clock.now().getTime() + 4_000_000;
    const records = [
      w.record(1, token),
      w.record(2, 'made-up'),
      w.record(3, w.k.ids.id()),
      w.record(4, token, { agreement: w.k.ids.id() }),
      w.record(5, token, { client: 'another' }),
      w.record(6, token, { use: 'ai-train' }),
      w.record(7, elsewhere),
      w.record(8, token, { at: later }),
    ];
    const [one] = await chainOf(gate, [records]);
    const before = await rolledUp();
    const answer = await acceptSegment(w.k, one!.sealed);
    expect(answer.segment).toMatchObject({ counted: 1, faulty: 7 });
    expect(await kept(gate)).toEqual([
      '1',
      '2 unknown-token',
      '3 unknown-token',
      '4 other-agreement',
      '5 other-agreement',
      '6 other-use',
      '7 other-site',
      '8 outside-token-life',
    ]);
    expect((await rolledUp()) - before).toBe(1);
  });

  it('beyond the cap of its token is nobody’s debt, also across gates', async () => {
    const [a, b] = [await w.gate(), await w.gate()];
    const token = await w.token({ cap: 3 });
    const [one] = await chainOf(a, [[w.record(1, token), w.record(2, token)]]);
    const [two] = await chainOf(b, [[w.record(1, token), w.record(2, token)]]);
    await Promise.all([acceptSegment(w.k, one!.sealed), acceptSegment(w.k, two!.sealed)]);
    const all = [...(await kept(a)), ...(await kept(b))];
    expect(all.filter((line) => line.endsWith('over-cap'))).toEqual(['2 over-cap']);
    const told = await sql<{
      counted: bigint;
    }>`select counted from licensing.tokens where jti = ${token}`.execute(w.k.db);
    expect(told.rows).toEqual([{ counted: 3n }]);
  });
});

it('a receipt states what was counted of a segment, under the instance’s signature', async () => {
  const gate = await w.gate();
  const token = await w.token();
  const [one] = await chainOf(gate, [[w.record(1, 'made-up'), w.record(2, token), w.record(5, token)]]);
  const { segment } = await acceptSegment(w.k, one!.sealed);
  const found = await sql<{ sealed: string }>`select sealed from usage.receipts
    where number = ${segment.receipts[0]!}`.execute(w.k.db);
  const { kid, publicKey } = await w.k.keys.signing(SIGNING_PURPOSE);
  const receipt = await openReceipt(found.rows[0]!.sealed, (id) => (id === kid ? publicKey : undefined));
  expect(receipt).toMatchObject({
    agreement: w.agreementId,
    client: w.client.id,
    grade: 'gate-counted',
    counts: { 'ai-input': 2 },
    total: 2,
    first: 2,
    last: 5,
    segments: [segment.sha256],
  });
  const change = sql`update usage.receipts set total = 9`.execute(w.k.db);
  await expect(change).rejects.toThrow('what was counted never changes');
});

it('refusals are added up by day, reason and name', async () => {
  const gate = await w.gate();
  const from = Date.parse('2026-11-22T23:30:00Z');
  const refusals = [
    { reason: 'no-license', agentName: 'GPTBot', count: 3, from: from - 7_200_000, to: from },
    { reason: 'no-license', agentName: 'GPTBot', count: 4, from, to: from },
    { reason: 'expired', agentName: 'a client calling itself X', count: 1, from, to: from },
  ];
  const [one] = await chainOf(gate, [[]], { refusals, from: from - 7_200_000, to: from });
  await acceptSegment(w.k, one!.sealed);
  await acceptSegment(w.k, one!.sealed);
  const found = await sql`select day, reason, agent_name, count::int as count from usage.refusals
    order by day, reason`.execute(w.k.db);
  // The books close in Berlin, where the second one was after midnight.
  expect(found.rows).toEqual([
    { day: '2026-11-22', reason: 'no-license', agent_name: 'GPTBot', count: 3 },
    { day: '2026-11-23', reason: 'expired', agent_name: 'a client calling itself X', count: 1 },
    { day: '2026-11-23', reason: 'no-license', agent_name: 'GPTBot', count: 4 },
  ]);
});

it('any order, repetition and interleaving of deliveries counts each record exactly once', async () => {
  const token = await w.token();
  const script = fc.record({
    sizes: fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 2,
    }),
    deliveries: fc.array(fc.record({ gate: fc.nat({ max: 1 }), segment: fc.nat({ max: 4 }) }), {
      maxLength: 25,
    }),
    together: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(script, async ({ sizes, deliveries, together }) => {
      const before = await rolledUp();
      const gates = await Promise.all(
        sizes.map(async (ofSegments) => {
          const gate = await w.gate();
          let seq = 0;
          const contents = ofSegments.map((n) =>
            Array.from({ length: n }, () => {
              seq += 1;
              return w.record(seq, token);
            }),
          );
          return { gate, records: seq, chain: await chainOf(gate, contents) };
        }),
      );
      const sent = deliveries.flatMap(({ gate, segment }) => gates[gate]?.chain[segment] ?? []);
      for (let i = 0; i < sent.length; i += together) {
        const states = await Promise.all(sent.slice(i, i + together).map(({ sealed }) => codeOf(sealed)));
        for (const state of states) expect(['counted', 'waiting']).toContain(state);
      }
      // Delivered at least once: in the end everything comes, last first.
      for (const { chain } of gates) {
        for (const { sealed } of chain.toReversed()) await codeOf(sealed);
      }
      let all = 0;
      for (const { gate, records, chain } of gates) {
        expect(await kept(gate)).toEqual(Array.from({ length: records }, (_, i) => String(i + 1)));
        for (const { sealed } of chain) expect(await codeOf(sealed)).toBe('counted');
        all += records;
      }
      expect((await rolledUp()) - before).toBe(all);
      // A site has only so many gates at a time.
      for (const { gate } of gates) {
        const { id: gateId, siteId } = gate.gate;
        await revokeGate(w.k, { gateId, siteId, partyId: w.holder.party.id, actor: 'system' });
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
