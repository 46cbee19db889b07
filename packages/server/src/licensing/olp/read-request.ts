import { type HttpContext, readBasic } from '../../kernel/index.ts';
import { OlpError } from './olp-error.ts';

/** The client's id and secret in HTTP Basic. Throws `invalid_client` for anything else, also for two credentials. */
export function readCredentials(c: HttpContext): { id: string; secret: string } {
  const found = readBasic(c);
  if (!found) throw new OlpError('invalid_client', 'Authenticate with HTTP Basic: client id and secret.');
  return { id: found.user, secret: found.password };
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
