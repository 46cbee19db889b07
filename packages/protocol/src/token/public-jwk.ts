import { toBase64Url } from '../jws/sign.ts';

/** A public Ed25519 key as a JSON Web Key (RFC 7517, RFC 8037). */
export type PublicJwk = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
};

/**
 * The JSON Web Key of a public key, for a key set others verify tokens with.
 *
 * @example
 * publicJwk('k1', new Uint8Array(32)).x.length // => 43
 */
export function publicJwk(kid: string, publicKey: Uint8Array): PublicJwk {
  return { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey), kid, alg: 'EdDSA', use: 'sig' };
}
