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
import { journalName, recoverSpool, segmentName, spoolPaths } from './recover-spool.ts';
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
/** The head is only a short cut for the next start: it need not be written with every segment. */
const HEAD_EVERY = 50;

/** Records on their way into one segment. */
type Batch = {
  readonly bundle: number;
  readonly records: UsageRecord[];
  bytes: number;
  /** Undefined until the first record was written. */
  journal: Journal | undefined;
  path: string;
  sealed?: Sealed;
};

type Sealed = { readonly segment: Segment; readonly text: string };

type Waiting = { readonly record: UsageRecord; readonly line: string; readonly bundle: number };

/**
 * Opens a spool and recovers what an earlier run left, also one that was killed.
 *
 * Records gather for a few milliseconds, are appended to a journal as one group and synced; only then are they counted as
 * durable. Full journals are sealed beside that: segments, hash-chained, signed, each written whole. Nothing waits for
 * this but `flush`, `seal` and `close`. Throws where the directory cannot be used or another process uses it.
 */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { gate, site, privateKey, lease = 20_000, groupMs = 5, sealEveryMs = 10_000 } = options;
  const paths = spoolPaths(options.directory);
  await mkdir(paths.directory, { recursive: true, mode: 0o700 });
  const unlock = await lockDirectory(paths.lock);
  const { head, journals } = await recoverSpool(paths);
  const taken = new Map(head.agreements);
  const durable = new Map(head.agreements);
  const tokens = new Map([...head.tokens].map(([id, { count }]) => [id, count]));
  const refusals = createRefusals();
  let forming: Batch | undefined;
  let full: Batch[] = [];
  let waiting: Waiting[] = [];
  let nextRecord = head.record + 1;
  let newestBundle = 0;
  let headWritten = head.segment;
  let underway = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const write = createQueue();
  const sealing = createQueue();

  for (const { path, bundle, length, records } of journals) {
    const journal = await openJournal(path, length);
    // Lines that outlived a killed process in the machine's memory become durable here.
    await journal.append('');
    full.push({ bundle, records: [...records], bytes: length, journal, path });
    for (const { seq, agreement, tokenId } of records) {
      add(taken, agreement);
      add(durable, agreement);
      add(tokens, tokenId);
      nextRecord = seq + 1;
    }
    newestBundle = bundle;
  }
  void sealing(sealFull);
  const sealTimer = setInterval(() => void sealAll(), sealEveryMs);
  sealTimer.unref();

  /** A queue whose tasks run one after the other; a failure is told, and what failed is tried again. */
  function createQueue(): (task: () => Promise<void>) => Promise<void> {
    let last: Promise<void> = Promise.resolve();
    return function enqueue(task) {
      last = last.then(() => untilDone(task));
      return last;
    };
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
      const { bundle, record } = waiting[0]!;
      if (forming && forming.bundle !== bundle) finishForming();
      forming ??= { bundle, records: [], bytes: 0, journal: undefined, path: '' };
      const batch = forming;
      const group = groupFor(batch);
      if (!batch.journal) {
        batch.path = join(paths.directory, journalName(record.seq, bundle));
        batch.journal = await openJournal(batch.path, 0);
      }
      const lines = group.map(({ line }) => line).join('');
      await batch.journal.append(lines);
      waiting = waiting.slice(group.length);
      batch.bytes += lines.length;
      for (const each of group) {
        batch.records.push(each.record);
        add(durable, each.record.agreement);
      }
      if (isFull(batch)) finishForming();
    }
  }

  function finishForming(): void {
    if (forming) full.push(forming);
    forming = undefined;
    void sealing(sealFull);
  }

  /** As many waiting records as share the batch's bundle and fit into it. */
  function groupFor(batch: Batch): Waiting[] {
    let count = 0;
    let bytes = batch.bytes;
    for (const { bundle, line } of waiting) {
      const room = batch.records.length + count < SEGMENT_MAX_RECORDS && bytes < JOURNAL_MAX_BYTES;
      if (bundle !== batch.bundle || !room) break;
      count += 1;
      bytes += line.length;
    }
    return waiting.slice(0, count);
  }

  async function sealFull(): Promise<void> {
    while (full.length > 0) {
      const batch = full[0]!;
      await sealBatch(batch);
      full = full.slice(1);
      await batch.journal?.close();
      if (batch.path !== '') await unlink(batch.path);
      options.onSealed?.();
    }
    if (closed || head.segment >= headWritten + HEAD_EVERY) await writeHead();
  }

  async function sealBatch(batch: Batch): Promise<void> {
    // Once signed it is written as it is, however often that takes: two segments of one number would break the chain.
    batch.sealed ??= await sign(batch);
    const { segment, text } = batch.sealed;
    await writeWhole(join(paths.segments, segmentName(segment.seq)), text);
    advance(head, segment, text);
  }

  async function sign({ bundle, records }: Batch): Promise<Sealed> {
    const counts = refusals.take();
    const times = [...records.map(({ at }) => at), ...counts.flatMap(({ from, to }) => [from, to])];
    const segment: Segment = {
      format: SEGMENT_FORMAT,
      gate,
      site,
      seq: head.segment + 1,
      prev: head.hash,
      from: times.reduce((a, b) => Math.min(a, b)),
      to: times.reduce((a, b) => Math.max(a, b)),
      records,
      refusals: counts,
      bundle,
    };
    try {
      return { segment, text: await sealSegment(segment, { privateKey }) };
    } catch (error) {
      refusals.restore(counts);
      throw error;
    }
  }

  async function writeHead(): Promise<void> {
    await writeWhole(paths.head, formatHead(head));
    headWritten = head.segment;
    const current = new Set([...head.tokens.keys(), ...waiting.map(({ record }) => record.tokenId)]);
    for (const batch of [...full, ...(forming ? [forming] : [])])
      for (const { tokenId } of batch.records) current.add(tokenId);
    for (const id of tokens.keys()) if (!current.has(id)) tokens.delete(id);
  }

  async function sealAll(): Promise<void> {
    await write(async () => {
      await writeWaiting();
      if (forming) finishForming();
      else if (refusals.size > 0 && newestBundle > 0 && full.length === 0)
        full.push({ bundle: newestBundle, records: [], bytes: 0, journal: undefined, path: '' });
    });
    await sealing(sealFull);
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
      add(taken, record.agreement);
      add(tokens, record.tokenId);
      if (waiting.length === SEGMENT_MAX_RECORDS) void write(writeWaiting);
      timer ??= setTimeout(() => {
        timer = undefined;
        void write(writeWaiting);
      }, groupMs);
    },
    refused(reason, agentName, at, bundle) {
      newestBundle = bundle ?? newestBundle;
      refusals.add(reason, agentName, at);
    },
    counts: (agreement) => ({ count: taken.get(agreement) ?? 0, durable: durable.get(agreement) ?? 0 }),
    fetchesOf: (tokenId) => tokens.get(tokenId) ?? 0,
    flush: () => write(writeWaiting),
    seal: sealAll,
    async close() {
      closed = true;
      clearInterval(sealTimer);
      clearTimeout(timer);
      try {
        await sealAll();
      } finally {
        await unlock();
      }
    },
  };
}

function isFull({ records, bytes }: Batch): boolean {
  return records.length >= SEGMENT_MAX_RECORDS || bytes >= JOURNAL_MAX_BYTES;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
