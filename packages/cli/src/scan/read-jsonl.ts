import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import {
  type FaultCode,
  type Fields,
  kindOfBytes,
  type Reading,
  type ScanInput,
  USUAL_TEXT_FIELDS,
} from './item.ts';

const MAX_LINE_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
const FRAME_PIECE_BYTES = 128 * 1024;
const PIECES = { chunkSize: PIECE_BYTES };
const MAX_BRACKETS = 4_000_000;

/** One item for each line: its text fields, or the line itself where it is a JSON string. Empty lines count for nothing. */
export async function* readJsonl(input: ScanInput, fields: Fields, from: number): AsyncGenerator<Reading> {
  const { name } = input;
  let position = 0;
  try {
    for await (const { number, bytes } of linesOf(open(input))) {
      if (bytes !== 'too-long' && bytes.length === 0) continue;
      const at = position++;
      if (at < from) continue;
      const item = `line ${number}`;
      const read =
        bytes === 'too-long' ? { code: 'line-too-long' as const, detail: '' } : textOf(bytes, fields);
      if ('code' in read) yield { position: at, fault: { input: name, item, ...read } };
      else
        yield {
          position: at,
          item: { input: name, item, kind: kindOfText(read.text), content: read.text },
        };
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    const code = packingOf(name) === undefined ? 'file-unreadable' : 'file-damaged';
    if (position >= from) yield { position, fault: { input: name, item: '', code, detail } };
  }
}

/** Whether a name is that of a file of JSON lines, packed or not. */
export function isJsonl(name: string): boolean {
  return /\.(jsonl|ndjson)(\.gz|\.zst|\.zstd)?$/i.test(name);
}

/** Text of a record may be a page with markup. */
export function kindOfText(text: Uint8Array): 'text' | 'html' {
  const head = Buffer.from(text.subarray(0, 200)).toString('latin1').trimStart().toLowerCase();
  return head.startsWith('<!doctype html') || head.startsWith('<html') ? 'html' : 'text';
}

function textOf(
  line: Uint8Array,
  fields: Fields,
): { text: Uint8Array } | { code: FaultCode; detail: string } {
  if (nestsTooMuch(line)) return { code: 'line-too-costly', detail: '' };
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    return { code: 'line-not-utf8', detail: kindOfBytes(line) };
  }
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return { code: 'line-not-json', detail: error instanceof Error ? error.message : '' };
  }
  if (typeof value === 'string') return { text: Buffer.from(value) };
  const record = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const texts = (fields.text.length > 0 ? fields.text : USUAL_TEXT_FIELDS).flatMap((name) => {
    const text = Object.hasOwn(record, name) ? record[name] : undefined;
    return typeof text === 'string' ? [text] : [];
  });
  if (texts.length === 0)
    return { code: 'field-missing', detail: `fields: ${Object.keys(record).slice(0, 20).join(', ')}` };
  return { text: Buffer.from(texts.join('\n')) };
}

/** Each empty array costs thirty times its two characters; a line of nothing else would fill the memory. */
function nestsTooMuch(line: Uint8Array): boolean {
  if (line.length < MAX_BRACKETS) return false;
  let brackets = 0;
  for (const byte of line) if (byte === 0x5b || byte === 0x7b) brackets++;
  return brackets > MAX_BRACKETS;
}

type Line = { readonly number: number; readonly bytes: Uint8Array | 'too-long' };

function packingOf(name: string): 'gz' | 'zst' | undefined {
  const ending = name.toLowerCase().split('.').at(-1);
  if (ending === 'zstd') return 'zst';
  return ending === 'gz' || ending === 'zst' ? ending : undefined;
}

function open({ path, name, bytes }: ScanInput): AsyncIterable<Buffer> {
  const packing = packingOf(name);
  if (packing === 'zst') return unpackZstd(path, bytes);
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  // Errors of the file are told to whoever reads what is unpacked.
  return packing === 'gz' ? pipeline(file, createGunzip(PIECES), () => undefined) : file;
}

/** Node stops without a word behind the first frame; files have many of them. */
async function* unpackZstd(path: string, bytes: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes; ) {
    const frame = createZstdDecompress(PIECES);
    const file = createReadStream(path, { start, highWaterMark: FRAME_PIECE_BYTES });
    yield* pipeline(file, frame, () => undefined) as AsyncIterable<Buffer>;
    if (frame.bytesWritten === 0) throw new Error('nothing can be unpacked');
    start += frame.bytesWritten;
  }
}

/** Lines by their bytes; one that is too long is passed over without being held. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let [number, held, parts, skipping] = [1, 0, [] as Buffer[], false];
  const end = (last: Buffer): Line => {
    const bytes = skipping ? ('too-long' as const) : trimEnd(Buffer.concat([...parts, last]));
    [held, parts, skipping] = [0, [], false];
    return { number: number++, bytes };
  };
  for await (const chunk of pieces) {
    let begin = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, begin)) {
      yield end(skipping ? chunk.subarray(0, 0) : chunk.subarray(begin, at));
      begin = at + 1;
    }
    const rest = chunk.subarray(begin);
    held += rest.length;
    if (held > MAX_LINE_BYTES) [parts, skipping] = [[], true];
    if (!skipping && rest.length > 0) parts.push(rest);
  }
  if (parts.length > 0 || skipping) yield end(Buffer.alloc(0));
}

function trimEnd(line: Buffer): Uint8Array {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}
