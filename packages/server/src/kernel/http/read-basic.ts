import type { HttpContext } from './router.ts';

/**
 * The user name and password of HTTP Basic (RFC 7617), each form-decoded, as OAuth clients send them (RFC 6749 §2.3.1).
 * Undefined for anything else, also for two credentials.
 */
export function readBasic(c: HttpContext): { user: string; password: string } | undefined {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    const at = text.indexOf(':');
    if (at <= 0) return undefined;
    return { user: formDecode(text.slice(0, at)), password: formDecode(text.slice(at + 1)) };
  } catch (error) {
    // Neither bytes that are no UTF-8 nor a broken percent sign can be a credential.
    if (!(error instanceof TypeError || error instanceof URIError)) throw error;
    return undefined;
  }
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
