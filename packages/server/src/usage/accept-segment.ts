import {
  gateOfSegment,
  openSegment,
  type ProtocolCode,
  ProtocolError,
  type Segment,
  segmentHash,
} from '@clearway/protocol';
import { inTx, type Kernel } from '../kernel/index.ts';
import { type Gate, gateOf } from '../sites/index.ts';
import { countSegment } from './count-segment.ts';
import { MAX_WAITING, type SegmentAnswer } from './model.ts';
import { failUsage } from './problems.ts';
import {
  countedHash,
  countWaiting,
  findProgress,
  insertSegment,
  lockGate,
  nextWaiting,
  type SegmentRow,
} from './store.ts';
import { outcomeOfSegment } from './store-events.ts';
import { receiptNumbersOf } from './store-receipts.ts';

/** So many that waited are counted along with the one that closes the gap; the rest follows as a job. */
const CATCH_UP = 20;

/**
 * Takes a sealed segment of a gate. The same one again, at any time, answers what was counted before; one that comes too
 * early is kept and counted when the gap closes. Each record of a gate counts once, for ever.
 *
 * `counted` in the answer is durable. One transaction for each segment: a crash leaves whole segments only.
 * @throws `segment-unknown-gate`, `segment-signature`, `segment-truncated`, `segment-malformed`, `segment-other-site`,
 * `segment-chain-broken`, `segment-too-far-ahead`
 */
export async function acceptSegment(k: Kernel, sealed: string): Promise<SegmentAnswer> {
  const { gate, segment } = await open(k, sealed);
  const row: SegmentRow = {
    gateId: gate.id,
    seq: segment.seq,
    sha256: await segmentHash(segment),
    prev: segment.prev,
    sealed,
  };
  await inTx(k, (t) => keep(t, gate, row, segment));
  for (let counted = 0; counted < CATCH_UP && (await countNext(k, gate)); ) counted += 1;
  return answerFor(k, row);
}

/** Counts the next waiting segment of a gate, if it continues the chain; answers whether there was one. */
export async function countNext(k: Kernel, gate: Gate): Promise<boolean> {
  return inTx(k, async (t) => {
    const progress = await lockGate(t.db, gate.id, gate.siteId);
    const row = await nextWaiting(t.db, progress);
    if (!row) return false;
    await countSegment(t, progress, row, await openSegment(row.sealed, gate.publicKey));
    return true;
  });
}

async function keep(t: Kernel, gate: Gate, row: SegmentRow, segment: Segment): Promise<void> {
  const progress = await lockGate(t.db, gate.id, gate.siteId);
  if (row.seq <= progress.lastSegment) {
    if ((await countedHash(t.db, gate.id, row.seq)) === row.sha256) return;
    throw failUsage('segment-chain-broken', { detail: `segment ${row.seq} was counted with other content` });
  }
  const next = row.seq === progress.lastSegment + 1;
  if (next && row.prev !== progress.lastHash) {
    throw failUsage('segment-chain-broken', { detail: `"prev" is not the hash of segment ${row.seq - 1}` });
  }
  if (!next && (await countWaiting(t.db, gate.id)) >= MAX_WAITING) {
    const { lastSegment, lastRecord } = progress;
    throw failUsage('segment-too-far-ahead', {
      fields: { countedTo: { segment: lastSegment, record: lastRecord } },
    });
  }
  await insertSegment(t.db, row, t.clock.now());
  if (next) await countSegment(t, progress, row, segment);
}

async function open(k: Kernel, sealed: string): Promise<{ gate: Gate; segment: Segment }> {
  try {
    const gate = await gateOf(k, gateOfSegment(sealed));
    if (!gate || gate.revokedAt) throw failUsage('segment-unknown-gate');
    const segment = await openSegment(sealed, gate.publicKey);
    if (segment.site !== gate.siteId) throw failUsage('segment-other-site');
    return { gate, segment };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw failUsage(problemOf(error.code), { detail: error.message, cause: error });
  }
}

function problemOf(code: ProtocolCode): 'segment-truncated' | 'segment-signature' | 'segment-malformed' {
  if (code === 'sealed-malformed') return 'segment-truncated';
  return code === 'sealed-signature' || code === 'sealed-algorithm'
    ? 'segment-signature'
    : 'segment-malformed';
}

async function answerFor(k: Kernel, { gateId, seq, sha256 }: SegmentRow): Promise<SegmentAnswer> {
  const progress = (await findProgress(k.db, gateId))!;
  const hash = await countedHash(k.db, gateId, seq);
  // Another one of the same number was counted while this one waited.
  if (hash !== undefined && hash !== sha256) throw failUsage('segment-chain-broken');
  const counted = hash !== undefined;
  const outcome = counted ? await outcomeOfSegment(k.db, gateId, seq) : { counted: 0, faulty: 0 };
  return {
    gate: gateId,
    segment: {
      seq,
      sha256,
      state: counted ? 'counted' : 'waiting',
      ...outcome,
      receipts: counted ? await receiptNumbersOf(k.db, gateId, seq) : [],
    },
    countedTo: { segment: progress.lastSegment, record: progress.lastRecord },
  };
}
