import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { isLocale, pickLocale } from '../i18n.ts';
import type { Kernel } from '../kernel.ts';
import { failCommon } from './common-problems.ts';
import type { HttpEnv } from './router.ts';

const YEAR_S = 31_536_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Gives each request the kernel, a number and a language (`?lang=` is remembered in a cookie). */
export function requestContext(k: Kernel): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const requestId = k.ids.id();
    c.set('k', k);
    c.set('requestId', requestId);
    const asked = c.req.query('lang');
    const remembered = getCookie(c, 'lang');
    c.set(
      'locale',
      isLocale(asked)
        ? asked
        : isLocale(remembered)
          ? remembered
          : pickLocale(c.req.header('Accept-Language')),
    );
    if (isLocale(asked))
      setCookie(c, 'lang', asked, { path: '/', sameSite: 'Lax', maxAge: YEAR_S, httpOnly: true });
    const started = performance.now();
    await next();
    c.header('X-Request-Id', requestId);
    c.header('Content-Language', c.get('locale'));
    c.header('Vary', 'Accept-Language, Cookie, Accept', { append: true });
    const ms = Math.round(performance.now() - started);
    k.log.info(
      { requestId, method: c.req.method, path: withoutSecrets(c.req.path), status: c.res.status, ms },
      'request',
    );
  };
}

/** Addresses that are secrets themselves (links in mails) do not belong into a log. */
export function withoutSecrets(path: string): string {
  return path.replace(/\/[\w-]{32,}(?=\/|$)/g, (part) => (UUID.test(part.slice(1)) ? part : '/…'));
}

/** What an answer may say for itself, such as a file of unknown content or a picture meant for other sites. */
const OWN_HEADERS = ['Content-Security-Policy', 'Referrer-Policy', 'Cross-Origin-Resource-Policy'];
/** A policy that names who may frame the answer; the older header knows only everybody or nobody. */
const FRAMED = /frame-ancestors (?!'none')/;

/** Strict headers: nothing inline, nothing from elsewhere, no framing. An answer's own policy stays. */
export function strictHeaders(https: boolean): MiddlewareHandler<HttpEnv> {
  const common = commonHeaders(https);
  return async (c, next) => {
    const stricter: [string, string][] = [];
    await common(c, async () => {
      await next();
      for (const name of OWN_HEADERS) {
        const value = c.res.headers.get(name);
        if (value !== null) stricter.push([name, value]);
      }
    });
    for (const [name, value] of stricter) c.res.headers.set(name, value);
    if (FRAMED.test(c.res.headers.get('Content-Security-Policy') ?? ''))
      c.res.headers.delete('X-Frame-Options');
  };
}

function commonHeaders(https: boolean): MiddlewareHandler<HttpEnv> {
  const own = ["'self'"];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: own,
      styleSrc: own,
      imgSrc: [...own, 'data:'],
      fontSrc: own,
      connectSrc: own,
      formAction: own,
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'strict-origin-when-cross-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: https ? `max-age=${YEAR_S}` : false,
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
  });
}

/**
 * Refuses unsafe requests that a browser sends on behalf of another site. Browsers name the origin on every
 * such request; programs that send neither header carry no ambient cookie of a person and are let through.
 */
export function sameOrigin(baseUrl: () => string): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next();
    const site = c.req.header('Sec-Fetch-Site');
    const origin = c.req.header('Origin');
    const foreign =
      (site !== undefined && site !== 'same-origin' && site !== 'none') ||
      (origin !== undefined && origin !== new URL(baseUrl()).origin && origin !== new URL(c.req.url).origin);
    if (foreign) throw failCommon('cross-site-request');
    return next();
  };
}

/** Refuses bodies over the limit before they are read to their end; multipart forms carry files and have their own. */
export function limitBody(maxBytes: number, maxUploadBytes: number): MiddlewareHandler<HttpEnv> {
  const limit = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw failCommon('body-too-large', { detail: `${maxSize} bytes` });
      },
    });
  const [small, large] = [limit(maxBytes), limit(maxUploadBytes + maxBytes)];
  return (c, next) =>
    ((c.req.header('Content-Type') ?? '').startsWith('multipart/form-data') ? large : small)(c, next);
}
