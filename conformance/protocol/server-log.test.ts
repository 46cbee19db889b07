import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  changedTiles,
  fromHex,
  openCheckpoint,
  parseEntryBundle,
  proveConsistency,
  tileNodeReader,
  tilePath,
  toBase64,
} from '@clearway/protocol';
import { kernel, type RunningInstance, readConfig, serve, transparency } from '@clearway/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTlogCheck, type DescribedLog, missingForTlogCheck as missing } from './build-tlog-check.ts';

if (missing)
  console.warn(`The server's log is not checked with Go's tlog tools: ${missing} is not installed.`);

let directory: string;
let instance: RunningInstance;
let key: string;
let origin: string;
const ids: string[] = [];
const seen: { oldSize: number; oldRoot: string }[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'server-log-'));
  instance = await serve(readConfig({}, { data: directory, port: 0 }), { fsync: false });
  key = await text('/log/key');
  origin = `${new URL(instance.url).host}/log`;
});
afterAll(async () => {
  await instance.stop();
  rmSync(directory, { recursive: true, force: true });
});

const text = async (path: string) => (await fetch(instance.url + path)).text();

async function bytes(path: string): Promise<Uint8Array> {
  const response = await fetch(instance.url + path);
  expect(response.status, path).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

/** Adds leaves and waits until a stranger sees them; answers how many milliseconds after the commit that was. */
async function grow(count: number): Promise<number> {
  await kernel.inTx(instance.k, async (t) => {
    for (let n = 0; n < count; n++) {
      const leaf = { type: 'thing.made', record: { n }, subject: 'thing:1' };
      ids.push(await transparency.appendLeaf(t, leaf));
    }
  });
  const committed = performance.now();
  for (;;) {
    const response = await fetch(`${instance.url}/log/checkpoint`);
    const note = await response.text();
    if (response.ok) {
      const { size, rootHash } = await openCheckpoint(note, origin, [key]);
      // The instance itself puts leaves into its log too.
      if (size >= ids.length && (await isIn(ids.at(-1)!))) {
        seen.push({ oldSize: size, oldRoot: toBase64(rootHash) });
        return performance.now() - committed;
      }
    }
    await sleep(10);
  }
}

async function isIn(id: string): Promise<boolean> {
  const proof = JSON.parse(await text(`/api/log/proof/${id}`)) as { index?: number | null };
  return typeof proof.index === 'number';
}

/** The log as a stranger finds it. */
async function describeLog(): Promise<DescribedLog> {
  const checkpoint = await text('/log/checkpoint');
  const { size } = await openCheckpoint(checkpoint, origin, [key]);
  const tiles: Record<string, string> = {};
  const leaves: string[] = [];
  for (const tile of changedTiles(0, size)) {
    const content = await bytes(`/log/${tilePath(tile)}`);
    tiles[tilePath(tile)] = toBase64(content);
    if (tile.level === 'entries') leaves.push(...parseEntryBundle(content).map(toBase64));
  }
  const inclusion: DescribedLog['inclusion'] = [];
  for (const id of ids.filter((_, n) => n % 37 === 0)) {
    const body = JSON.parse(await text(`/api/log/proof/${id}`)) as {
      index: number;
      inclusionProof: string[];
    };
    inclusion.push({
      index: body.index,
      proof: body.inclusionProof.map((hash) => toBase64(fromHex(hash))),
    });
  }
  const tree = tileNodeReader(size, (tile) => bytes(`/log/${tilePath(tile)}`));
  const consistency: DescribedLog['consistency'] = [];
  for (const each of seen) {
    consistency.push({ ...each, proof: (await proveConsistency(each.oldSize, size, tree)).map(toBase64) });
  }
  return { checkpoint, leaves, inclusion, consistency, tiles };
}

describe("a running server's log", () => {
  it('shows each leaf in a checkpoint soon after the commit', async () => {
    const waits: number[] = [];
    for (const count of [1, 4, 251, 1, 1100, 43]) waits.push(await grow(count));
    console.log(`seen by a stranger after ${waits.map(Math.round).join(', ')} ms`);
    expect(seen).toHaveLength(6);
  });

  it.skipIf(missing !== undefined)(
    `holds for Go's sumdb/note and sumdb/tlog${missing ? ` (${missing} missing)` : ''}`,
    async () => {
      const log = await describeLog();
      expect(log.leaves.length).toBeGreaterThanOrEqual(1400);
      const check = buildTlogCheck(directory);
      const { status, stdout, stderr } = check({ origin, verifierKey: key.trim(), logs: [log] });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const given = 1 + log.inclusion.length + log.consistency.length + Object.keys(log.tiles).length;
      expect((JSON.parse(stdout) as { checked: number }).checked).toBe(given);
    },
    120_000,
  );
});
