import type { ScanHitKind } from '@clearway/protocol';
import type { Limit } from '../kernel/index.ts';
import type { EntitlementState, LicensedUse } from '../licensing/index.ts';

/** A scan report that was handed in. */
export type DatasetCheck = {
  readonly id: string;
  readonly partyId: string;
  /** What the one who handed it in calls the data set. */
  readonly dataset: string;
  readonly use: LicensedUse;
  readonly reportSha256: string;
  readonly indexSha256: string;
  /** As the report says. */
  readonly scannedAt: Date;
  readonly items: bigint;
  readonly words: bigint;
  readonly bytes: bigint;
  readonly tool: string;
  readonly handedInBy: string;
  readonly handedInAt: Date;
};

/** An item of a data set that matches a work, as a report says. */
export type Hit = {
  readonly workId: string;
  readonly item: string;
  readonly input: string;
  readonly kind: ScanHitKind;
  readonly words: number | null;
  readonly coverage: number | null;
  readonly sha256: string | null;
};

/** All hits of one work in a check. */
export type WorkHits = {
  readonly workId: string;
  readonly items: number;
  readonly kinds: readonly ScanHitKind[];
  /** Of the largest excerpt. */
  readonly words: number | null;
  readonly coverage: number | null;
};

/** What was seen of a client or in data sets, sealed once and for all. */
export type Case = {
  readonly id: string;
  readonly partyId: string;
  readonly siteId: string | null;
  /** What the client calls itself. */
  readonly client: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly workIds: readonly string[];
  readonly checkIds: readonly string[];
  /** The signed document; null after erasure. */
  readonly sealed: string | null;
  readonly sealedSha256: string;
  readonly leafId: string;
  readonly openedBy: string;
  readonly openedAt: Date;
};

/** The order in which states are shown: what can be done about first. */
export const STATES = [
  'licensable',
  'licensed',
  'on-hold',
  'reserved',
  'unknown',
] as const satisfies readonly EntitlementState[];

/** The most different works in one report. */
export const MAX_CHECK_WORKS = 10_000;
/** The most works and data sets one case is about. */
export const MAX_CASE_WORKS = 50;
export const MAX_CASE_CHECKS = 20;
/** The longest period of one case. */
export const MAX_CASE_DAYS = 400;
/** The longest name of a data set. */
export const MAX_DATASET_NAME = 200;
/** All segments of one case together, in characters: as much as a sealed document has room for. */
export const MAX_SEGMENTS_LENGTH = 13_000_000;
/** Reports and cases of one party: each may be large. */
export const EVIDENCE_LIMIT: Limit = { name: 'evidence', per: 60, windowMs: 3_600_000, burst: 40 };
/** Under this name a gate adds up clients whose names are too many to keep: it is nobody's. */
export const MANY_CLIENTS = 'others';
