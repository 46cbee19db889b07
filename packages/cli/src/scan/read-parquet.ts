import { open } from 'node:fs/promises';
import { type FileMetaData, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import {
  type FaultCode,
  type Fields,
  kindOfBytes,
  type Reading,
  type ScanInput,
  type ScanItem,
  USUAL_BYTES_FIELDS,
  USUAL_TEXT_FIELDS,
} from './item.ts';
import { kindOfText } from './read-jsonl.ts';

const MAX_GROUP_BYTES = 1024 ** 3;
const MAX_GROUP_ROWS = 20_000_000;

class ParquetFault extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Items of each row: its text columns as one, and each column with a file. One row group is in memory at a time. */
export async function* readParquet(input: ScanInput, fields: Fields, from: number): AsyncGenerator<Reading> {
  const handle = await open(input.path);
  let position = 0;
  try {
    const file = {
      byteLength: input.bytes,
      slice: async (start: number, end = input.bytes) => {
        const length = Math.min(end, input.bytes) - start;
        if (start < 0 || length < 0) throw new ParquetFault('parquet-lying', 'it points outside of itself');
        const bytes = new Uint8Array(length);
        const { bytesRead } = await handle.read(bytes, 0, length, start);
        if (bytesRead !== length) throw new ParquetFault('parquet-unreadable', 'it ends too early');
        return bytes.buffer;
      },
    };
    const metadata = await parquetMetadataAsync(file);
    const columns = columnsOf(metadata, fields);
    checkTotals(metadata);
    let row = 0;
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      const perRow = (columns.text.length > 0 ? 1 : 0) + columns.bytes.length;
      if (position + rows * perRow <= from) {
        [position, row] = [position + rows * perRow, row + rows];
        continue;
      }
      checkGroup(group, [...columns.text, ...columns.bytes], input.bytes);
      const read = await parquetReadObjects({
        ...{ file, metadata, compressors, rowStart: row, rowEnd: row + rows, utf8: false },
        columns: [...columns.text, ...columns.bytes],
      });
      if (read.length !== rows)
        throw new ParquetFault('parquet-lying', `a row group of ${rows} rows holds ${read.length}`);
      for (const record of read) {
        for (const item of itemsOf(record, columns, { input: input.name, item: `row ${row}` })) {
          const at = position++;
          if (at >= from) yield { position: at, item };
        }
        row++;
      }
    }
  } catch (error) {
    const code = error instanceof ParquetFault ? error.code : 'parquet-unreadable';
    const detail = error instanceof Error ? error.message : '';
    yield { position, fault: { input: input.name, item: '', code, detail } };
  } finally {
    await handle.close();
  }
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

/** What a group says of itself must fit the file, before anything is allocated for it. */
function checkGroup(
  group: FileMetaData['row_groups'][number],
  names: readonly string[],
  bytes: number,
): void {
  if (group.num_rows < 0n || group.num_rows > BigInt(MAX_GROUP_ROWS))
    throw new ParquetFault('parquet-lying', `a row group says it has ${group.num_rows} rows`);
  let held = 0n;
  for (const { meta_data: column } of group.columns) {
    if (!column || !names.includes(column.path_in_schema[0] ?? '')) continue;
    if (column.data_page_offset < 0n || column.total_compressed_size < 0n)
      throw new ParquetFault('parquet-lying', 'a column begins before the file');
    if (column.data_page_offset + column.total_compressed_size > BigInt(bytes))
      throw new ParquetFault('parquet-lying', 'a column ends behind the file');
    held += column.total_uncompressed_size;
  }
  if (held > BigInt(MAX_GROUP_BYTES)) throw new ParquetFault('parquet-row-group-too-large', `${held} bytes`);
}

function itemsOf(
  record: Record<string, unknown>,
  columns: Columns,
  where: { input: string; item: string },
): ScanItem[] {
  const items: ScanItem[] = [];
  if (columns.text.length > 0) {
    const texts = columns.text.map((name) => Buffer.from(bytesIn(record[name])));
    const content = texts.length === 1 ? texts[0]! : Buffer.from(texts.join('\n'));
    items.push({ ...where, kind: kindOfText(content), content });
  }
  for (const name of columns.bytes) {
    const content = bytesIn(record[name]);
    items.push({ ...where, item: `${where.item} ${name}`, kind: kindOfBytes(content), content });
  }
  return items;
}

/** Files lie in a column as bytes, or, as image datasets do, in a struct with `bytes` beside a path. */
function bytesIn(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value);
  if (typeof value === 'object' && value !== null && 'bytes' in value) return bytesIn(value.bytes);
  return new Uint8Array();
}
