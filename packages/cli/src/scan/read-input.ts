import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { type Fields, kindOf, READ_LIMITS, type Reading, type ReadLimits, type ScanInput } from './item.ts';
import { isJsonl, readJsonl } from './read-jsonl.ts';
import { readParquet } from './read-parquet.ts';

const HEAD_BYTES = 4_096;
const PIECE_BYTES = 1024 * 1024;

/** The items of one input, from a position on: the same input gives the same items in the same order. */
export async function* readInput(
  input: ScanInput,
  fields: Fields,
  from = 0,
  limits: ReadLimits = READ_LIMITS,
): AsyncGenerator<Reading> {
  if (isJsonl(input.name)) yield* readJsonl(input, fields, from);
  else if (/\.parquet$/i.test(input.name)) yield* readParquet(input, fields, from, limits);
  else if (from === 0) yield await readFileItem(input, limits);
}

async function readFileItem(input: ScanInput, limits: ReadLimits): Promise<Reading> {
  const at = { position: 0 };
  const where = { input: input.name, item: '' };
  try {
    if (input.bytes > limits.wholeBytes) {
      const kind = kindOf(input.name, await headOf(input.path));
      const pieces = () => createReadStream(input.path, { highWaterMark: PIECE_BYTES });
      return { ...at, item: { ...where, kind, content: { length: input.bytes, pieces } } };
    }
    const content = await readFile(input.path);
    return { ...at, item: { ...where, kind: kindOf(input.name, content), content } };
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    return { ...at, fault: { ...where, code: 'file-unreadable', detail } };
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
