import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { NetError } from './errors.ts';

// A coded body may be a little larger than the decoded one; without a bound, a stream that decodes to nothing never ends.
const CODING_SLACK = 65_536;

/** Reads a body to its end, decoded, and stops as soon as it is larger than `maxBytes`. */
export async function readBody(source: Readable, coding: string, maxBytes: number): Promise<Uint8Array> {
  const iterator = source.iterator({ destroyOnReturn: true });
  const first = await iterator.next();
  if (first.done === true) return new Uint8Array(0);
  const decoder = createDecoder(coding, first.value);
  if (decoder === undefined) return collect(limit(resume(first.value, iterator), maxBytes));
  let body: Uint8Array = new Uint8Array(0);
  await pipeline(
    Readable.from(limit(resume(first.value, iterator), maxBytes + CODING_SLACK)),
    decoder,
    async (decoded: AsyncIterable<Uint8Array>) => {
      body = await collect(limit(decoded, maxBytes));
    },
  );
  return body;
}

function createDecoder(coding: string, start: Uint8Array): Transform | undefined {
  switch (coding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      // RFC 9110 section 8.4.1.2 means the zlib format; some servers send the bare stream.
      return (start[0]! & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      throw new NetError('net-bad-response', 'The answer is packed in a way that was not asked for.', coding);
  }
}

async function* resume(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* limit(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.byteLength;
    if (total > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

/** The refusal of a body over the limit. */
export function tooLarge(maxBytes: number): NetError {
  return new NetError('net-too-large', `The answer is larger than ${maxBytes} bytes.`);
}
