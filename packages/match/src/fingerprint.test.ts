import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, normalizeText, textFingerprint } from './fingerprint.ts';

describe('fingerprint', () => {
  it('is the same for bytes, pieces and a stream', async () => {
    const chunks = [new Uint8Array([1, 2, 3]), new Uint8Array(0), new Uint8Array(1000).fill(9)];
    const whole = Buffer.concat(chunks);
    const expected = {
      sha256: createHash('sha256').update(whole).digest('hex'),
      bytes: 1003,
      mediaType: 'text/plain',
    };
    async function* pieces() {
      yield* chunks;
    }
    expect(await fingerprint(whole, 'text/plain')).toEqual(expected);
    expect(await fingerprint(pieces(), 'Text/Plain; charset=UTF-8')).toEqual(expected);
    expect(await fingerprint(new Blob(chunks).stream(), 'text/plain')).toEqual(expected);
  });

  it('reads a stream that can not be iterated', async () => {
    const stream = new Blob(['abc']).stream();
    const bare = { getReader: () => stream.getReader() } as unknown as ReadableStream<Uint8Array>;
    expect((await fingerprint(bare, 'text/plain')).bytes).toBe(3);
  });

  it('refuses what is not a media type', async () => {
    for (const type of ['', 'text', 'text/', '/plain', 'text /plain', 'a/b/c']) {
      await expect(fingerprint(new Uint8Array(0), type), type).rejects.toThrow(TypeError);
    }
  });
});

describe('textFingerprint', () => {
  it('ignores case, spacing and composition', () => {
    const { sha256 } = textFingerprint('Über die Straße, am Meer.');
    for (const text of [
      'ÜBER DIE STRAẞE, AM MEER.',
      'ÜBER DIE STRASSE,\u00a0AM MEER.',
      '\ufeff über\r\ndie\t straße,  am Meer.\n',
      'U\u0308ber die Straße, am Meer.',
    ]) {
      expect(textFingerprint(text).sha256).toBe(sha256);
    }
    expect(textFingerprint('ΟΔΟΣ').sha256).toBe(textFingerprint('οδος').sha256);
    expect(textFingerprint('οδος').sha256).toBe(textFingerprint('οδοσ').sha256);
  });

  it('keeps punctuation, accents and word borders', () => {
    const results = ['the sea', 'the sea.', 'thesea', 'thé sea', 'sea the'].map(
      (text) => textFingerprint(text).sha256,
    );
    expect(new Set(results).size).toBe(5);
  });

  it('hashes the normalised text in UTF-8', () => {
    const expected = createHash('sha256').update('größer'.toUpperCase().toLowerCase()).digest('hex');
    expect(textFingerprint(' GRÖSSER ')).toEqual({ sha256: expected, bytes: 8 });
  });

  it('normalises every character once and for all', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const text = `a${String.fromCodePoint(code)}`;
      const once = normalizeText(text);
      if (normalizeText(once) !== once) expect.fail(`U+${code.toString(16)}`);
    }
  });

  it('normalises once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
        expect(normalizeText(` ${text}\n`)).toBe(once);
        expect(normalizeText(text.normalize('NFD'))).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});
