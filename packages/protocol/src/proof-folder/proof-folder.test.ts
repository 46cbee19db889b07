import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeUtf8, utf8 } from '../bytes.ts';
import { formatCheckpoint } from '../checkpoint.ts';
import { formatVerifierKey, generateKeyPair, importPrivateKey } from '../keys.ts';
import { makeLeaf } from '../leaf.ts';
import { proveInclusion } from '../merkle/prove.ts';
import { appendLeaves, createNodeMap, rootHash } from '../merkle/tree.ts';
import type { NoteSigner } from '../note.ts';
import { signNote } from '../note.ts';
import { verifyFolder } from './verify-folder.ts';
import type { FolderContents } from './write-folder.ts';
import { writeFolder } from './write-folder.ts';

let signer: NoteSigner;
let verifierKey: string;
let contents: FolderContents;
let folder: Map<string, Uint8Array>;

beforeAll(async () => {
  signer = { name: 'example.org/log', ...(await importPrivateKey(new Uint8Array(32).fill(5))) };
  verifierKey = await formatVerifierKey(signer.name, signer.publicKey);
  const nodes = createNodeMap();
  const records = Array.from({ length: 7 }, (_, i) => {
    return { type: 'work.registered', record: { title: `Work ${i}` }, salt: new Uint8Array(32).fill(i) };
  });
  const leaves = await Promise.all(records.map(makeLeaf));
  nodes.add(
    await appendLeaves(
      0,
      leaves.map((leaf) => leaf.hash),
      nodes.read,
    ),
  );
  const root = await rootHash(7, nodes.read);
  const checkpoint = await signNote(
    formatCheckpoint({ origin: signer.name, size: 7, rootHash: root }),
    signer,
  );
  contents = {
    instance: 'https://example.org',
    createdAt: '2030-01-31T12:00:00.000Z',
    checkpoint,
    signer,
    records: await Promise.all(
      [1, 4].map(async (index) => {
        return { ...records[index]!, index, inclusionProof: await proveInclusion(index, 7, nodes.read) };
      }),
    ),
    files: new Map([
      ['terms/offer-1.txt', utf8('No AI at all.\n')],
      ['empty', new Uint8Array()],
    ]),
  };
  folder = await writeFolder(contents);
});

function verdict(files: ReadonlyMap<string, Uint8Array>, key: string | null = verifierKey) {
  return verifyFolder({
    readFile(path) {
      const bytes = files.get(path);
      if (!bytes) throw new Error(`${path} does not exist`);
      return bytes;
    },
    listFiles: () => [...files.keys()],
    ...(key === null ? {} : { verifierKey: key }),
  });
}

async function failed(files: ReadonlyMap<string, Uint8Array>, key?: string | null): Promise<string[]> {
  const { ok, checks } = await verdict(files, key);
  const names = checks.filter((check) => !check.ok).map((check) => check.name);
  expect(ok).toBe(names.length === 0);
  return names;
}

describe('a proof folder', () => {
  test('as written passes every check', async () => {
    const { ok, checks } = await verdict(folder);
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(checks.map((check) => check.name)).toEqual([
      'key',
      'manifest',
      'signature',
      'files',
      'contents',
      'checkpoint',
      'record records/1.json',
      'record records/2.json',
    ]);
  });

  test('without a key is only consistent with itself, and shows the fingerprint', async () => {
    const { ok, keyGiven, checks, fingerprint } = await verdict(folder, null);
    expect([ok, keyGiven]).toEqual([false, false]);
    expect(checks.filter((check) => !check.ok).map((check) => check.name)).toEqual(['key']);
    expect(checks[0]!.detail).toContain(fingerprint);
  });

  test('with another key is refused', async () => {
    const other = await formatVerifierKey(signer.name, (await generateKeyPair()).publicKey);
    expect(await failed(folder, other)).toContain('signature');
    expect(await failed(folder, other)).toContain('checkpoint');
    expect(await failed(folder, 'not a key')).toContain('key');
  });

  test('signed anew by a stranger is refused with the true key', async () => {
    const stranger = { name: signer.name, ...(await generateKeyPair()) };
    const manifest = folder.get('manifest.json')!;
    const forged = new Map(folder);
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(manifest)));
    const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    forged.set('manifest.sig', utf8(await signNote(`clearway-proof-1 manifest\nsha256 ${hex}\n`, stranger)));
    expect(await failed(forged)).toEqual(['signature']);
  });

  test('one changed byte anywhere is refused, with and without a key', async () => {
    const places = [...folder].flatMap(([path, bytes]) => Array.from(bytes, (_, at) => [path, at] as const));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.integer({ min: 1, max: 255 }),
        async ([path, at], flip) => {
          const bytes = new Uint8Array(folder.get(path)!);
          bytes[at]! ^= flip;
          const names = await failed(new Map(folder).set(path, bytes), null);
          expect(names.filter((name) => name !== 'key').length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('every byte of the signature file counts', async () => {
    const bytes = folder.get('manifest.sig')!;
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = new Uint8Array(bytes);
      changed[at]! ^= 1;
      expect(await failed(new Map(folder).set('manifest.sig', changed)), `byte ${at}`).toEqual(['signature']);
    }
    const twice = utf8(decodeUtf8(bytes) + decodeUtf8(bytes).split('\n').slice(-2).join('\n'));
    expect(await failed(new Map(folder).set('manifest.sig', twice))).toEqual(['signature']);
  });

  test('a file added, cut or gone is refused', async () => {
    expect(await failed(new Map(folder).set('more.txt', utf8('x')))).toEqual(['files']);
    expect(await failed(new Map(folder).set('empty', utf8('x')))).toEqual(['contents']);
    for (const path of folder.keys()) {
      const less = new Map(folder);
      less.delete(path);
      expect((await failed(less)).length, path).toBeGreaterThan(0);
    }
    expect(await failed(new Map(), null)).toEqual(['key', 'manifest', 'signature']);
  });
});

describe('writeFolder refuses', () => {
  test('a record that is not in the log', async () => {
    const [first] = contents.records;
    const records = [{ ...first!, index: 2 }];
    await expect(writeFolder({ ...contents, records })).rejects.toMatchObject({
      code: 'proof-folder-record',
    });
  });

  test('a checkpoint of another log', async () => {
    const other = { ...signer, name: 'example.net/log' };
    await expect(writeFolder({ ...contents, signer: other })).rejects.toMatchObject({
      code: 'note-no-known-signature',
    });
  });

  test('a bad time and bad paths', async () => {
    await expect(writeFolder({ ...contents, createdAt: 'today' })).rejects.toMatchObject({
      code: 'proof-folder-malformed',
    });
    for (const path of [
      '../up',
      '/root',
      'a//b',
      'a/.hidden',
      'a\\b',
      'ü',
      '',
      'manifest.json',
      'records/1.json',
      'records/x.txt',
      'Records/1.json',
      'EMPTY',
    ]) {
      const files = new Map([...contents.files!, [path, utf8('x')] as const]);
      await expect(writeFolder({ ...contents, files }), path).rejects.toMatchObject({
        code: 'proof-folder-path',
      });
    }
  });
});
