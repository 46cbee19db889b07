import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
import { instant, integer, object, oneOf, sha256Hex, webAddress } from '../shape.ts';

/** What an instance says about its match index, so that whoever holds the file can check it. */
export type MatchIndexDescription = {
  readonly format: 'clearway-match-index-1';
  readonly issuer: string;
  /** Of the whole file. */
  readonly sha256: string;
  readonly bytes: number;
  readonly works: number;
  readonly fingerprints: number;
  /** When the last of what is in it came to the instance. */
  readonly createdAt: string;
  readonly issuedAt: string;
};

/** The format of the description of a match index. */
export const MATCH_INDEX_FORMAT = 'clearway-match-index-1';

const kind: DocumentKind<MatchIndexDescription> = {
  typ: MATCH_INDEX_FORMAT,
  shape: object<MatchIndexDescription>({
    format: oneOf(MATCH_INDEX_FORMAT),
    issuer: webAddress,
    sha256: sha256Hex,
    bytes: integer(0),
    works: integer(0),
    fingerprints: integer(0),
    createdAt: instant,
    issuedAt: instant,
  }),
  malformed: 'match-index-malformed',
  maxLength: 8 * 1024,
};

/**
 * Signs the description of a match index: a compact JWS (EdDSA) of its canonical JSON. Throws `match-index-malformed`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const at = '2026-01-31T12:00:00.000Z'
 * const about = { format: 'clearway-match-index-1', issuer: 'https://rights.example', sha256: 'ab'.repeat(32), bytes: 128,
 *   works: 0, fingerprints: 0, createdAt: at, issuedAt: at }
 * const sealed = await sealMatchIndex(about, { kid: 'm1', privateKey: pair.privateKey })
 * (await openMatchIndex(sealed, () => pair.publicKey)).bytes // => 128
 */
export async function sealMatchIndex(about: MatchIndexDescription, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, about, signer);
}

/**
 * Opens the description of a match index with the instance's keys, got from elsewhere. Compare `sha256` with the file. Throws
 * `sealed-malformed`, `sealed-too-long`, `sealed-algorithm`, `sealed-header`, `sealed-unknown-key`, `sealed-signature`,
 * `match-index-malformed`.
 *
 * @example
 * await openMatchIndex('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openMatchIndex(sealed: string, keys: KeyLookup): Promise<MatchIndexDescription> {
  return openDocument(kind, sealed, keys);
}
