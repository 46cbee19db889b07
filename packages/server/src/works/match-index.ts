import { createHash } from 'node:crypto';
import { buildIndex, decodePrint, type ExactKey, type IndexWork } from '@clearway/match';
import { inTx, type Kernel } from '../kernel/index.ts';
import { hashInUse } from './store.ts';
import {
  type IndexRow,
  insertIndex,
  lockIndex,
  markLooked,
  selectIndex,
  selectMarker,
  selectPrints,
  type WorkPrints,
} from './store-fingerprints.ts';

/** Within this time the index at hand is answered unseen, however many ask. */
const LOOK_MS = 500;
/** A large index is not built again for every change: so long per megabyte the last one stays. */
const REST_MS_PER_MB = 100;
const BATCH = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const MAX_BYTES = 2 ** 32;

/** The index in force: its file is opened with `openMatchIndexFile`. */
export type CurrentIndex = {
  /** Of the file, also its ETag. */
  readonly sha256: string;
  readonly bytes: bigint;
  readonly works: number;
  readonly fingerprints: bigint;
  /** When the last of what is in it came. */
  readonly createdAt: Date;
};

/**
 * The match index over all works: made when something changed since the last one, else that one. It holds no text, and
 * withdrawn works are marked in it. The same works give the same bytes.
 */
export async function matchIndex(k: Kernel): Promise<CurrentIndex> {
  const now = k.clock.now();
  const kept = await selectIndex(k.db);
  if (kept && now.getTime() - kept.looked_at.getTime() < LOOK_MS) return answer(kept);
  return inTx(k, async (t) => {
    await lockIndex(t.db);
    const before = await selectIndex(t.db);
    const { marker, changedAt } = await selectMarker(t.db);
    if (before && (before.marker === marker || isResting(before, now))) {
      await markLooked(t.db, now);
      return answer(before);
    }
    const built = buildIndex(await worksOf(t), { created: changedAt ?? new Date(0) });
    const sha256 = createHash('sha256').update(built.bytes).digest('hex');
    const row: IndexRow = {
      sha256,
      bytes: BigInt(built.bytes.length),
      works: built.works,
      fingerprints: BigInt(built.fingerprints),
      marker,
      created_at: changedAt ?? new Date(0),
      built_at: now,
      looked_at: now,
    };
    await t.blobs.put(piecesOf(built.bytes), MAX_BYTES);
    for (const old of await insertIndex(t.db, row)) {
      if (!(await hashInUse(t.db, old))) await t.blobs.remove(old);
    }
    return answer(row);
  });
}

/** The bytes of an index that `matchIndex` answered, or undefined when two newer ones have come since. */
export async function openMatchIndexFile(
  k: Kernel,
  { sha256 }: CurrentIndex,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  return k.blobs.get(sha256);
}

function isResting({ bytes, built_at }: IndexRow, now: Date): boolean {
  return now.getTime() - built_at.getTime() < (Number(bytes) / 1e6) * REST_MS_PER_MB;
}

function answer({ sha256, bytes, works, fingerprints, created_at }: IndexRow): CurrentIndex {
  return { sha256, bytes, works, fingerprints, createdAt: created_at };
}

async function worksOf(t: Kernel): Promise<IndexWork[]> {
  const works: IndexWork[] = [];
  for (let after = FIRST_ID; ; ) {
    const batch = await selectPrints(t.db, after, BATCH);
    const last = batch.at(-1);
    if (!last) return works;
    works.push(...batch.map(toIndexWork).filter(({ texts, keys }) => texts.length + keys.length > 0));
    after = last.id;
  }
}

function toIndexWork({ id, withdrawn, files }: WorkPrints) {
  const keys = files.flatMap(({ sha256, keys }): ExactKey[] => [
    ...(sha256 === null ? [] : [{ kind: 'bytes' as const, sha256 }]),
    ...keys,
  ]);
  const texts = files.flatMap(({ print }) => (print ? [decodePrint(print)] : []));
  return { id, withdrawn, texts, keys };
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const piece = 1 << 20;
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}
