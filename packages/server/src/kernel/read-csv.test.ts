import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow } from './csv.ts';
import { CsvError, readCsv } from './read-csv.ts';

async function read(bytes: Uint8Array, piece = bytes.length || 1) {
  async function* open() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const found = [];
  for await (const { line, cells } of readCsv(open)) found.push([line, ...cells]);
  return found;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const TABLE = [
  [1, 'name', 'town'],
  [2, 'Zoë Łuczak', 'Köln'],
];

describe('a table as people save it', () => {
  it.each([
    ['commas', utf8('name,town\nZoë Łuczak,Köln\n')],
    ['semicolons, mark, CRLF', utf8('\ufeffname;town\r\nZoë Łuczak;Köln')],
    ['tabs, old Mac', utf8('name\ttown\rZoë Łuczak\tKöln\r')],
    ['sep=', utf8('name;town\nZoë Łuczak;Köln').subarray(0)],
    ['UTF-16 LE', Buffer.from('\ufeffname;town\r\nZoë Łuczak;Köln\r\n', 'utf16le')],
    ['UTF-16 LE without a mark', Buffer.from('name;town\r\nZoë Łuczak;Köln\r\n', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\ufeffname;town\r\nZoë Łuczak;Köln\r\n', 'utf16le').swap16()],
    ['quotes', utf8('"name","town"\n"Zoë Łuczak","Köln"\n')],
  ])('%s', async (_kind, bytes) => {
    for (const piece of [1, 7, bytes.length]) expect(await read(bytes, piece)).toEqual(TABLE);
  });

  it('Windows-1252 shows itself at the last letter', async () => {
    const bytes = Buffer.concat([
      utf8(`name;town\n${'Ada;Bonn\n'.repeat(50)}`),
      Buffer.from('Jos\xe9;K\xf6ln', 'latin1'),
    ]);
    expect((await read(bytes, 16)).at(-1)).toEqual([52, 'José', 'Köln']);
  });

  it('knows lines, quotes in quotes, breaks in cells, empty lines and a declared separator', async () => {
    expect(await read(utf8('sep=|\na|b\n\n"x ""y"" | z"|"two\r\nlines"\n;;|\n'), 3)).toEqual([
      [2, 'a', 'b'],
      [4, 'x "y" | z', 'two\r\nlines'],
      [6, ';;', ''],
    ]);
  });

  it.each([
    ['binary', Buffer.from('PK\x03\x04rest')],
    ['binary', Buffer.from('a,b\n\x01\x00\x02')],
    ['quote', utf8('a,b\n"never closed,c\n')],
    ['long', utf8(`a,b\n${'x'.repeat(100_001)}`)],
  ])('refuses what is none (%s)', async (reason, bytes) => {
    const error = await read(bytes).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CsvError);
    expect((error as CsvError).reason).toBe(reason);
  });

  it('reads what is written, in pieces of any size', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 12 })
      .map((s) => s.replaceAll('\0', '').replace(/^[=+\-@\t\r']+/, ''));
    const rows = fc.array(fc.tuple(text, text, text), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (table, piece) => {
        const bytes = utf8(`${csvRow(['a', 'b', 'c'])}${table.map((row) => csvRow(row)).join('')}`);
        const found = (await read(bytes, piece)).slice(1).map(([, ...cells]) => cells);
        expect(found).toEqual(table.filter((row) => row.some((cell) => cell.trim() !== '')));
      }),
      { numRuns: 150 },
    );
  });
});
