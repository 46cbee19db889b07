import { readFile } from 'node:fs/promises';
import { type Fields, kindOf, type Reading, type ScanInput } from './item.ts';
import { readJsonl } from './read-jsonl.ts';
import { readParquet } from './read-parquet.ts';

const MAX_FILE_BYTES = 1024 ** 3;

/** The items of one input, from a position on: the same input gives the same items in the same order. */
export async function* readInput(input: ScanInput, fields: Fields, from = 0): AsyncGenerator<Reading> {
  if (/\.(jsonl|ndjson)$/i.test(input.name)) yield* readJsonl(input, fields, from);
  else if (/\.parquet$/i.test(input.name)) yield* readParquet(input, fields, from);
  else if (from === 0) yield await readWhole(input);
}

async function readWhole(input: ScanInput): Promise<Reading> {
  const at = { position: 0 };
  const where = { input: input.name, item: '' };
  if (input.bytes > MAX_FILE_BYTES)
    return { ...at, fault: { ...where, code: 'file-too-large', detail: `${input.bytes} bytes` } };
  try {
    const content = await readFile(input.path);
    return { ...at, item: { ...where, kind: kindOf(input.name, content), content } };
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    return { ...at, fault: { ...where, code: 'file-unreadable', detail } };
  }
}
