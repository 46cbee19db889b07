import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendLeaves,
  buildEntryBundle,
  buildTile,
  changedTiles,
  createNodeMap,
  formatCheckpoint,
  formatVerifierKey,
  generateKeyPair,
  leafHash,
  makeLeaf,
  openCheckpoint,
  proveConsistency,
  proveInclusion,
  rootHash,
  signNote,
  tilePath,
  toBase64,
} from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  buildTlogCheck,
  type DescribedLog as Log,
  missingForTlogCheck as missing,
} from './build-tlog-check.ts';

const ORIGIN = 'clearway.example/log';
const SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 511, 600, 1100];

if (missing) console.warn(`The log is not checked with Go's tlog tools: ${missing} is not installed.`);

let dir: string;
let verifierKey: string;
const logs: Log[] = [];

let runGo: ReturnType<typeof buildTlogCheck>;

async function describeLogs(): Promise<void> {
  const signer = { name: ORIGIN, ...(await generateKeyPair()) };
  verifierKey = await formatVerifierKey(signer.name, signer.publicKey);
  const nodes = createNodeMap();
  const entries: Uint8Array[] = [];
  for (const size of SIZES) {
    const before = entries.length;
    while (entries.length < size) {
      const record = { n: entries.length, title: `Work ${entries.length}` };
      const salt = new Uint8Array(32).fill(entries.length % 256);
      entries.push((await makeLeaf({ type: 'work.registered', record, salt })).bytes);
    }
    nodes.add(await appendLeaves(before, await Promise.all(entries.slice(before).map(leafHash)), nodes.read));
    const root = await rootHash(size, nodes.read);
    const log: Log = {
      checkpoint: await signNote(formatCheckpoint({ origin: ORIGIN, size, rootHash: root }), signer),
      leaves: entries.map(toBase64),
      inclusion: [],
      consistency: [],
      tiles: {},
    };
    for (let index = 0; index < size; index += 1 + (size > 256 ? 13 : 0)) {
      log.inclusion.push({ index, proof: (await proveInclusion(index, size, nodes.read)).map(toBase64) });
    }
    for (let oldSize = 1; oldSize <= size; oldSize += 1 + (size > 256 ? 17 : 0)) {
      const proof = (await proveConsistency(oldSize, size, nodes.read)).map(toBase64);
      log.consistency.push({ oldSize, oldRoot: toBase64(await rootHash(oldSize, nodes.read)), proof });
    }
    for (const tile of changedTiles(0, size)) {
      const from = tile.index * 256;
      const bytes =
        tile.level === 'entries'
          ? buildEntryBundle(entries.slice(from, from + tile.width))
          : await buildTile(tile, nodes.read);
      log.tiles[tilePath(tile)] = toBase64(bytes);
    }
    logs.push(log);
  }
}

describe.skipIf(missing !== undefined)(
  `Go's sumdb/tlog and sumdb/note${missing ? ` (${missing} missing)` : ''}`,
  () => {
    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'tlog-check-'));
      runGo = buildTlogCheck(dir);
      await describeLogs();
    }, 120_000);

    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    test('accept our checkpoints, proofs, tiles and bundles, and we open their notes', async () => {
      const { status, stdout, stderr } = runGo({ origin: ORIGIN, verifierKey, logs });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const output = JSON.parse(stdout) as { checked: number; note: string; verifierKey: string };
      const given = logs.map((log) => {
        return 1 + log.inclusion.length + log.consistency.length + Object.keys(log.tiles).length;
      });
      expect(output.checked).toBe(given.reduce((sum, count) => sum + count));
      expect(output.checked).toBeGreaterThan(1000);
      const name = 'tlog-check.example/log';
      expect((await openCheckpoint(output.note, name, [output.verifierKey])).size).toBe(42);
    });

    test('refuse each kind of tampering', () => {
      const log = logs.find((each) => each.leaves.length === 257)!;
      const wrong = toBase64(new Uint8Array(32));
      const [path = ''] = Object.keys(log.tiles);
      const tampered: [string, Partial<Log>][] = [
        ['checkpoint', { checkpoint: log.checkpoint.replace('\n257\n', '\n258\n') }],
        ['root is', { leaves: log.leaves.with(3, 'AAAA') }],
        [
          'inclusion of 28',
          { inclusion: [{ ...log.inclusion[2]!, proof: log.inclusion[2]!.proof.with(0, wrong) }] },
        ],
        ['consistency with 100', { consistency: [{ oldSize: 100, oldRoot: wrong, proof: [wrong] }] }],
        ['tile', { tiles: { ...log.tiles, [path]: 'AAAA' } }],
        ['tiles given', { tiles: {} }],
      ];
      for (const [message, change] of tampered) {
        const { status, stderr } = runGo({ origin: ORIGIN, verifierKey, logs: [{ ...log, ...change }] });
        expect(status, message).toBe(1);
        expect(stderr).toContain(message);
      }
    });
  },
);
