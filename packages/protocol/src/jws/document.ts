import { decodeUtf8 } from '../bytes.ts';
import { canonicalize, type JsonValue } from '../canonical-json/canonicalize.ts';
import type { ProtocolCode } from '../problem.ts';
import { ProtocolError } from '../problem.ts';
import { readShape, type Shape } from '../shape.ts';
import { type KeyLookup, readCompact, readJson, verifyCompact } from './open.ts';
import { type DocumentSigner, signCompact } from './sign.ts';

/** One kind of signed document: the type in its header, what it must say, and how its misfits are called. */
export type DocumentKind<T> = {
  readonly typ: string;
  readonly shape: Shape<T>;
  readonly malformed: ProtocolCode;
  readonly maxLength: number;
};

/** Signs a document, after checking that it can be opened again. */
export async function sealDocument<T>(
  kind: DocumentKind<T>,
  document: T,
  signer: DocumentSigner,
): Promise<string> {
  const compact = await signCompact(kind.typ, readShape(kind.shape, document, kind.malformed), signer);
  if (compact.length > kind.maxLength) {
    throw new ProtocolError(
      'sealed-too-long',
      `It has ${compact.length} characters, over ${kind.maxLength}.`,
    );
  }
  return compact;
}

/** Opens a signed document with trusted keys. Its text must be canonical, so that its hash has one value. */
export async function openDocument<T>(kind: DocumentKind<T>, sealed: string, keys: KeyLookup): Promise<T> {
  const { typ, maxLength } = kind;
  const unverified = readCompact(sealed, { family: 'sealed', typ, maxLength });
  return readPayload(
    kind,
    await verifyCompact(unverified, keys(unverified.kid), 'sealed'),
    unverified.payload,
  );
}

/** What a document says, whoever signed it: only to show or to examine, never to trust. */
export function readUnverified<T>(kind: DocumentKind<T>, sealed: string): { kid: string; document: T } {
  const { typ, maxLength } = kind;
  const { kid, payload } = readCompact(sealed, { family: 'sealed', typ, maxLength });
  return { kid, document: readPayload(kind, readJson(payload, 'sealed'), payload) };
}

function readPayload<T>(kind: DocumentKind<T>, value: JsonValue, payload: Uint8Array): T {
  if (canonicalize(value) !== decodeUtf8(payload)) {
    throw new ProtocolError('sealed-malformed', 'The document is not in its canonical spelling (RFC 8785).');
  }
  return readShape(kind.shape, value, kind.malformed);
}
