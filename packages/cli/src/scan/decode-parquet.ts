import { type FileHandle, open } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { decompressors } from './decompress.ts';
import {
  type FaultCode,
  type Fields,
  type ItemKind,
  kindOfBytes,
  USUAL_BYTES_FIELDS,
  USUAL_TEXT_FIELDS,
} from './item.ts';
import type { ParquetMessage, ParquetTask } from './parquet-messages.ts';
import { kindOfText } from './read-jsonl.ts';

const MAX_GROUP_BYTES = 1024 ** 3;
const MAX_GROUP_ROWS = 20_000_000;
/** Page headers are not counted the same by all writers. */
const SLACK_BYTES = 1024 * 1024;
const NEW_LINE = Buffer.from('\n');

class ParquetFault extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** An item before it is packed. */
export type DecodedItem = {
  readonly position: number;
  readonly item: string;
  readonly kind: ItemKind;
  readonly content: Uint8Array;
};

type Step = DecodedItem | Extract<ParquetMessage, { tell: 'begin' | 'fault' }>;

/** Items of each row: its text columns as one, and each column with a file. One row group is in memory at a time. */
export async function* decodeParquet({ path, bytes, fields, from }: ParquetTask): AsyncGenerator<Step> {
  let position = 0;
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const file = sliceable(handle, bytes);
    yield { tell: 'begin', bytes: await footerBytes(file) };
    const metadata = await parquetMetadataAsync(file);
    const columns = columnsOf(metadata, fields);
    checkTotals(metadata);
    const names = [...columns.text, ...columns.bytes];
    let row = 0;
    for (const group of metadata.row_groups) {
      checkRows(group);
      const rows = Number(group.num_rows);
      const perRow = (columns.text.length > 0 ? 1 : 0) + columns.bytes.length;
      if (position + rows * perRow <= from) {
        [position, row] = [position + rows * perRow, row + rows];
        continue;
      }
      const held = checkGroup(group, names, bytes);
      yield { tell: 'begin', bytes: held };
      const compressors = decompressors(held + SLACK_BYTES, () => {
        throw new ParquetFault('parquet-lying', `a row group of ${held} bytes holds more`);
      });
      const read = await parquetReadObjects({
        ...{ file, metadata, compressors, rowStart: row, rowEnd: row + rows, utf8: false },
        columns: names,
      });
      if (read.length !== rows)
        throw new ParquetFault('parquet-lying', `a row group of ${rows} rows holds ${read.length}`);
      let made = 0;
      for (const record of read) {
        for (const item of itemsOf(record, columns, `row ${row}`)) {
          // A dictionary repeats its entries for next to nothing.
          made += item.content.length;
          if (made > MAX_GROUP_BYTES) throw new ParquetFault('parquet-row-group-too-large', `${made} bytes`);
          const at = position++;
          if (at >= from) yield { position: at, ...item };
        }
        row++;
      }
    }
  } catch (error) {
    const code = error instanceof ParquetFault ? error.code : 'parquet-unreadable';
    const detail = error instanceof Error ? error.message : '';
    yield { tell: 'fault', position, code, detail };
  } finally {
    await handle?.close();
  }
}

function sliceable(handle: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    async slice(start: number, end = byteLength) {
      const length = Math.min(end, byteLength) - start;
      if (start < 0 || length < 0) throw new ParquetFault('parquet-lying', 'it points outside of itself');
      const bytes = new Uint8Array(length);
      const { bytesRead } = await handle.read(bytes, 0, length, start);
      if (bytesRead !== length) throw new ParquetFault('parquet-unreadable', 'it ends too early');
      return bytes.buffer;
    },
  };
}

/** The last bytes of a file say how long what it tells about itself is. */
async function footerBytes(file: AsyncBuffer): Promise<number> {
  if (file.byteLength < 12) throw new ParquetFault('parquet-unreadable', `${file.byteLength} bytes`);
  const end = new DataView(await file.slice(file.byteLength - 8));
  return Math.min(end.getUint32(0, true), file.byteLength);
}

type Columns = { readonly text: readonly string[]; readonly bytes: readonly string[] };

function columnsOf(metadata: FileMetaData, fields: Fields): Columns {
  const there = parquetSchema(metadata).children.map(({ element }) => element.name);
  const pick = (named: readonly string[], usual: readonly string[]) =>
    (named.length > 0 ? named : usual).filter((name) => there.includes(name));
  const columns = {
    text: pick(fields.text, USUAL_TEXT_FIELDS),
    bytes: pick(fields.bytes, USUAL_BYTES_FIELDS),
  };
  if (columns.text.length + columns.bytes.length === 0)
    throw new ParquetFault('no-text-field', `columns: ${there.slice(0, 30).join(', ')}`);
  return columns;
}

function checkTotals(metadata: FileMetaData): void {
  const sum = metadata.row_groups.reduce((rows, group) => rows + group.num_rows, 0n);
  if (sum !== metadata.num_rows)
    throw new ParquetFault('parquet-lying', `it says ${metadata.num_rows} rows, its groups say ${sum}`);
}

type RowGroup = FileMetaData['row_groups'][number];

function checkRows(group: RowGroup): void {
  if (group.num_rows < 0n || group.num_rows > BigInt(MAX_GROUP_ROWS))
    throw new ParquetFault('parquet-lying', `a row group says it has ${group.num_rows} rows`);
}

/** What a group says of itself must fit the file, before anything is allocated for it. Answers its size when readable. */
function checkGroup(group: RowGroup, names: readonly string[], bytes: number): number {
  let held = 0n;
  for (const { meta_data: column } of group.columns) {
    if (!column || !names.includes(column.path_in_schema[0] ?? '')) continue;
    if (column.data_page_offset < 0n || column.total_compressed_size < 0n)
      throw new ParquetFault('parquet-lying', 'a column begins before the file');
    if (column.data_page_offset + column.total_compressed_size > BigInt(bytes))
      throw new ParquetFault('parquet-lying', 'a column ends behind the file');
    if (column.total_uncompressed_size < 0n)
      throw new ParquetFault('parquet-lying', 'a column has a size below zero');
    held += column.total_uncompressed_size;
  }
  if (held > BigInt(MAX_GROUP_BYTES)) throw new ParquetFault('parquet-row-group-too-large', `${held} bytes`);
  return Number(held);
}

function itemsOf(
  record: Record<string, unknown>,
  columns: Columns,
  row: string,
): Omit<DecodedItem, 'position'>[] {
  const items: Omit<DecodedItem, 'position'>[] = [];
  if (columns.text.length > 0) {
    const texts = columns.text.map((name) => bytesIn(record[name]));
    const content = texts.length === 1 ? texts[0]! : joined(texts);
    items.push({ item: row, kind: kindOfText(content), content });
  }
  for (const name of columns.bytes) {
    const content = bytesIn(record[name]);
    items.push({ item: `${row} ${name}`, kind: kindOfBytes(content), content });
  }
  return items;
}

function joined(texts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(texts.flatMap((text, at) => (at === 0 ? [text] : [NEW_LINE, text])));
}

/** Files lie in a column as bytes, or, as image datasets do, in a struct with `bytes` beside a path. */
function bytesIn(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value);
  if (typeof value === 'object' && value !== null && 'bytes' in value) return bytesIn(value.bytes);
  return new Uint8Array();
}
