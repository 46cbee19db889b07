import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256, toHex, utf8 } from '../bytes.ts';
import { canonicalize } from '../canonical-json/canonicalize.ts';
import { signCompact, toBase64Url } from '../jws/sign.ts';
import { generateKeyPair, type KeyPair, sign } from '../keys.ts';
import { gateOfSegment, openSegment, SEGMENT_MAX_BYTES, sealSegment } from './seal-segment.ts';
import { FIRST_PREV, SEGMENT_MAX_RECORDS, type Segment, segmentHash, type UsageRecord } from './segment.ts';
import { formatLicenseUsage, parseLicenseUsage } from './usage-header.ts';

const record: UsageRecord = {
  seq: 1,
  at: 5_000,
  tokenId: 'token-1',
  agreement: 'agreement-1',
  client: 'client-1',
  path: '/posts/%C3%A4',
  use: 'ai-input',
  units: 1,
  bytes: 1024,
  status: 200,
  agent: 'ExampleBot',
};
const segment: Segment = {
  format: 'clearway-segment-1',
  gate: 'gate-1',
  site: 'site-1',
  seq: 1,
  prev: FIRST_PREV,
  from: 4_000,
  to: 6_000,
  records: [record, { ...record, seq: 2, signature: 'sig1=:AAAA:' }],
  refusals: [{ reason: 'no-license', agentName: 'GPTBot', count: 12, from: 4_000, to: 5_500 }],
  bundle: 3,
};
let pair: KeyPair;
beforeAll(async () => {
  pair = await generateKeyPair();
});
const seal = (value: unknown) =>
  signCompact('clearway-segment-1', value, { kid: 'gate-1', privateKey: pair.privateKey });
const verdict = async (sealed: string, publicKey = pair.publicKey) =>
  openSegment(sealed, publicKey).then(
    () => 'accepted',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('a segment', () => {
  test('is opened with the key of its gate, as it was sealed', async () => {
    const sealed = await sealSegment(segment, pair);
    expect(gateOfSegment(sealed)).toBe('gate-1');
    expect(await openSegment(sealed, pair.publicKey)).toEqual(segment);
    expect(await segmentHash(segment)).toBe(toHex(await sha256(utf8(canonicalize(segment)))));
    expect(await verdict(sealed, (await generateKeyPair()).publicKey)).toBe('sealed-signature');
  });

  test('cut anywhere is not whole', async () => {
    const sealed = await sealSegment(segment, pair);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(await verdict(sealed.slice(0, length)), String(length)).toBe('sealed-malformed');
    }
  });

  test('changed in one character is refused', async () => {
    const sealed = await sealSegment(segment, pair);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(await verdict(changed), String(at)).not.toBe('accepted');
    }
  });

  test('that is rightly signed but not canonical, or another gate’s, is refused', async () => {
    const input = [
      toBase64Url(utf8('{"alg":"EdDSA","kid":"gate-1","typ":"clearway-segment-1"}')),
      toBase64Url(utf8(JSON.stringify(segment))),
    ].join('.');
    const loose = `${input}.${toBase64Url(await sign(pair.privateKey, utf8(input)))}`;
    expect(await verdict(loose)).toBe('sealed-malformed');
    expect(await verdict(await seal({ ...segment, gate: 'gate-2' }))).toBe('segment-malformed');
    const receipt = await signCompact('clearway-receipt-1', segment, { ...pair, kid: 'gate-1' });
    expect(await verdict(receipt)).toBe('sealed-header');
  });

  test.each<[string, object]>([
    ['a member too many', { ...segment, extra: 1 }],
    ['a member missing', { ...segment, bundle: undefined }],
    ['another format', { ...segment, format: 'clearway-segment-2' }],
    ['no number', { ...segment, seq: 0 }],
    ['a first segment after another', { ...segment, prev: 'ab'.repeat(32) }],
    ['a second segment after none', { ...segment, seq: 2 }],
    ['an end before its beginning', { ...segment, from: 7_000 }],
    ['a record twice', { ...segment, records: [record, record] }],
    ['records out of order', { ...segment, records: [{ ...record, seq: 2 }, record] }],
    ['a record outside its period', { ...segment, records: [{ ...record, at: 6_001 }] }],
    ['two units', { ...segment, records: [{ ...record, units: 2 }] }],
    ['negative bytes', { ...segment, records: [{ ...record, bytes: -1 }] }],
    ['a path elsewhere', { ...segment, records: [{ ...record, path: 'https://a.example/' }] }],
    ['a path with a line end', { ...segment, records: [{ ...record, path: '/a\nb' }] }],
    ['a use that is none', { ...segment, records: [{ ...record, use: 'train' }] }],
    ['a record that is a list', { ...segment, records: [[]] }],
    ['a refusal of nobody', { ...segment, refusals: [{ ...segment.refusals[0], count: 0 }] }],
    ['a refusal outside its period', { ...segment, refusals: [{ ...segment.refusals[0], to: 9_000 }] }],
    ['no object', [segment]],
  ])('with %s is neither written nor read', async (_name, value) => {
    const given = JSON.parse(JSON.stringify(value));
    await expect(sealSegment(given, pair)).rejects.toMatchObject({ code: 'segment-malformed' });
    expect(await verdict(await seal(given))).toBe('segment-malformed');
  });

  test('of the most records fits', async () => {
    const records = Array.from({ length: SEGMENT_MAX_RECORDS }, (_, i) => ({ ...record, seq: i + 1 }));
    const sealed = await sealSegment({ ...segment, records }, pair);
    expect(sealed.length).toBeLessThan(SEGMENT_MAX_BYTES);
    const more = { ...segment, records: [...records, { ...record, seq: 2_001 }] };
    await expect(sealSegment(more, pair)).rejects.toMatchObject({ code: 'segment-malformed' });
    const long = records.map((one) => ({ ...one, path: `/${'x'.repeat(1_900)}` }));
    await expect(sealSegment({ ...segment, records: long }, pair)).rejects.toMatchObject({
      code: 'sealed-too-long',
    });
  });

  test('of any content is read as it was written, and its hash depends on all of it', async () => {
    const anyRecord = fc.record({
      at: fc.integer({ min: 4_000, max: 6_000 }),
      path: fc.webPath({ size: 'small' }).map((path) => (path.startsWith('/') ? path : `/${path}`)),
      use: fc.constantFrom('search', 'ai-input', 'ai-index', 'ai-train'),
      bytes: fc.nat(),
      status: fc.integer({ min: 100, max: 599 }),
      agent: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((s) => !/\p{Cc}/u.test(s)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { maxLength: 5 }), async (list) => {
        const records = list.map((one, i) => ({ ...record, ...one, seq: i + 1 })) as UsageRecord[];
        const whole = { ...segment, records };
        expect(await openSegment(await sealSegment(whole, pair), pair.publicKey)).toEqual(whole);
        if (records.length > 0) {
          const changed = { ...whole, records: records.slice(1) };
          expect(await segmentHash(changed)).not.toBe(await segmentHash(whole));
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('License-Usage is written and read', () => {
  const usage = { agreement: '0190-a', count: 12, durable: 10 };
  expect(parseLicenseUsage(formatLicenseUsage(usage))).toEqual(usage);
  for (const bad of [
    { ...usage, durable: 13 },
    { ...usage, count: -1 },
    { ...usage, count: 1.5 },
    { ...usage, agreement: 'a"b' },
    { ...usage, agreement: 'a\r\nb' },
    { ...usage, agreement: '' },
  ]) {
    expect(() => formatLicenseUsage(bad), JSON.stringify(bad)).toThrow(
      expect.objectContaining({ code: 'usage-header-malformed' }),
    );
  }
});
