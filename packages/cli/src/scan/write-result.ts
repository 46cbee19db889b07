import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Entitlement } from './ask-entitlement.ts';
import type { Hit } from './progress-file.ts';

/** A hit with what the company may do with the work; without an instance to ask: `unknown`. */
export type ResultRow = Hit & { readonly entitlement: Entitlement | undefined };

/**
 * Writes one row for each hit as Parquet; the file appears whole or not at all. Columns: `input`, `item`, `sha256`,
 * `work`, `match`, `words`, `coverage`, `runs` (JSON), `entitlement`, `agreement`, `price_amount_micro`,
 * `price_per_units`, `price_unit`, `price_currency`, `reason`.
 */
export function writeResult(path: string, rows: readonly ResultRow[], about: Record<string, string>): void {
  const text = (name: string, of: (row: ResultRow) => string | undefined) => ({
    name,
    data: rows.map((row) => of(row) ?? null),
    type: 'STRING' as const,
  });
  const whole = (name: string, of: (row: ResultRow) => string | number | undefined) => ({
    name,
    data: rows.map((row) => {
      const value = of(row);
      return value === undefined ? null : BigInt(value);
    }),
    type: 'INT64' as const,
  });
  const bytes = parquetWriteBuffer({
    columnData: [
      text('input', ({ input }) => input),
      text('item', ({ item }) => item),
      text('sha256', ({ sha256 }) => sha256),
      text('work', ({ work }) => work),
      text('match', ({ kind }) => kind),
      whole('words', ({ words }) => words),
      {
        name: 'coverage',
        data: rows.map(({ coverage }) => coverage ?? null),
        type: 'DOUBLE' as const,
      },
      text('runs', ({ runs }) => runs && JSON.stringify(runs)),
      text('entitlement', ({ entitlement }) => entitlement?.state ?? 'unknown'),
      text('agreement', ({ entitlement }) => entitlement?.agreementId),
      whole('price_amount_micro', ({ entitlement }) => entitlement?.price?.amountMicro),
      whole('price_per_units', ({ entitlement }) => entitlement?.price?.perUnits),
      text('price_unit', ({ entitlement }) => entitlement?.price?.unit),
      text('price_currency', ({ entitlement }) => entitlement?.price?.currency),
      text('reason', ({ entitlement }) => entitlement?.reason),
    ],
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: 'clearway',
  });
  writeWhole(path, new Uint8Array(bytes));
}

/** Under another name first, so that nobody reads half a file. */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  const part = `${path}.part`;
  writeFileSync(part, bytes);
  const file = openSync(part, 'r');
  fsyncSync(file);
  closeSync(file);
  renameSync(part, path);
}
