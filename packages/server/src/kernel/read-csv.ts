/** One record of a table: where it begins in the file (the first line is 1), and its cells. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

/** A file that is no table: `binary` (a spreadsheet, a picture), `quote` (one is never closed), `long` (a record without end). */
export class CsvError extends Error {
  readonly code = 'csv-unreadable';
  readonly reason: 'binary' | 'quote' | 'long';
  readonly line: number;

  constructor(reason: 'binary' | 'quote' | 'long', line: number) {
    super(`${reason} at line ${line}`);
    this.reason = reason;
    this.line = line;
  }
}

const MAX_RECORD = 100_000;

/**
 * Reads a table as people save it: commas, semicolons or tabs, with or without quotes (RFC 4180), in UTF-8, UTF-16 or
 * Windows-1252, with or without a byte order mark, any line ends, a line `sep=;` first. Empty lines are left out. The
 * content is read twice, so that one letter near the end still says which encoding it is; never more than a piece of it
 * is in memory. Throws `CsvError`.
 */
export async function* readCsv(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const parser = createParser();
  for await (const text of decode(open(), await encodingOf(open()))) yield* parser.feed(text);
  yield* parser.end();
}

async function* decode(content: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of content) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** By its mark, by the zeros of UTF-16, or UTF-8 if it is that to the end; what is left is what old spreadsheets write. */
async function encodingOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let head: Uint8Array = new Uint8Array();
  let valid = true;
  for await (const chunk of content) {
    if (head.length < 4) {
      head = Buffer.concat([head, chunk.subarray(0, 4)]);
      const wide = wideEncodingOf(head);
      if (wide !== undefined) return wide;
    }
    if (head.length >= 4 && (chunk.includes(0) || head.includes(0))) throw new CsvError('binary', 1);
    if (valid) valid = fits(utf8, chunk);
  }
  if (valid) valid = fits(utf8);
  return valid ? 'utf-8' : 'windows-1252';
}

function fits(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function wideEncodingOf(head: Uint8Array): string | undefined {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  // A zip, as spreadsheets are inside; a PDF; old Excel.
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) throw new CsvError('binary', 1);
  if ((a === 0x25 && b === 0x50 && c === 0x44) || (a === 0xd0 && b === 0xcf)) throw new CsvError('binary', 1);
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be';
  return undefined;
}

/** `quoted`: inside quotes. `after`: behind a quote that may end the cell or be half of a doubled one. */
type Mode = 'plain' | 'quoted' | 'after';

function createParser() {
  let waiting = '';
  let separator: string | undefined;
  let mode: Mode = 'plain';
  let cell = '';
  let cells: string[] = [];
  let size = 0;
  let line = 1;
  let begun = 1;
  let afterReturn = false;

  function* record(): Generator<CsvRecord> {
    cells.push(cell);
    const found = { line: begun, cells };
    cell = '';
    cells = [];
    size = 0;
    if (found.cells.some((text) => text.trim() !== '')) yield found;
  }

  function* read(text: string): Generator<CsvRecord> {
    for (const char of text) {
      if (char === '\n' && afterReturn) {
        afterReturn = false;
        begun = mode === 'quoted' ? begun : line;
        if (mode === 'quoted') cell += char;
        continue;
      }
      afterReturn = char === '\r';
      const ends = char === '\n' || char === '\r';
      if (ends) line += 1;
      if (++size > MAX_RECORD) throw new CsvError('long', begun);
      if (mode === 'quoted') {
        if (char === '"') mode = 'after';
        else cell += char;
      } else if (mode === 'after' && char === '"') {
        cell += char;
        mode = 'quoted';
      } else if (ends) {
        mode = 'plain';
        yield* record();
        begun = line;
      } else if (char === separator) {
        mode = 'plain';
        cells.push(cell);
        cell = '';
      } else if (char === '"' && mode === 'plain' && cell.trim() === '') {
        cell = '';
        mode = 'quoted';
      } else cell += char;
    }
  }

  return {
    *feed(text: string): Generator<CsvRecord> {
      if (separator !== undefined) return yield* read(text);
      // The first line says what stands between cells.
      waiting += text;
      const head = firstLine(waiting);
      if (head === undefined && waiting.length < MAX_RECORD) return;
      yield* this.begin(head ?? waiting);
    },
    *begin(head: string): Generator<CsvRecord> {
      const text = waiting;
      waiting = '';
      const declared = /^sep=(.)\s*$/.exec(head)?.[1];
      separator = declared ?? likeliest(head);
      if (declared === undefined) return yield* read(text);
      line = 2;
      begun = 2;
      yield* read(text.slice(head.length).replace(/^\r?\n?/, ''));
    },
    *end(): Generator<CsvRecord> {
      if (separator === undefined) yield* this.begin(waiting);
      if (mode === 'quoted') throw new CsvError('quote', begun);
      yield* record();
    },
  };
}

function firstLine(text: string): string | undefined {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r') && text.slice(0, i).trim() !== '')
      return text.slice(0, i);
  }
  return undefined;
}

function likeliest(head: string): string {
  const bare = head.replace(/"[^"]*"/g, '');
  const count = (char: string) => bare.split(char).length - 1;
  return [';', '\t', ','].reduce((best, char) => (count(char) > count(best) ? char : best), ',');
}
