import type { Bytes, JsonValue } from '@clearway/protocol';

/** What a use case puts on record. */
export type LeafInput = {
  /** What kind of fact, e.g. `work.registered`; public. At most 64 characters of `a-z 0-9 . -`. */
  readonly type: string;
  /** The fact itself: plain JSON, amounts as strings. Known only to those who are shown it. */
  readonly record: { readonly [name: string]: JsonValue };
  /** What it is about, `<kind>:<id>`; never published. Erasure goes by it. */
  readonly subject: string;
};

/** A leaf as its owner may see it. */
export type LeafInfo = {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  /** Hexadecimal SHA-256 of salt and canonical record. */
  readonly commitment: string;
  readonly createdAt: Date;
  /** Its place in the log; undefined until the sequencer has passed. */
  readonly index: number | undefined;
  /** True once record and salt were erased. */
  readonly erased: boolean;
};

/** A leaf with everything that proves it. */
export type LeafProof = LeafInfo & {
  /** Undefined once erased. */
  readonly record: JsonValue | undefined;
  /** 32 bytes; undefined once erased. */
  readonly salt: Uint8Array | undefined;
  /** Number of leaves of the checkpoint; undefined while the leaf waits. */
  readonly size: number | undefined;
  /** Hashes from the leaf's neighbour upwards; empty while the leaf waits. */
  readonly inclusionProof: readonly Bytes[];
  /** The signed note of the latest checkpoint; undefined while the leaf waits. */
  readonly checkpoint: string | undefined;
};

/** The latest state of the log. */
export type LogCheckpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note (C2SP tlog-checkpoint). */
  readonly note: string;
  readonly createdAt: Date;
};

/** How many leaves go into the log in one transaction. */
export const BATCH = 1_000;

/** The log's name, where none is fixed yet: host of the base URL and `/log`. */
export function originOf(baseUrl: string): string {
  return `${new URL(baseUrl).host}/log`;
}
