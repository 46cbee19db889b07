import type { UsageName } from '@clearway/protocol';

/** What a licensed request will be counted as once it was answered. */
export interface UsageDraft {
  readonly tokenId: string;
  readonly agreement: string;
  readonly client: string;
  readonly path: string;
  readonly use: UsageName;
  /** Number of the bundle by which it was decided. */
  readonly bundle: number;
  readonly agent?: string;
  readonly signature?: string;
}

/** How a licensed request was answered: `bytes` of content given out, `at` in milliseconds since 1970. */
export interface Served {
  readonly at: number;
  readonly status: number;
  readonly bytes: number;
}

/**
 * Where usage goes. Nothing here waits: a sink takes records at once and makes them durable behind the answers.
 * `openSpool` of `@clearway/gate/node` is one that writes to disk.
 */
export interface UsageSink {
  /** Takes room for one record; false when so many are not yet durable that no more may be at risk. */
  reserve(): boolean;
  /** Gives the room back: nothing was delivered. */
  release(): void;
  /** Takes one record into the room reserved. */
  record(draft: UsageDraft, served: Served): void;
  /** Counts a refusal; `bundle` is undefined while there is none. */
  refused(reason: string, agentName: string, at: number, bundle: number | undefined): void;
  /** Records of an agreement, taken in all and made durable. */
  counts(agreement: string): { readonly count: number; readonly durable: number };
  /** Records of one token that are known here. */
  fetchesOf(tokenId: string): number;
}
