import { mkdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CryptoKey,
  SEGMENT_FORMAT,
  SEGMENT_MAX_RECORDS,
  type Segment,
  sealSegment,
  type UsageRecord,
} from '@clearway/protocol';
import type { UsageSink } from '../usage-sink.ts';
import { writeWhole } from './files.ts';
import { advance, formatHead } from './head.ts';
import { formatLine, type Journal, openJournal } from './journal.ts';
import { lockDirectory } from './lock.ts';
import {
  journalName,
  type Recovered,
  recoverSpool,
  type SpoolPaths,
  segmentName,
  spoolPaths,
} from './recover-spool.ts';
import { createRefusals } from './refusals.ts';

/** Where usage is written and who signs it. */
export interface SpoolOptions {
  /** A directory of this gate's own; it is made if it is missing. */
  readonly directory: string;
  /** The id under which the clearing house knows this gate and its key. */
  readonly gate: string;
  readonly site: string;
  /** Ed25519. */
  readonly privateKey: CryptoKey;
  /** Records that may be under way or not yet durable at one time, and so lost at worst; 20,000 unless given. */
  readonly lease?: number;
  /** How long records gather before they are written; 5 unless given. */
  readonly groupMs?: number;
  /** How long a segment forms; 10,000 unless given. */
  readonly sealEveryMs?: number;
  /** Told of every disk error; the spool tries again by itself. */
  readonly onError?: (error: unknown) => void;
  /** Told after each segment that was sealed. */
  readonly onSealed?: () => void;
}

/** A usage sink on disk. */
export interface Spool extends UsageSink {
  /** Resolves when everything taken so far is durable. */
  flush(): Promise<void>;
  /** Seals what there is. */
  seal(): Promise<void>;
  /** Seals what there is and lets go of the directory. */
  close(): Promise<void>;
}

const JOURNAL_MAX_BYTES = 2 * 1024 * 1024;
const RETRY_MS = 250;

/**
 * Opens a spool and recovers what an earlier run left, also one that was killed.
 *
 * Records gather for a few milliseconds, are appended to a journal as one group and synced; only then are they counted as
 * durable. Journals become segments: hash-chained, signed, each written whole. Nothing waits for this but `flush`,
 * `seal` and `close`. Throws where the directory cannot be used or another process uses it.
 */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { gate, site, privateKey, lease = 20_000, groupMs = 5, sealEveryMs = 10_000 } = options;
  const paths = spoolPaths(options.directory);
  const { unlock, head, journal: left } = await open(paths);
  const taken = new Map(head.agreements);
  const durable = new Map(head.agreements);
  const tokens = new Map([...head.tokens].map(([id, { count }]) => [id, count]));
  const refusals = createRefusals();
  let forming: UsageRecord[] = [];
  let formingBytes = 0;
  let journal: Journal | undefined;
  let journalPath = '';
  let formingBundle = left?.bundle ?? 0;
  let newestBundle = formingBundle;
  let waiting: { readonly record: UsageRecord; readonly line: string; readonly bundle: number }[] = [];
  let nextRecord = head.record + 1;
  let underway = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let work: Promise<void> = Promise.resolve();
  let closed = false;

  if (left) {
    journalPath = left.path;
    journal = await openJournal(left.path, left.length);
    // Lines that outlived a killed process in memory of the machine become durable here.
    await journal.append('');
    formingBytes = left.length;
    for (const record of left.records) {
      count(taken, record.agreement);
      count(durable, record.agreement);
      count(tokens, record.tokenId);
      forming.push(record);
      nextRecord = record.seq + 1;
    }
  }
  const sealTimer = setInterval(() => void enqueue(sealForming), sealEveryMs);
  sealTimer.unref();

  /** One thing at a time touches the disk. A failure is told, and what failed is tried again. */
  function enqueue(task: () => Promise<void>): Promise<void> {
    work = work.then(() => untilDone(task));
    return work;
  }

  async function untilDone(task: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await task();
      } catch (error) {
        options.onError?.(error);
        if (closed) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      if (isFull() || (forming.length > 0 && waiting[0]!.bundle !== formingBundle)) await sealForming();
      formingBundle = waiting[0]!.bundle;
      const group = nextGroup();
      if (!journal) {
        journalPath = join(paths.directory, journalName(head.segment + 1, formingBundle));
        journal = await openJournal(journalPath, 0);
      }
      const lines = group.map(({ line }) => line).join('');
      await journal.append(lines);
      waiting = waiting.slice(group.length);
      formingBytes += lines.length;
      for (const { record } of group) {
        forming.push(record);
        count(durable, record.agreement);
      }
      if (isFull()) await sealForming();
    }
  }

  function isFull(): boolean {
    return forming.length >= SEGMENT_MAX_RECORDS || formingBytes >= JOURNAL_MAX_BYTES;
  }

  /** As many waiting records as share a bundle and fit into the segment that is forming. */
  function nextGroup(): typeof waiting {
    const group = [];
    let bytes = formingBytes;
    for (const each of waiting) {
      const full = forming.length + group.length >= SEGMENT_MAX_RECORDS || bytes >= JOURNAL_MAX_BYTES;
      if (each.bundle !== formingBundle || full) break;
      group.push(each);
      bytes += each.line.length;
    }
    return group;
  }

  async function sealForming(): Promise<void> {
    const number = forming.length > 0 ? formingBundle : newestBundle;
    if (number === 0 || (forming.length === 0 && refusals.size === 0)) return;
    const counts = refusals.take();
    try {
      const times = [...forming.map(({ at }) => at), ...counts.flatMap(({ from, to }) => [from, to])];
      const segment: Segment = {
        format: SEGMENT_FORMAT,
        gate,
        site,
        seq: head.segment + 1,
        prev: head.hash,
        from: times.reduce((a, b) => Math.min(a, b)),
        to: times.reduce((a, b) => Math.max(a, b)),
        records: forming,
        refusals: counts,
        bundle: number,
      };
      const text = await sealSegment(segment, { privateKey });
      await writeWhole(join(paths.segments, segmentName(segment.seq)), text);
      await advance(head, segment);
    } catch (error) {
      refusals.restore(counts);
      throw error;
    }
    forming = [];
    formingBytes = 0;
    const [old, oldPath] = [journal, journalPath];
    journal = undefined;
    await writeWhole(paths.head, formatHead(head));
    await old?.close();
    if (old) await unlink(oldPath);
    const current = new Set([...head.tokens.keys(), ...waiting.map(({ record }) => record.tokenId)]);
    for (const id of tokens.keys()) if (!current.has(id)) tokens.delete(id);
    options.onSealed?.();
  }

  return {
    reserve() {
      if (closed || underway + waiting.length >= lease) return false;
      underway += 1;
      return true;
    },
    release() {
      underway -= 1;
    },
    record({ bundle, ...draft }, served) {
      underway -= 1;
      newestBundle = bundle;
      const record: UsageRecord = { seq: nextRecord, units: 1, ...draft, ...served };
      nextRecord += 1;
      waiting.push({ record, line: formatLine(record), bundle });
      count(taken, record.agreement);
      count(tokens, record.tokenId);
      if (waiting.length === SEGMENT_MAX_RECORDS) void enqueue(writeWaiting);
      timer ??= setTimeout(() => {
        timer = undefined;
        void enqueue(writeWaiting);
      }, groupMs);
    },
    refused(reason, agentName, at, bundle) {
      newestBundle = bundle ?? newestBundle;
      refusals.add(reason, agentName, at);
    },
    counts: (agreement) => ({ count: taken.get(agreement) ?? 0, durable: durable.get(agreement) ?? 0 }),
    fetchesOf: (tokenId) => tokens.get(tokenId) ?? 0,
    flush: () => enqueue(writeWaiting),
    async seal() {
      await enqueue(writeWaiting);
      await enqueue(sealForming);
    },
    async close() {
      closed = true;
      clearInterval(sealTimer);
      clearTimeout(timer);
      await enqueue(writeWaiting);
      await enqueue(sealForming);
      await journal?.close();
      await unlock();
    },
  };
}

async function open(paths: SpoolPaths): Promise<Recovered & { unlock: () => Promise<void> }> {
  await mkdir(paths.directory, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(paths.lock);
  return { unlock, ...(await recoverSpool(paths)) };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
