import { sha256, toHex } from '../bytes.ts';
import { canonicalBytes } from '../canonical-json/canonicalize.ts';
import { integer, list, matching, miss, object, oneOf, type Shape, sha256Hex, text } from '../shape.ts';
import { type UsageName, usageNames } from '../uses.ts';

/**
 * One licensed fetch, as the gate wrote it. `seq` counts the gate's records from 1 and is never used twice; `at` is
 * milliseconds since 1970; `path` is canonical; `signature` is the crawler's own proof of this very request, if it gave one.
 */
export type UsageRecord = {
  readonly seq: number;
  readonly at: number;
  readonly tokenId: string;
  readonly agreement: string;
  readonly client: string;
  readonly path: string;
  readonly use: UsageName;
  readonly units: 1;
  readonly bytes: number;
  readonly status: number;
  readonly agent?: string;
  readonly signature?: string;
};

/** How often a client calling itself `agentName` was refused for one reason between two moments (ms since 1970). */
export type RefusalCount = {
  readonly reason: string;
  readonly agentName: string;
  readonly count: number;
  readonly from: number;
  readonly to: number;
};

/**
 * What one gate delivers at once. `seq` counts its segments from 1; `prev` is the hash of the one before (64 zeros for the
 * first), so that none can be left out or changed later. Records come in the order of their `seq`; `bundle` is the number
 * of the bundle they were decided by; `from` and `to` (ms since 1970) bound all records and refusals.
 */
export type Segment = {
  readonly format: 'clearway-segment-1';
  readonly gate: string;
  readonly site: string;
  readonly seq: number;
  readonly prev: string;
  readonly from: number;
  readonly to: number;
  readonly records: readonly UsageRecord[];
  readonly refusals: readonly RefusalCount[];
  readonly bundle: number;
};

/** The format of a segment. */
export const SEGMENT_FORMAT = 'clearway-segment-1';
/** `prev` of a gate's first segment. */
export const FIRST_PREV: string = '0'.repeat(64);
/** The most records one segment may hold. */
export const SEGMENT_MAX_RECORDS = 2000;
/** The most lines of refusals one segment may hold. */
export const SEGMENT_MAX_REFUSALS = 1000;

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const moment = integer(0, 8_640_000_000_000_000);

const recordShape = object<UsageRecord>(
  {
    seq: integer(1),
    at: moment,
    tokenId: id,
    agreement: id,
    client: id,
    path: matching(/^\/[^\s\p{Cc}]{0,1999}$/u, 'a path'),
    use: oneOf(...usageNames),
    units: oneOf(1),
    bytes: integer(0),
    status: integer(100, 599),
    agent: text(200),
    signature: text(2000),
  },
  { optional: ['agent', 'signature'] },
);

const refusalShape = object<RefusalCount>({
  reason: matching(/^[a-z][a-z0-9-]{0,63}$/, 'a reason code'),
  agentName: text(200),
  count: integer(1),
  from: moment,
  to: moment,
});

const membersShape = object<Segment>({
  format: oneOf(SEGMENT_FORMAT),
  gate: id,
  site: id,
  seq: integer(1),
  prev: sha256Hex,
  from: moment,
  to: moment,
  records: list(recordShape, { max: SEGMENT_MAX_RECORDS }),
  refusals: list(refusalShape, { max: SEGMENT_MAX_REFUSALS }),
  bundle: integer(1),
});

/** A segment whose records are in order and lie within its period. */
export const segmentShape: Shape<Segment> = (value, place) => {
  const segment = membersShape(value, place);
  const { from, to, records, refusals } = segment;
  if (from > to) miss('/to', 'at or after /from');
  if ((segment.seq === 1) !== (segment.prev === FIRST_PREV))
    miss('/prev', '64 zeros for the first segment only');
  for (const [i, { seq, at }] of records.entries()) {
    if (at < from || at > to) miss(`/records/${i}/at`, 'within the period');
    if (i > 0 && seq <= (records[i - 1]?.seq ?? 0)) miss(`/records/${i}/seq`, 'after the one before');
  }
  for (const [i, refusal] of refusals.entries()) {
    if (refusal.from > refusal.to || refusal.from < from || refusal.to > to) {
      miss(`/refusals/${i}`, 'within the period');
    }
  }
  return segment;
};

/**
 * The SHA-256 of a segment's canonical bytes, in hexadecimal: what the next segment names as `prev`, and receipts list.
 *
 * @example
 * const segment = { format: 'clearway-segment-1', gate: 'g', site: 's', seq: 1, prev: FIRST_PREV, from: 0, to: 0,
 *   records: [], refusals: [], bundle: 1 }
 * (await segmentHash(segment)).length // => 64
 */
export async function segmentHash(segment: Segment): Promise<string> {
  return toHex(await sha256(canonicalBytes(segment)));
}
