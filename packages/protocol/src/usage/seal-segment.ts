import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import { readCompact } from '../jws/open.ts';
import type { SigningMeans } from '../jws/sign.ts';
import { ProtocolError } from '../problem.ts';
import { SEGMENT_FORMAT, type Segment, segmentShape } from './segment.ts';

/** The longest sealed segment, in bytes. */
export const SEGMENT_MAX_BYTES: number = 2_000_000;

const kind: DocumentKind<Segment> = {
  typ: SEGMENT_FORMAT,
  shape: segmentShape,
  malformed: 'segment-malformed',
  maxLength: SEGMENT_MAX_BYTES,
};

/**
 * Signs a segment with the gate's key: a compact JWS (EdDSA) of its canonical JSON; the key id is the gate's id.
 *
 * Throws `segment-malformed`, `sealed-too-long` (over 2,000,000 bytes).
 *
 * @example
 * const pair = await generateKeyPair()
 * const segment = { format: 'clearway-segment-1', gate: 'g', site: 's', seq: 1, prev: FIRST_PREV, from: 0, to: 0,
 *   records: [], refusals: [], bundle: 1 }
 * const sealed = await sealSegment(segment, pair)
 * (await openSegment(sealed, pair.publicKey)).gate // => 'g'
 */
export async function sealSegment(segment: Segment, signer: SigningMeans): Promise<string> {
  return sealDocument(kind, segment, { ...signer, kid: segment.gate });
}

/**
 * Opens a segment with the public key of its gate, 32 raw bytes.
 *
 * Throws `sealed-malformed` (also when its end is missing), `sealed-too-long`, `sealed-algorithm`, `sealed-header`,
 * `sealed-signature`, `segment-malformed`.
 *
 * @example
 * await openSegment('eyJ', new Uint8Array(32)) // => throws sealed-malformed
 */
export async function openSegment(sealed: string, publicKey: Uint8Array): Promise<Segment> {
  const gate = gateOfSegment(sealed);
  const segment = await openDocument(kind, sealed, () => publicKey);
  if (segment.gate !== gate) {
    throw new ProtocolError('segment-malformed', 'The segment names another gate than its signature.');
  }
  return segment;
}

/**
 * The gate a sealed segment says it is from, to find its key by. Nothing is checked yet. Throws as `openSegment`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const segment = { format: 'clearway-segment-1', gate: 'g', site: 's', seq: 1, prev: FIRST_PREV, from: 0, to: 0,
 *   records: [], refusals: [], bundle: 1 }
 * gateOfSegment(await sealSegment(segment, pair)) // => 'g'
 */
export function gateOfSegment(sealed: string): string {
  return readCompact(sealed, { family: 'sealed', typ: kind.typ, maxLength: kind.maxLength }).kid;
}
