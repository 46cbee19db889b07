import type { Kernel } from '../kernel/index.ts';
import {
  type CutEvent,
  type CutGroup,
  type CutSum,
  eventsOfGroup,
  findReports,
  heardGates,
  insertCut,
  markCut,
  sumsOfCut,
  uncutBefore,
} from './store-cuts.ts';

/**
 * Takes everything that counts, lies before `to` and no earlier cut took: fetches by their own time, reports by the time
 * they were made. What arrives later falls to a later cut, so each record is in exactly one, for ever. Runs in the
 * caller's transaction.
 * @returns sums by agreement, work, use, unit, grade and, for reported usage, by report
 */
export async function cutUsage(t: Kernel, { cutId, to }: { cutId: string; to: Date }): Promise<CutSum[]> {
  if (!t.db.isTransaction) throw new Error('A cut is made in the transaction that charges for it.');
  await insertCut(t.db, { id: cutId, to, at: t.clock.now() });
  await markCut(t.db, { id: cutId, to });
  return sumsOfCut(t.db, cutId);
}

/** The sums of an earlier cut, computed again. */
export function readCut(k: Kernel, cutId: string): Promise<CutSum[]> {
  return sumsOfCut(k.db, cutId);
}

/**
 * The fetches behind one sum of a cut, by gate and number of the record; at most `limit` (default 200, at most 5,000).
 * @param input `after` is the `gateId` and `recordSeq` of the last one of the page before
 */
export function eventsOfCut(
  k: Kernel,
  input: CutGroup & {
    readonly limit?: number | undefined;
    readonly after?: { readonly gateId: string; readonly recordSeq: number } | undefined;
  },
): Promise<CutEvent[]> {
  const { limit = 200, after, ...group } = input;
  return eventsOfGroup(k.db, group, { limit: Math.min(limit, 5_000), after });
}

/** The report behind a sum of reported usage: the hash of its document and when it was made. */
export async function reportOfSum(
  k: Kernel,
  reportId: string,
): Promise<{ id: string; sha256: string; reportedAt: Date } | undefined> {
  return (await findReports(k.db, [reportId]))[0];
}

/** Which gates have been heard since a moment, how many segments wait, and what the next cut to it would take. */
export async function readinessAt(
  k: Kernel,
  at: Date,
): Promise<{
  readonly gates: readonly { gateId: string; siteId: string; heard: boolean; waiting: number }[];
  readonly uncut: { readonly events: bigint; readonly reports: bigint };
}> {
  const gates = (await heardGates(k.db)).map(({ gateId, siteId, lastReceivedAt, waiting }) => ({
    gateId,
    siteId,
    heard: lastReceivedAt !== null && lastReceivedAt >= at,
    waiting,
  }));
  return { gates, uncut: await uncutBefore(k.db, at) };
}
