import { beforeAll, describe, expect, test } from 'vitest';
import { toBase64, utf8 } from './bytes.ts';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import type { KeyPair } from './keys.ts';
import {
  exportPrivateKey,
  fingerprint,
  formatVerifierKey,
  generateKeyPair,
  importPrivateKey,
  noteKeyId,
  parseVerifierKey,
  verify,
} from './keys.ts';
import { openNote, signNote } from './note.ts';

const name = 'example.org/log';
let pair: KeyPair;
let other: KeyPair;
let key: string;

beforeAll(async () => {
  pair = await importPrivateKey(new Uint8Array(32).fill(1));
  other = await generateKeyPair();
  key = await formatVerifierKey(name, pair.publicKey);
});

describe('keys', () => {
  test('a private key survives export and import', async () => {
    const copy = await importPrivateKey(await exportPrivateKey(other.privateKey));
    expect(copy.publicKey).toEqual(other.publicKey);
    expect(await fingerprint(copy.publicKey)).toMatch(/^(?:[0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });

  test('refuses what is not a key', async () => {
    await expect(importPrivateKey(new Uint8Array(31))).rejects.toMatchObject({ code: 'key-invalid' });
    await expect(verify(new Uint8Array(5), utf8('a'), new Uint8Array(64))).rejects.toMatchObject({
      code: 'key-invalid',
    });
    expect(await verify(pair.publicKey, utf8('a'), new Uint8Array(3))).toBe(false);
    for (const bad of ['', 'a b', 'a+b', 'a\u0085b', 'a\u0000', '\ud800', 'x'.repeat(256)]) {
      await expect(noteKeyId(bad, pair.publicKey)).rejects.toMatchObject({ code: 'key-name' });
    }
  });

  test('a verifier key changed in one character is refused', async () => {
    expect((await parseVerifierKey(`${key}\n`)).publicKey).toEqual(pair.publicKey);
    for (let i = 0; i < key.length; i += 1) {
      const changed = key.slice(0, i) + (key[i] === 'a' ? 'b' : 'a') + key.slice(i + 1);
      await expect(parseVerifierKey(changed), changed).rejects.toThrow();
    }
  });
});

describe('note', () => {
  test('unknown signatures are ignored, one known is needed', async () => {
    const note = await signNote('one\n\ntwo\n', { name: 'witness', ...other }, { name, ...pair });
    const opened = await openNote(note, [key]);
    expect(opened.text).toBe('one\n\ntwo\n');
    expect(opened.signatures.map((signature) => signature.name)).toEqual([name]);
    const witness = await formatVerifierKey('witness', other.publicKey);
    expect((await openNote(note, [witness, key])).signatures).toHaveLength(2);
    const stranger = await formatVerifierKey('stranger', other.publicKey);
    await expect(openNote(note, [stranger])).rejects.toMatchObject({ code: 'note-no-known-signature' });
  });

  test('any changed character is refused', async () => {
    const note = await signNote('some text\nin lines\n', { name, ...pair });
    for (let i = 0; i < note.length; i += 1) {
      const changed = note.slice(0, i) + (note[i] === 'A' ? 'B' : 'A') + note.slice(i + 1);
      await expect(openNote(changed, [key]), `character ${i}`).rejects.toThrow();
    }
  });

  test('refuses malformed notes', async () => {
    const note = await signNote('text\n', { name, ...pair });
    const line = `— x ${toBase64(new Uint8Array(68))}\n`;
    for (const bad of [
      '',
      'text\n',
      'text\n\n',
      note.slice(0, -1),
      `${note}\n`,
      note.replace('— ', '- '),
      `te\txt\n\n${line}`,
      `text\n\n${line.repeat(101)}`,
      `${'x'.repeat(65_536)}\n\n${line}`,
      'text\n\n— x AAAA\n',
      'text\n\n— x AAAAAB==\n',
    ]) {
      await expect(openNote(bad, [key]), bad.slice(0, 60)).rejects.toMatchObject({ code: 'note-malformed' });
    }
    await expect(signNote('no newline', { name, ...pair })).rejects.toMatchObject({ code: 'note-malformed' });
    await expect(signNote('text\n')).rejects.toMatchObject({ code: 'note-malformed' });
  });
});

describe('checkpoint', () => {
  const checkpoint = { origin: name, size: 12, rootHash: new Uint8Array(32).fill(9) };

  test('travels as a signed note', async () => {
    const note = await signNote(formatCheckpoint(checkpoint), { name, ...pair });
    expect(await openCheckpoint(note, name, [key])).toEqual(checkpoint);
    const foreign = await signNote(formatCheckpoint(checkpoint), { name: 'witness', ...other });
    const witness = await formatVerifierKey('witness', other.publicKey);
    await expect(openCheckpoint(foreign, name, [witness])).rejects.toMatchObject({
      code: 'checkpoint-origin',
    });
  });

  test('has one spelling', () => {
    const text = formatCheckpoint(checkpoint);
    expect(parseCheckpoint(`${text}extension\n`)).toEqual(checkpoint);
    for (const bad of [
      text.slice(0, -1),
      text.replace('12', '012'),
      text.replace('12', '-1'),
      text.replace('12', '9007199254740993'),
      text.replace('=', ''),
      `${text}\n`,
      '',
    ]) {
      expect(() => parseCheckpoint(bad), bad).toThrow(
        expect.objectContaining({ code: 'checkpoint-malformed' }),
      );
    }
    expect(() => formatCheckpoint({ ...checkpoint, size: -1 })).toThrow(/size/);
    expect(() => formatCheckpoint({ ...checkpoint, origin: 'https://example.org' })).toThrow(/scheme/);
  });
});
