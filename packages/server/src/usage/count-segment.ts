import type { Segment, UsageRecord } from '@clearway/protocol';
import { type Kernel, readInstance } from '../kernel/index.ts';
import { countFetches, findTokens, type IssuedToken } from '../licensing/index.ts';
import { issueReceipts } from './issue-receipts.ts';
import { type GateProgress, judgeRecord } from './model.ts';
import { markCounted, type SegmentRow, updateProgress } from './store.ts';
import {
  addRefusals,
  addToToken,
  type EventRow,
  insertEvents,
  markOverCap,
  rollUpSegment,
} from './store-events.ts';
import { insertRefusalSpans } from './store-timeline.ts';

/**
 * Counts the segment that continues the chain: events, caps, sums, refusals, receipts and the gate's progress, all in the
 * transaction that holds the gate's lock. A record that was counted before is not counted again.
 */
export async function countSegment(
  t: Kernel,
  progress: GateProgress,
  row: SegmentRow,
  segment: Segment,
): Promise<GateProgress> {
  const { gateId, siteId } = progress;
  const about = { gateId, siteId, seq: segment.seq, sha256: row.sha256 };
  const tokens = await findTokens(t, [...new Set(segment.records.map(({ tokenId }) => tokenId))]);
  const events = segment.records.map((record) => toEvent(record, tokens.get(record.tokenId), siteId));
  const fresh = await insertEvents(t.db, about, events);
  await holdCaps(
    t,
    gateId,
    events.filter((event) => event.fault === null && fresh.has(event.recordSeq)),
    tokens,
  );
  const zone = (await readInstance(t))?.instance.zone ?? 'UTC';
  await rollUpSegment(t.db, about, zone);
  await addRefusals(t.db, siteId, segment.refusals, zone);
  await insertRefusalSpans(t.db, about, segment.refusals);
  await issueReceipts(t, about);
  await markCounted(t.db, row, t.clock.now());
  const lastRecord = Math.max(progress.lastRecord, segment.records.at(-1)?.seq ?? 0);
  const reached = { gateId, siteId, lastSegment: segment.seq, lastHash: row.sha256, lastRecord };
  await updateProgress(t.db, reached);
  return reached;
}

/** A record as it is kept: whose it is says its token. */
export function toEvent(record: UsageRecord, token: IssuedToken | undefined, siteId: string): EventRow {
  const { seq, at, tokenId, path, use, units, bytes, status, agent, signature } = record;
  const fault = judgeRecord(record, token, siteId) ?? null;
  return {
    recordSeq: seq,
    at: new Date(at).toISOString(),
    tokenId,
    agreementId: token?.agreementId ?? null,
    clientId: token?.clientId ?? null,
    licenseeId: token?.licenseeId ?? null,
    workId: token?.workId ?? null,
    path,
    use,
    units,
    bytes,
    status,
    agent: agent ?? null,
    signature: signature ?? null,
    fault,
  };
}

/** What a token fetched beyond its cap is nobody's debt; the rest counts towards what its company allowed for a month. Tokens in one order, so that gates never wait in turn. */
async function holdCaps(
  t: Kernel,
  gateId: string,
  events: readonly EventRow[],
  tokens: ReadonlyMap<string, IssuedToken>,
): Promise<void> {
  const beyond: number[] = [];
  const byToken = Map.groupBy(events, ({ tokenId }) => tokenId);
  for (const tokenId of [...byToken.keys()].sort()) {
    const mine = byToken.get(tokenId) ?? [];
    const before = await addToToken(t.db, tokenId, mine.length);
    const left = Math.max(0, (tokens.get(tokenId)?.cap ?? Number.MAX_SAFE_INTEGER) - before);
    await countFetches(t, { jti: tokenId, fetches: Math.min(left, mine.length) });
    for (const { recordSeq } of mine.slice(left)) beyond.push(recordSeq);
  }
  if (beyond.length > 0) await markOverCap(t.db, gateId, beyond);
}
