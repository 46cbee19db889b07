import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { HttpContext } from '../kernel/index.ts';

const NAME = 'session';

/** Over https the `__Host-` prefix ties the cookie to this very host (RFC 6265bis §4.1.3.2). */
function secure(c: HttpContext): boolean {
  return c.get('k').site.baseUrl.startsWith('https:');
}

export function readSessionCookie(c: HttpContext): string | undefined {
  const token = secure(c) ? getCookie(c, NAME, 'host') : getCookie(c, NAME);
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}

export function writeSessionCookie(c: HttpContext, token: string, lifeMs: number): void {
  setCookie(c, NAME, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: Math.floor(lifeMs / 1_000),
    ...(secure(c) ? { secure: true, prefix: 'host' as const } : {}),
  });
}

export function clearSessionCookie(c: HttpContext): void {
  if (secure(c)) deleteCookie(c, `__Host-${NAME}`, { path: '/', secure: true });
  else deleteCookie(c, NAME, { path: '/' });
}
