import type { HttpContext } from '../../kernel/index.ts';
import { OlpError } from './olp-error.ts';

/**
 * The user name and password of HTTP Basic, each form-decoded first (RFC 6749 §2.3.1). Throws `invalid_client` for
 * anything else, also for two credentials.
 */
export function readCredentials(c: HttpContext): { id: string; secret: string } {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    const at = text.indexOf(':');
    if (at > 0) return { id: formDecode(text.slice(0, at)), secret: formDecode(text.slice(at + 1)) };
  } catch (error) {
    // Neither bytes that are no UTF-8 nor a broken percent sign can be a credential.
    if (!(error instanceof TypeError || error instanceof URIError)) throw error;
  }
  throw new OlpError('invalid_client', 'Authenticate with HTTP Basic: client id and secret.');
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

const MAX_VALUE = 20_000;

/** The parameters of a form, each at most once (RFC 6749 §3.2); empty ones count as left out. Throws `invalid_request`. */
export async function readParameters(c: HttpContext): Promise<Map<string, string>> {
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new OlpError('invalid_request', 'Send a form: application/x-www-form-urlencoded.');
  }
  const found = new Map<string, string>();
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(await c.req.text())) {
    if (seen.has(name)) {
      const safe = /^[a-z_]{1,40}$/.test(name) ? name : 'A parameter';
      throw new OlpError('invalid_request', `${safe} is there twice.`);
    }
    seen.add(name);
    if (value.length > MAX_VALUE) throw new OlpError('invalid_request', 'A parameter is too long.');
    if (value !== '') found.set(name, value);
  }
  if (found.has('client_secret')) {
    throw new OlpError('invalid_request', 'The secret belongs into HTTP Basic, nowhere else.');
  }
  return found;
}

/** A parameter that must be there. Throws `invalid_request`. */
export function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new OlpError('invalid_request', `${name} is missing.`);
  return value;
}
