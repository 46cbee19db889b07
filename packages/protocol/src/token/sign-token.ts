import { type DocumentSigner, signCompact } from '../jws/sign.ts';
import { ProtocolError } from '../problem.ts';
import { readShape } from '../shape.ts';
import { claimsShape, type TokenClaims } from './claims.ts';

/** The `typ` of a license token's header. */
export const TOKEN_TYPE = 'license+jwt';

/** The longest token that is written or read, in bytes. */
export const TOKEN_MAX_BYTES = 4096;

/**
 * A license token: a compact JWS (RFC 7515) with EdDSA (RFC 8037), header `{alg, kid, typ: 'license+jwt'}`.
 *
 * Refuses to sign what `verifyToken` would not accept: throws `token-claims`, `token-too-long`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const claims = { iss: 'https://rights.example', sub: 'client', aud: 'https://blog.example', iat: 1000, exp: 1900,
 *   jti: 't-1', lic: 'a-1', res: ['/'], use: ['ai-input'], ver: ['ab'.repeat(32)],
 *   units: { unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' } }
 * const token = await signToken(claims, { kid: 'k1', privateKey: pair.privateKey })
 * token.split('.').length // => 3
 * await signToken({ ...claims, use: [] }, { kid: 'k1', privateKey: pair.privateKey }) // => throws token-claims
 */
export async function signToken(claims: TokenClaims, signer: DocumentSigner): Promise<string> {
  const checked = readShape(claimsShape, claims, 'token-claims');
  if (checked.exp <= checked.iat) throw new ProtocolError('token-claims', 'The token ends before it begins.');
  const token = await signCompact(TOKEN_TYPE, checked, signer);
  if (token.length > TOKEN_MAX_BYTES) {
    throw new ProtocolError('token-too-long', `It has ${token.length} characters, over ${TOKEN_MAX_BYTES}.`);
  }
  return token;
}
