import { ProtocolError } from './problem.ts';

/** The errors of a challenge (RSL 1.0 section 6, RFC 6750 section 3.1). */
export const capErrors = ['invalid_request', 'invalid_token', 'insufficient_scope', 'server_error'] as const;

/** One error of a challenge. */
export type CapError = (typeof capErrors)[number];

const SCHEME = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +(.*))?$/s;
const TOKEN68 = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * The token of an `Authorization: License <token>` header; undefined when there is no such header. Give all values a
 * request has: one text, or a list where the runtime keeps repeated headers apart.
 *
 * The scheme is compared without regard to case (RFC 9110 section 11.1). Whatever else comes is an error, never "no
 * token": `authorization-scheme` for another scheme, `authorization-multiple` for more than one credential,
 * `authorization-malformed`.
 *
 * @example
 * parseAuthorization('license abc.def.ghi') // => 'abc.def.ghi'
 * parseAuthorization(undefined) // => undefined
 * parseAuthorization('Bearer abc') // => throws authorization-scheme
 * parseAuthorization('License abc, License def') // => throws authorization-multiple
 * parseAuthorization('License') // => throws authorization-malformed
 */
export function parseAuthorization(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const values = typeof header === 'string' ? [header] : header;
  const [value] = values;
  if (value === undefined) return undefined;
  if (values.length > 1) throw new ProtocolError('authorization-multiple', 'The header is there twice.');
  const [, scheme = '', credential = ''] = SCHEME.exec(value.replace(/^[ \t]+|[ \t]+$/g, '')) ?? [];
  if (scheme === '') throw new ProtocolError('authorization-malformed', 'The header names no scheme.');
  if (scheme.toLowerCase() !== 'license') {
    throw new ProtocolError('authorization-scheme', `The scheme is ${scheme.slice(0, 30)}.`);
  }
  if (/,/.test(credential)) {
    throw new ProtocolError('authorization-multiple', 'The header has more than one credential.');
  }
  if (!TOKEN68.test(credential)) {
    throw new ProtocolError('authorization-malformed', 'After the scheme comes one token and nothing else.');
  }
  return credential;
}

/**
 * The value of a `WWW-Authenticate` header: scheme `License` with an error and, for people, a description. Characters that
 * may not stand there (RFC 6750 section 3) are replaced, so that a description can carry anything. Throws
 * `challenge-error`.
 *
 * @example
 * challenge({ error: 'invalid_token', description: 'It says "old".' }) // => `License error="invalid_token", error_description="It says 'old'."`
 */
export function challenge(input: { error: CapError; description?: string }): string {
  const { error, description } = input;
  if (!capErrors.includes(error))
    throw new ProtocolError('challenge-error', 'This error is not of the list.');
  if (description === undefined) return `License error="${error}"`;
  const safe = description
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[^\x20-\x7e]/gu, '?')
    .slice(0, 500);
  return `License error="${error}", error_description="${safe}"`;
}
