import { readFileSync } from 'node:fs';
import { openSegment, segmentHash } from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptSegment } from './accept-segment.ts';
import { fetchesTimeline, refusalsTimeline, sealedSegments } from './index.ts';
import { chainOf, openUsageWorld, type UsageWorld } from './testing/usage-world.ts';

let w: UsageWorld;
beforeAll(async () => {
  w = await openUsageWorld();
});
afterAll(() => w.k.close());

const MINUTE = 60_000;

it('says when whom what was refused, and by which sealed segment', async () => {
  const gate = await w.gate();
  const now = w.k.clock.now().getTime();
  const at = (minutes: number) => now + minutes * MINUTE;
  const line = (agentName: string, from: number, to: number, reason = 'license-required') => ({
    reason,
    agentName,
    count: 3,
    from: at(from),
    to: at(to),
  });
  const refusals = [line('RudeBot', 0, 5), line('RudeBot', 10, 20, 'token-revoked'), line('Other', 1, 2)];
  const token = await w.token();
  const records = [w.record(1, token, { agent: 'RudeBot' }), w.record(2, token, { agent: 'KindBot' })];
  const [one] = await chainOf(gate, [records], { from: at(0), to: at(20), refusals });
  await acceptSegment(w.k, one!.sealed);
  const about = { siteId: w.siteId, agentName: 'RudeBot' };
  const all = await refusalsTimeline(w.k, { ...about, from: new Date(at(-1)), to: new Date(at(30)) });
  const sha256 = await segmentHash(one!.segment);
  const proof = {
    gateId: gate.gate.id,
    segmentSeq: 1,
    segmentSha256: sha256,
    agentName: 'RudeBot',
    count: 3,
  };
  expect(all).toEqual([
    { ...proof, reason: 'license-required', from: new Date(at(0)), to: new Date(at(5)) },
    { ...proof, reason: 'token-revoked', from: new Date(at(10)), to: new Date(at(20)) },
  ]);
  const early = await refusalsTimeline(w.k, { ...about, from: new Date(at(5)), to: new Date(at(10)) });
  expect(early.map(({ reason }) => reason)).toEqual(['license-required']);
  const period = { from: new Date(at(-1)), to: new Date(at(30)) };
  expect(await fetchesTimeline(w.k, { ...about, ...period })).toMatchObject([
    { recordSeq: 1, agentName: 'RudeBot', licenseeId: w.company.licenseeId, segmentSha256: sha256 },
  ]);
  const [sealed] = await sealedSegments(w.k, [sha256, 'ab'.repeat(32)]);
  expect((await openSegment(sealed!.sealed, gate.pair.publicKey)).refusals).toEqual(refusals);
});

it('is found in segments that were counted before times were kept', async () => {
  const kept = () =>
    sql`select * from usage.refusal_spans order by gate_id, segment_seq, position`.execute(w.k.db);
  const before = (await kept()).rows;
  expect(before.length).toBeGreaterThan(0);
  await sql`truncate usage.refusal_spans`.execute(w.k.db);
  const migration = readFileSync(new URL('./migrations/0004-refusal-spans.sql', import.meta.url), 'utf8');
  await sql.raw(migration.slice(migration.indexOf('with payloads'))).execute(w.k.db);
  expect((await kept()).rows).toEqual(before);
});
