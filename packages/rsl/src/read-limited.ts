/** Bytes that arrive piece by piece: the body of a `Response`, a file, anything that can be iterated. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** What {@link readLimited} read: all of it, or the first part of it. */
export interface LimitedBytes {
  readonly bytes: Uint8Array;
  /** False when there was more than the limit; the rest was never read. */
  readonly complete: boolean;
}

/**
 * Reads at most `maxBytes` of a stream and lets go of the rest at once, so that a stream of any length costs no more
 * than the limit. A piece that never comes is given up when `signal` aborts: then the reason of the signal is thrown.
 *
 * @example
 * ```ts
 * import { readLimited } from '@clearway/rsl';
 *
 * const { bytes, complete } = await readLimited(new Blob(['abcdef']).stream(), 4);
 * bytes.length // => 4
 * complete // => false
 * ```
 */
export async function readLimited(
  source: ByteSource,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<LimitedBytes> {
  const { next, stop } = open(source);
  const pieces: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  try {
    while (size <= maxBytes) {
      const { done, value } = await orAborted(next(), signal);
      if (done) {
        complete = true;
        break;
      }
      pieces.push(value);
      size += value.byteLength;
    }
  } finally {
    // Nobody waits for the other side to agree that it may stop; and what it says about that concerns nobody.
    if (!complete) stop().catch(() => undefined);
  }
  return { bytes: joined(pieces, Math.min(size, maxBytes)), complete };
}

/** Waits for a promise, but no longer than the signal allows. Throws the reason of the signal. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let giveUp: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  // What comes too late, good or bad, is not waited for.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp!);
  }
}

type Piece =
  | { readonly done: true; readonly value?: unknown }
  | { readonly done?: false; readonly value: Uint8Array };

/** Not every browser lets a stream be iterated, so it is read by its reader. */
function open(source: ByteSource): { next: () => Promise<Piece>; stop: () => Promise<unknown> } {
  if ('getReader' in source) {
    const reader = source.getReader();
    return { next: () => reader.read() as Promise<Piece>, stop: () => reader.cancel() };
  }
  const iterator = source[Symbol.asyncIterator]();
  return {
    next: () => iterator.next() as Promise<Piece>,
    stop: async () => iterator.return?.(),
  };
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(0, size - at);
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
