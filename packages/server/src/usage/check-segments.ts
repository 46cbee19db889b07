import { fromBase64, openSegment, parseStrict, type Segment, segmentHash } from '@clearway/protocol';
import type { Finding, Kernel } from '../kernel/index.ts';
import { findTokens } from '../licensing/index.ts';
import { gateOf } from '../sites/index.ts';
import { toEvent } from './count-segment.ts';
import { countedSegments, eventsAround, type KeptEvent, type KeptSegment } from './store-checks.ts';
import type { EventRow } from './store-events.ts';

const PAGE = 100;
/** What is wrong in many places is wrong enough. */
export const MOST_FINDINGS = 50;

/** Opens every counted segment again with the key of its gate and compares it with the events that were made of it. */
export async function checkSegments(k: Kernel): Promise<Finding[]> {
  const wrong: string[] = [];
  let segments = 0;
  let records = 0;
  let before: KeptSegment | undefined;
  for (;;) {
    const page = await countedSegments(k.db, before, PAGE);
    for (const row of page) {
      const prior = before?.gateId === row.gateId ? before : undefined;
      const segment = await reopen(k, row, prior, wrong);
      if (segment) await compare(k, row, segment, wrong);
      segments += 1;
      records += segment?.records.length ?? 0;
      before = row;
      if (wrong.length >= MOST_FINDINGS) return wrong.map((detail) => ({ ok: false, detail }));
    }
    if (page.length < PAGE) break;
  }
  if (wrong.length > 0) return wrong.map((detail) => ({ ok: false, detail }));
  return [{ ok: true, detail: `${segments} segments say what ${records} events say` }];
}

async function reopen(
  k: Kernel,
  row: KeptSegment,
  prior: KeptSegment | undefined,
  wrong: string[],
): Promise<Segment | undefined> {
  const name = `usage.segments gate_id ${row.gateId}, seq ${row.seq}`;
  const gate = await gateOf(k, row.gateId);
  let segment: Segment;
  try {
    segment = gate ? await openSegment(row.sealed, gate.publicKey) : unsigned(row.sealed);
  } catch (error) {
    wrong.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  if ((await segmentHash(segment)) !== row.sha256) wrong.push(`${name}: sha256 is of other content`);
  if (segment.gate !== row.gateId || segment.seq !== row.seq || segment.prev !== row.prev)
    wrong.push(`${name}: it says it is gate ${segment.gate}, seq ${segment.seq}`);
  if (prior && (row.prev !== prior.sha256 || row.seq !== prior.seq + 1))
    wrong.push(`${name}: it does not continue seq ${prior.seq}`);
  return segment;
}

/** The registration of a gate goes with its site; then the chain of hashes is what still holds. */
function unsigned(sealed: string): Segment {
  const [, body = ''] = sealed.split('.');
  const base64 = body.replaceAll('-', '+').replaceAll('_', '/');
  const padded = base64.padEnd(Math.ceil(base64.length / 4) * 4, '=');
  return parseStrict(new TextDecoder().decode(fromBase64(padded))) as unknown as Segment;
}

async function compare(k: Kernel, row: KeptSegment, segment: Segment, wrong: string[]): Promise<void> {
  const { records } = segment;
  const tokens = await findTokens(k, [...new Set(records.map(({ tokenId }) => tokenId))]);
  const kept = new Map(
    (
      await eventsAround(
        k.db,
        row,
        records.map(({ seq }) => seq),
      )
    ).map((event) => [event.recordSeq, event]),
  );
  for (const record of records) {
    const event = kept.get(record.seq);
    kept.delete(record.seq);
    const name = `usage.events gate_id ${row.gateId}, record_seq ${record.seq}`;
    if (!event) wrong.push(`${name}: missing, segment ${row.seq} has it`);
    else if (event.segmentSeq === row.seq) {
      const expected = toEvent(record, tokens.get(record.tokenId), row.siteId);
      for (const difference of differences(event, expected)) wrong.push(`${name}: ${difference}`);
    } else if (event.segmentSeq > row.seq) {
      wrong.push(`${name}: segment_seq is ${event.segmentSeq}, segment ${row.seq} has it`);
    }
  }
  for (const { recordSeq } of kept.values())
    wrong.push(`usage.events gate_id ${row.gateId}, record_seq ${recordSeq}: not in segment ${row.seq}`);
}

const COLUMNS = {
  tokenId: 'token_id',
  agreementId: 'agreement_id',
  clientId: 'client_id',
  licenseeId: 'licensee_id',
  workId: 'work_id',
  path: 'path',
  use: 'use',
  units: 'units',
  bytes: 'bytes',
  status: 'status',
  agent: 'agent',
  signature: 'signature',
} as const;

function differences(kept: KeptEvent, expected: EventRow): string[] {
  const found = Object.entries(COLUMNS)
    .map(([name, column]) => [
      column,
      kept[name as keyof typeof COLUMNS],
      expected[name as keyof typeof COLUMNS],
    ])
    .concat([['at', kept.at.toISOString(), expected.at]]);
  // Whether a record is beyond the cap of its token is counted over all its records, elsewhere.
  if (!(kept.fault === 'over-cap' && expected.fault === null))
    found.push(['fault', kept.fault, expected.fault]);
  return found
    .filter(([, is, said]) => is !== said)
    .map(([column, is, said]) => `${column} is ${is}, its gate and token say ${said}`);
}
