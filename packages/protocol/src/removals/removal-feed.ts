import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
import {
  instant,
  integer,
  list,
  matching,
  miss,
  object,
  oneOf,
  type Shape,
  sha256Hex,
  webAddress,
} from '../shape.ts';

/** Why something stands in the feed: the work was withdrawn, or is no longer offered on any terms. */
export const removalKinds = ['work-withdrawn', 'terms-withdrawn'] as const;

/** One work that is no longer licensed anew. Agreements that run keep their rights to their end. */
export type Removal = {
  /** Position in the feed; larger is later, numbers may be left out. */
  readonly seq: number;
  readonly work: string;
  readonly kind: (typeof removalKinds)[number];
  readonly removedAt: string;
  /** The files and addresses under which the work was known. */
  readonly sha256s: readonly string[];
  readonly urls: readonly string[];
};

/** A part of the feed: what comes after a position, in order. `complete` when nothing more is there at `issuedAt`. */
export type RemovalFeed = {
  readonly format: 'clearway-removals-1';
  readonly issuer: string;
  readonly after: number;
  /** The position of the last removal here, or `after`: what to ask from the next time. */
  readonly last: number;
  readonly complete: boolean;
  readonly removals: readonly Removal[];
  readonly issuedAt: string;
};

/** The format of a part of the removal feed. */
export const REMOVALS_FORMAT = 'clearway-removals-1';
/** As many removals as one part holds at most. */
export const REMOVALS_MAX = 1000;

const membersShape = object<RemovalFeed>({
  format: oneOf(REMOVALS_FORMAT),
  issuer: webAddress,
  after: integer(0),
  last: integer(0),
  complete: oneOf(true, false),
  removals: list(
    object<Removal>({
      seq: integer(1),
      work: matching(/^[\x21-\x7e]{1,200}$/, 'an id'),
      kind: oneOf(...removalKinds),
      removedAt: instant,
      sha256s: list(sha256Hex, { max: 1000 }),
      urls: list(webAddress, { max: 1000 }),
    }),
    { max: REMOVALS_MAX },
  ),
  issuedAt: instant,
});

const shape: Shape<RemovalFeed> = (value, place) => {
  const feed = membersShape(value, place);
  let last = feed.after;
  for (const [i, { seq }] of feed.removals.entries()) {
    if (seq <= last) miss(`/removals/${i}/seq`, 'after the one before');
    last = seq;
  }
  if (feed.last !== last) miss('/last', 'the position of the last removal');
  if (!feed.complete && feed.removals.length === 0) miss('/complete', 'true, as nothing follows');
  return feed;
};

const kind: DocumentKind<RemovalFeed> = {
  typ: REMOVALS_FORMAT,
  shape,
  malformed: 'removals-malformed',
  maxLength: 8 * 1024 * 1024,
};

/**
 * Signs a part of the feed: a compact JWS (EdDSA) of its canonical JSON. Throws `removals-malformed`, `sealed-too-long`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const at = '2026-01-31T12:00:00.000Z'
 * const removal = { seq: 8, work: 'w-1', kind: 'work-withdrawn', removedAt: at, sha256s: [], urls: ['https://a.example/b'] }
 * const feed = { format: 'clearway-removals-1', issuer: 'https://rights.example', after: 5, last: 8, complete: true,
 *   removals: [removal], issuedAt: at }
 * const signer = { kid: 'r1', privateKey: pair.privateKey }
 * const sealed = await sealRemovals(feed, signer)
 * (await openRemovals(sealed, () => pair.publicKey)).removals[0].work // => 'w-1'
 * await sealRemovals({ ...feed, last: 9 }, signer) // => throws removals-malformed
 */
export async function sealRemovals(feed: RemovalFeed, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, feed, signer);
}

/**
 * Opens a part of the feed with the instance's keys, got from elsewhere. Throws `sealed-malformed`, `sealed-too-long`,
 * `sealed-algorithm`, `sealed-header`, `sealed-unknown-key`, `sealed-signature`, `removals-malformed`.
 *
 * @example
 * await openRemovals('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openRemovals(sealed: string, keys: KeyLookup): Promise<RemovalFeed> {
  return openDocument(kind, sealed, keys);
}
