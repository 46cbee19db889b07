import { concat, toBase64, utf8 } from '../bytes.ts';
import { canonicalBytes } from '../canonical-json/canonicalize.ts';
import type { CryptoKey } from '../keys.ts';
import { sign } from '../keys.ts';

/** What signs: an Ed25519 key at hand, or where the key never leaves its ring, `sign`. */
export type SigningMeans =
  | { readonly privateKey: CryptoKey }
  | { readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> };

/** Who signs a token or a document, under which key id. */
export type DocumentSigner = { readonly kid: string } & SigningMeans;

/** The compact JWS (RFC 7515, RFC 8037) of the canonical JSON of a value. */
export async function signCompact(typ: string, value: unknown, signer: DocumentSigner): Promise<string> {
  const head = toBase64Url(canonicalBytes({ alg: 'EdDSA', kid: signer.kid, typ }));
  const input = `${head}.${toBase64Url(canonicalBytes(value))}`;
  const bytes = utf8(input);
  const signature = 'sign' in signer ? await signer.sign(bytes) : await sign(signer.privateKey, bytes);
  return `${input}.${toBase64Url(concat(signature))}`;
}

export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
