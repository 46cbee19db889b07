import type { UsageRecord } from '@clearway/protocol';
import type { IssuedToken } from '../licensing/index.ts';

/** Why a record of a gate is kept but counted for nobody. Texts are in `messages.ts`. */
export const FAULTS = [
  'unknown-token',
  'other-agreement',
  'other-site',
  'other-use',
  'outside-token-life',
  'over-cap',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Gates' clocks may differ from ours by so much. */
export const CLOCK_TOLERANCE_MS = 120_000;

/** So many segments of one gate may wait for one that is missing. */
export const MAX_WAITING = 1_000;

/** A record for which nobody can be charged has a fault; the cap of a token is looked at afterwards. */
export function judgeRecord(
  record: UsageRecord,
  token: IssuedToken | undefined,
  siteId: string,
): Fault | undefined {
  if (!token) return 'unknown-token';
  if (token.agreementId !== record.agreement || token.clientId !== record.client) return 'other-agreement';
  if (token.siteId !== siteId) return 'other-site';
  if (token.use !== record.use) return 'other-use';
  const begin = token.issuedAt.getTime() - CLOCK_TOLERANCE_MS;
  const end = token.expiresAt.getTime() + CLOCK_TOLERANCE_MS;
  return record.at < begin || record.at > end ? 'outside-token-life' : undefined;
}

/** How far a gate has come: its last counted segment, the hash of it, and its last counted record. */
export type GateProgress = {
  readonly gateId: string;
  readonly siteId: string;
  readonly lastSegment: number;
  readonly lastHash: string;
  readonly lastRecord: number;
};

/** `counted` now or before; `waiting` is kept and counted once those before it are there. */
export type SegmentState = 'counted' | 'waiting';

/** What a gate is told of a delivery. */
export type SegmentAnswer = {
  readonly gate: string;
  readonly segment: {
    readonly seq: number;
    readonly sha256: string;
    readonly state: SegmentState;
    /** Records of it that are counted, and those that are kept with a fault. */
    readonly counted: number;
    readonly faulty: number;
    /** Numbers of the receipts issued for it. */
    readonly receipts: readonly number[];
  };
  /** How far the gate is counted: everything up to here is durable. */
  readonly countedTo: { readonly segment: number; readonly record: number };
};

/** Which grades a unit is paid by: fetches by what gates count, everything else by what the licensee reports. */
export function payableGrades(unit: string): readonly string[] {
  return unit === 'fetch' ? ['crawler-signed', 'gate-counted'] : ['licensee-reported'];
}
