import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FaultCode, Fields, Reading, ReadLimits, ScanInput } from './item.ts';
import type { ParquetMessage, ParquetTask } from './parquet-messages.ts';

const LOOK_EVERY_MS = 100;
const HEAP_MB = 4_096;

/**
 * The items of a Parquet file, decoded in a thread that is ended when a row group takes more time or memory than its size
 * explains: a changed byte can make a decoder loop for ever.
 */
export async function* readParquet(
  input: ScanInput,
  fields: Fields,
  from: number,
  limits: ReadLimits,
): AsyncGenerator<Reading> {
  const { path, name, bytes } = input;
  let position = from;
  const decoding = startDecoding({ path, name, bytes, fields, from }, limits);
  try {
    for (;;) {
      const told = await decoding.next();
      if (told.tell === 'end') return;
      if (told.tell === 'fault') {
        const { code, detail } = told;
        const at = told.position ?? position;
        // Told before the scan was stopped.
        if (at >= from) yield { position: at, fault: { input: name, item: '', code, detail } };
        return;
      }
      for (const { item, kind, at, length, ...one } of told.items) {
        position = one.position + 1;
        const content = told.content.subarray(at, at + length);
        yield { position: one.position, item: { input: name, item, kind, content } };
      }
    }
  } finally {
    await decoding.stop();
  }
}

type Told =
  | Exclude<ParquetMessage, { tell: 'begin' | 'fault' }>
  | {
      readonly tell: 'fault';
      readonly position?: number;
      readonly code: FaultCode;
      readonly detail: string;
    };

function startDecoding(task: ParquetTask, limits: ReadLimits) {
  const file = new URL(`./parquet-worker${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  const before = process.memoryUsage.rss();
  const arrived: Told[] = [];
  let [leftMs, waitingSince] = [limits.groupMs, Number.NaN];
  let wake: (() => void) | undefined;
  const arrive = (told: Told) => {
    arrived.push(told);
    wake?.();
  };
  const end = (code: FaultCode, detail: string) => arrive({ tell: 'fault', code, detail });
  worker.on('message', (told: ParquetMessage) => {
    if (told.tell !== 'begin') return arrive(told);
    leftMs = limits.groupMs + (limits.groupMsPerMb * told.bytes) / 1e6;
    if (!Number.isNaN(waitingSince)) waitingSince = performance.now();
  });
  worker.on('error', (error: Error & { code?: string }) => {
    const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    end(full ? 'parquet-too-costly' : 'parquet-unreadable', full ? 'memory' : error.message);
  });
  worker.on('exit', (code) => end('parquet-unreadable', `the decoder ended with ${code}`));
  // The time the matcher takes is not the decoder's: only waiting counts.
  const guard = setInterval(() => {
    if (performance.now() - waitingSince > leftMs) end('parquet-too-costly', 'time');
    else if (process.memoryUsage.rss() - before > limits.groupMemoryBytes)
      end('parquet-too-costly', 'memory');
  }, LOOK_EVERY_MS);
  return {
    async next(): Promise<Told> {
      if (arrived.length === 0) {
        waitingSince = performance.now();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        leftMs -= performance.now() - waitingSince;
        [waitingSince, wake] = [Number.NaN, undefined];
      }
      const told = arrived.shift()!;
      if (told.tell === 'items') worker.postMessage('more');
      return told;
    },
    async stop(): Promise<void> {
      clearInterval(guard);
      await worker.terminate();
    },
  };
}
