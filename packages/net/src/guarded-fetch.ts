import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { checkUrl, type Policy, publicPolicy, resolveTarget } from './check-target.ts';
import { NetError } from './errors.ts';
import { asNetError, exchange, type Hop } from './exchange.ts';
import { readBody, tooLarge } from './read-body.ts';
import { createResolver, type Resolver } from './resolver.ts';

/** Limits of one fetch; sizes in bytes, times in milliseconds. */
export type FetchLimits = {
  /** Of the body, after decoding. Default 10 MiB. */
  readonly maxBytes: number;
  /** From the call to the last byte, over all redirects. Default 15 s. */
  readonly timeoutMs: number;
  /** To a usable connection, per hop. Default 5 s. */
  readonly connectTimeoutMs: number;
  /** Default 5. */
  readonly maxRedirects: number;
  /** Status line and headers, per hop. Default 32 KiB. */
  readonly maxHeaderBytes: number;
};

/** What a fetch is made of; everything has a safe default. */
export type FetchOptions = {
  /** Default: the system's. */
  readonly resolver?: Resolver;
  /** Origins (scheme, host, port) exempt from the port, name and address rules. For tests, selftest and demo only. */
  readonly allowOrigins?: readonly string[];
  /** Whether plain http may be read. Default true. */
  readonly allowHttp?: boolean;
  readonly limits?: Partial<FetchLimits>;
  readonly userAgent?: string;
  /** PEM certificates trusted besides the public ones. */
  readonly ca?: string;
};

/** One request. */
export type FetchInit = {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly accept?: string;
  /** `manual` returns a redirect as the result. Default `follow`. */
  readonly redirect?: 'follow' | 'manual';
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

/** The answer. */
export type FetchResult = {
  /** The address that answered, after redirects, without fragment. */
  readonly url: string;
  readonly status: number;
  /** As sent, so Content-Encoding and Content-Length describe what travelled, not `body`. */
  readonly headers: Headers;
  /** The same line by line: `headers` joins those of one name, and what a line was about is lost. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  /** Decoded. */
  readonly body: Uint8Array;
  /** Every address that redirected, in order. */
  readonly redirects: readonly { readonly url: string; readonly status: number }[];
  /** The IP address that answered. */
  readonly address: string;
};

/** See {@link createFetch}. */
export type GuardedFetch = (url: string, init?: FetchInit) => Promise<FetchResult>;

const DEFAULT_LIMITS: FetchLimits = {
  maxBytes: 10 * 1024 * 1024,
  timeoutMs: 15_000,
  connectTimeoutMs: 5_000,
  maxRedirects: 5,
  maxHeaderBytes: 32 * 1024,
};
const OWN_HEADERS = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
];
// What another origin may see after a redirect; all else may be a credential.
const HARMLESS_HEADERS = new Set([
  ...[
    'accept',
    'accept-encoding',
    'accept-language',
    'content-type',
    'from',
    'if-modified-since',
    'if-none-match',
  ],
  ...['range', 'user-agent'],
]);

/**
 * The guarded fetch: public web addresses only, checked again at every redirect, with limits on time and size.
 *
 * A host is looked up once; every answer must be a public address, and the connection goes to one of these answers, so a
 * name can not change between check and connect. Connections are not reused, proxies from the environment not used. On a
 * redirect to another origin only harmless headers go along, and a body (307, 308) is not sent on.
 *
 * The promise rejects with {@link NetError} (`code`, `cure`), with the reason of `init.signal` when the caller aborts, and
 * with TypeError for headers only this function may set. Any status is a result, 404 and 500 too.
 *
 * @example
 * const fetch = createFetch({ userAgent: 'Clearway/0.1 (+https://clearing.example/bot)' })
 * fetch('http://169.254.169.254/latest/meta-data', { maxBytes: 512_000 }) // => throws net-address-refused
 * fetch('https://example.org:8443/') // => throws net-port-refused
 */
export function createFetch(options: FetchOptions = {}): GuardedFetch {
  return createFetchWith(options, publicPolicy(options.allowHttp ?? true, options.allowOrigins ?? []));
}

/** As {@link createFetch} under another policy. Inside the package only. */
export function createFetchWith(options: FetchOptions, policy: Policy): GuardedFetch {
  const resolver = options.resolver ?? createResolver();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const secureContext =
    options.ca === undefined ? undefined : createSecureContext({ ca: [...rootCertificates, options.ca] });

  return async (url, init = {}) => {
    const call: Call = {
      resolver,
      policy,
      secureContext,
      limits: {
        ...limits,
        maxBytes: init.maxBytes ?? limits.maxBytes,
        timeoutMs: init.timeoutMs ?? limits.timeoutMs,
      },
      method: init.method ?? 'GET',
      headers: requestHeaders(init, options.userAgent),
      body: typeof init.body === 'string' ? new TextEncoder().encode(init.body) : init.body,
      follow: init.redirect !== 'manual',
    };
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort(new NetError('net-timeout', `No complete answer within ${call.limits.timeoutMs} ms.`));
    }, call.limits.timeoutMs);
    const signals = init.signal === undefined ? [deadline.signal] : [deadline.signal, init.signal];
    try {
      return await run(url, call, AbortSignal.any(signals));
    } finally {
      clearTimeout(timer);
    }
  };
}

type Call = {
  readonly resolver: Resolver;
  readonly policy: Policy;
  readonly secureContext: SecureContext | undefined;
  readonly limits: FetchLimits;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly follow: boolean;
};

async function run(text: string, call: Call, signal: AbortSignal): Promise<FetchResult> {
  signal.throwIfAborted();
  const redirects: { url: string; status: number }[] = [];
  let { method, headers, body } = call;
  let url = checkUrl(text, undefined, call.policy);
  for (;;) {
    const target = await orAborted(resolveTarget(url, call.resolver, call.policy), signal);
    const { connectTimeoutMs, maxHeaderBytes } = call.limits;
    const { secureContext } = call;
    const hop = await orAborted(
      exchange(target, {
        method,
        headers,
        body,
        connectTimeoutMs,
        maxHeaderBytes,
        secureContext,
        signal,
      }),
      signal,
    );
    const next = call.follow ? redirectTarget(hop, url, call.policy) : undefined;
    if (next === undefined) {
      const bytes = await finish(hop, method, call.limits.maxBytes, url.hostname, signal);
      return {
        url: url.href,
        status: hop.status,
        headers: hop.headers,
        lines: hop.lines,
        body: bytes,
        redirects,
        address: hop.address,
      };
    }
    redirects.push({ url: url.href, status: hop.status });
    if (redirects.length > call.limits.maxRedirects) {
      throw new NetError('net-too-many-redirects', `More than ${call.limits.maxRedirects} redirects.`);
    }
    if (method === 'POST' && hop.status < 307) {
      method = 'GET';
      body = undefined;
      headers = without(headers, (name) => name.startsWith('content-'));
    }
    if (next.origin !== url.origin) {
      if (body !== undefined) {
        throw new NetError('net-redirect-refused', `${url.hostname} sends the message on to another site.`);
      }
      headers = without(headers, (name) => !HARMLESS_HEADERS.has(name));
    }
    url = next;
  }
}

/** Where the answer redirects to, checked; the connection of a redirect is closed. */
function redirectTarget(hop: Hop, from: URL, policy: Policy): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(hop.status)) return undefined;
  const location = hop.headers.get('location');
  if (location === null) return undefined;
  hop.discard();
  // Header bytes arrive as Latin-1; servers send UTF-8.
  const next = checkUrl(Buffer.from(location, 'latin1').toString('utf8'), from, policy);
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new NetError('net-downgrade-refused', `${from.hostname} redirects from https to http.`, next.href);
  }
  return next;
}

async function finish(
  hop: Hop,
  method: string,
  maxBytes: number,
  host: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    const coding = hop.headers.get('content-encoding') ?? '';
    const declared = Number(hop.headers.get('content-length') ?? 0);
    if (method !== 'HEAD' && coding === '' && declared > maxBytes) throw tooLarge(maxBytes);
    return await readBody(hop.message, coding, maxBytes);
  } catch (error) {
    throw asNetError(error, 'answer', host, signal);
  } finally {
    hop.discard();
  }
}

function requestHeaders(init: FetchInit, userAgent: string | undefined): Headers {
  const headers = new Headers(init.headers);
  const forbidden = OWN_HEADERS.find((name) => headers.has(name));
  if (forbidden !== undefined) throw new TypeError(`the header ${forbidden} is set by the fetch itself`);
  if (init.body !== undefined && init.method !== 'POST') throw new TypeError('only POST has a body');
  if (userAgent !== undefined && !headers.has('user-agent')) headers.set('user-agent', userAgent);
  if (init.accept !== undefined) headers.set('accept', init.accept);
  if (!headers.has('accept')) headers.set('accept', '*/*');
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'gzip, deflate, br');
  return headers;
}

function without(headers: Headers, drop: (name: string) => boolean): Headers {
  return new Headers([...headers].filter(([name]) => !drop(name)));
}

/** What can not be cancelled, such as a DNS query, is no longer waited for. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
