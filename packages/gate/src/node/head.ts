import { createHash } from 'node:crypto';
import { canonicalize, FIRST_PREV, parseStrict, type Segment } from '@clearway/protocol';

/** What is known of everything sealed so far: enough to go on without reading it again. */
export interface Head {
  /** Number of the newest sealed segment, 0 before the first. */
  segment: number;
  /** Its hash. */
  hash: string;
  /** Number of the newest record in it. */
  record: number;
  /** Records of each agreement. */
  readonly agreements: Map<string, number>;
  /** Records of each token, with the time of the newest. */
  readonly tokens: Map<string, { count: number; last: number }>;
}

/** Tokens live for minutes; what they fetched need not be known for longer. */
const TOKEN_MEMORY_MS = 2 * 60 * 60 * 1000;

export function emptyHead(): Head {
  return { segment: 0, hash: FIRST_PREV, record: 0, agreements: new Map(), tokens: new Map() };
}

/** Takes a segment and its sealed form into the head; what is signed is the canonical segment itself, so its hash is the segment's. */
export function advance(head: Head, segment: Segment, sealed: string): void {
  const canonical = Buffer.from(sealed.split('.')[1] ?? '', 'base64url');
  head.hash = createHash('sha256').update(canonical).digest('hex');
  head.segment = segment.seq;
  for (const { seq, agreement, tokenId, at } of segment.records) {
    head.record = seq;
    head.agreements.set(agreement, (head.agreements.get(agreement) ?? 0) + 1);
    head.tokens.set(tokenId, { count: (head.tokens.get(tokenId)?.count ?? 0) + 1, last: at });
  }
  for (const [tokenId, { last }] of head.tokens)
    if (last < segment.to - TOKEN_MEMORY_MS) head.tokens.delete(tokenId);
}

export function formatHead({ segment, hash, record, agreements, tokens }: Head): string {
  return canonicalize({
    segment,
    hash,
    record,
    agreements: [...agreements],
    tokens: [...tokens].map(([id, { count, last }]) => [id, count, last]),
  });
}

export function parseHead(text: string): Head {
  const { segment, hash, record, agreements, tokens } = parseStrict(text) as unknown as {
    segment: number;
    hash: string;
    record: number;
    agreements: [string, number][];
    tokens: [string, number, number][];
  };
  return {
    segment,
    hash,
    record,
    agreements: new Map(agreements),
    tokens: new Map(tokens.map(([id, count, last]) => [id, { count, last }])),
  };
}
