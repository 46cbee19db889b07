import type { FaultCode, Fields, ItemKind } from './item.ts';

/** What the thread that decodes a Parquet file is given. */
export type ParquetTask = {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly fields: Fields;
  readonly from: number;
};

/** An item whose content is a part of the bytes beside it. */
export type PackedItem = {
  readonly position: number;
  readonly item: string;
  readonly kind: ItemKind;
  readonly at: number;
  readonly length: number;
};

/** What that thread tells. After each `items` it waits for an answer when two of them are unanswered. */
export type ParquetMessage =
  /** Of how many bytes the next part is; it is decoded until the next `begin` or `end`. */
  | { readonly tell: 'begin'; readonly bytes: number }
  | { readonly tell: 'items'; readonly items: readonly PackedItem[]; readonly content: Uint8Array }
  | { readonly tell: 'fault'; readonly position: number; readonly code: FaultCode; readonly detail: string }
  | { readonly tell: 'end' };

/** Batches on their way at one time. */
export const AHEAD = 2;
