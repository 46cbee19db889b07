import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from './check-document.ts';
import { parse } from './parse.ts';
import { parseStream } from './parse-stream.ts';
import { readLimited } from './read-limited.ts';
import { parseRobots, robotsLimitBytes } from './robots.ts';
import { rslNamespace } from './vocabulary.ts';

const open = `<rsl xmlns="${rslNamespace}"`;
const million = 1_000_000;
const large = { maxBytes: 64 * 1024 * 1024 };

function codes(xml: string | Uint8Array): string[] {
  return parse(xml, large).issues.map((one) => one.code);
}

describe('documents nobody should have written', () => {
  it.each([
    ['a million times the same attribute', `${open}${' a="1"'.repeat(million)}/>`, 'R1-not-well-formed'],
    [
      'a million attributes of different names',
      `${open}${Array.from({ length: million }, (_, index) => ` a${index}=""`).join('')}/>`,
      'R104-refused',
    ],
    ['a depth of a million', `${open}>${'<x>'.repeat(million)}`, 'R104-refused'],
    ['a million elements', `${open}>${'<x/>'.repeat(million)}</rsl>`, 'R104-refused'],
    ['a million entities', `${open}>${'&a;'.repeat(million)}</rsl>`, 'R1-not-well-formed'],
    ['a DOCTYPE of a megabyte', `<!DOCTYPE a [${'<!ENTITY a "b">'.repeat(70_000)}]><a/>`, 'R104-refused'],
    ['a NUL', `${open}>\0</rsl>`, 'R1-not-well-formed'],
    ['an attribute that never ends', `${open} a="${'x'.repeat(million)}`, 'R1-not-well-formed'],
    ['a comment that never ends', `${open}><!--${'-'.repeat(million)}`, 'R1-not-well-formed'],
    [
      'a page',
      '<!doctype html><html><head><title>404</title></head><body><p>Not found</body></html>',
      'R1-not-well-formed',
    ],
  ])('%s', (_, xml, code) => {
    expect(codes(xml)[0]).toBe(code);
  });

  it('UTF-16, with and without its mark', () => {
    const units = new Uint16Array([...`${open}/>`].map((char) => char.charCodeAt(0)));
    const bytes = new Uint8Array(units.buffer);
    expect(codes(bytes)).toEqual(['R1-not-well-formed']);
    expect(codes(new Uint8Array([0xff, 0xfe, ...bytes]))).toEqual(['R104-refused']);
  });

  it('a byte order mark in the middle is a sign like any other', () => {
    const xml = `${open}><content url="/"><license><permits type="usage">\uFEFFall</permits></license></content></rsl>`;
    expect(check(xml).issues.map((one) => one.code)).toContain('R33-usage-token');
  });
});

describe('streams', () => {
  async function* endless(piece: Uint8Array, taken: { bytes: number; stopped?: boolean }) {
    try {
      for (;;) {
        taken.bytes += piece.byteLength;
        yield piece;
      }
    } finally {
      taken.stopped = true;
    }
  }

  it('is cut at the limit, however long it is', async () => {
    const taken: { bytes: number; stopped?: boolean } = { bytes: 0 };
    const { document, issues } = await parseStream(endless(new Uint8Array(65_536).fill(0x20), taken));
    expect(document).toBeUndefined();
    expect(issues.map((one) => one.code)).toEqual(['R104-refused']);
    expect(taken.bytes).toBeLessThanOrEqual(1024 * 1024 + 65_536);
    expect(taken.stopped).toBe(true);
  });

  it('is given up when it never goes on', async () => {
    const never = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    await expect(parseStream(never, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('breaks off as the stream does', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (one) => one.error(new Error('gone')) });
    await expect(parseStream(broken)).rejects.toThrow('gone');
  });

  it('says the same as a text, in whatever pieces it comes', async () => {
    const xml = `${open} max-age="7"><content url="/ä中"><license/></content></rsl>`;
    const bytes = new TextEncoder().encode(xml);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 5 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        async function* pieces() {
          for (const [index, from] of places.entries()) yield bytes.subarray(from, places[index + 1] ?? from);
        }
        expect(await parseStream(pieces())).toEqual(parse(xml));
      }),
      { numRuns: 50 },
    );
  });

  it('of exactly the limit is whole, of one byte more is not', async () => {
    const blob = new Blob(['abcd']);
    expect(await readLimited(blob.stream(), 4)).toMatchObject({ complete: true });
    expect(await readLimited(blob.stream(), 3)).toMatchObject({ complete: false, bytes: { length: 3 } });
  });
});

it('a robots.txt of 10 MB is read as far as 500 KiB, and that is said', () => {
  const text = `License: https://a.example/l.xml\n${'# nothing\n'.repeat(million)}License: https://b.example/l.xml\n`;
  const { records, truncated } = parseRobots(text);
  expect(truncated).toBe(true);
  expect(records.map((one) => one.value)).toEqual(['https://a.example/l.xml']);
  expect(records[0]!.offset).toBeLessThan(robotsLimitBytes);
});
