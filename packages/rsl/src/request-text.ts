import { webAddress } from './addresses.ts';
import { readValidators, type Validators } from './freshness.ts';
import { orAborted, readLimited } from './read-limited.ts';

/** The one thing that touches the network. The global `fetch` fits; one that guards against private addresses is better. */
export type TermsFetch = (
  url: string,
  init: {
    readonly method: 'GET' | 'HEAD';
    readonly headers: Readonly<Record<string, string>>;
    readonly redirect: 'manual';
    readonly signal: AbortSignal | undefined;
  },
) => Promise<Response>;

/** How a client asks. */
export interface TermsClient {
  readonly fetch: TermsFetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends everything that is still under way: what has no answer by then is `too-slow`. */
  readonly signal?: AbortSignal;
  /**
   * Whether an address taken from a stranger's text may be asked at all; {@link isPublicHost} unless given. That one
   * sees names only; whoever can look a name up should look at its addresses as well.
   */
  readonly mayFetch?: (url: URL) => boolean | Promise<boolean>;
  /** Which documents may come over plain http, against RSL 1.0 §8: those of a machine that is tried out. None unless given. */
  readonly allowHttp?: (url: URL) => boolean;
  /** What an error of `fetch` means, where it can tell; `no-answer` where it cannot. */
  readonly problemOf?: (error: unknown) => RequestProblem | undefined;
}

/** Why there is no answer. */
export type RequestProblem =
  /** Plain http, or a redirect to it. */
  | 'insecure'
  /** An address that is not asked: private, local, or with a user name. */
  | 'guarded'
  | 'redirect-loop'
  | 'too-many-redirects'
  /** A redirect without an address. */
  | 'redirect-nowhere'
  | 'no-answer'
  | 'too-slow';

/** One answer, or why there is none, with the way to it. */
export interface Asked {
  readonly url: string;
  /** The addresses that sent the client on, in order. */
  readonly redirects: readonly { readonly url: string; readonly status: number }[];
  /** The address that answered last. */
  readonly finalUrl: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly problem?: RequestProblem;
  readonly status?: number;
  /** Without parameters, in lower case. */
  readonly mediaType?: string;
  readonly link?: string;
  readonly bytes: Uint8Array;
  /** False when the body was longer than the limit: `bytes` is its beginning. */
  readonly complete: boolean;
  readonly validators: Validators;
}

const redirectLimit = 5;
const redirectStatuses = [301, 302, 303, 307, 308];

/**
 * Whether an address taken from a stranger's text names a public host: neither a literal address (RFC 3986 host of digits or
 * brackets), nor a name without a dot or of a local kind, nor anything with a user name or a port of its own.
 *
 * @example
 * ```ts
 * import { isPublicHost } from '@clearway/rsl/find';
 *
 * isPublicHost(new URL('https://example.org/license.xml')) // => true
 * isPublicHost(new URL('https://169.254.169.254/latest')) // => false
 * ```
 */
export function isPublicHost(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, '');
  const last = host.slice(host.lastIndexOf('.') + 1);
  return (
    host.includes('.') &&
    /[a-z]/.test(last) &&
    !['local', 'localhost', 'internal', 'lan', 'home', 'onion'].includes(last) &&
    !host.endsWith('.home.arpa') &&
    url.username + url.password + url.port === ''
  );
}

/** Asks once, following redirects if it should, and reads no more than the limit. Never throws. */
export async function requestText(
  client: TermsClient,
  address: string,
  more: {
    readonly method?: 'GET' | 'HEAD';
    readonly maxBytes: number;
    readonly secure: boolean;
    readonly follow: boolean;
    readonly accept?: string;
    readonly validators?: Validators | undefined;
    /** By status, whether the body is read; it is unless this says otherwise. */
    readonly wantsBody?: (status: number) => boolean;
  },
): Promise<Asked> {
  const { fetch, now, signal, mayFetch = isPublicHost, allowHttp, problemOf } = client;
  const { method = 'GET', maxBytes, secure, follow, accept, validators = {}, wantsBody } = more;
  const redirects: { url: string; status: number }[] = [];
  const headers = {
    ...(accept !== undefined && { Accept: accept }),
    ...(validators.etag !== undefined && { 'If-None-Match': validators.etag }),
    ...(validators.lastModified !== undefined && { 'If-Modified-Since': validators.lastModified }),
  };
  let url = address;
  function none(problem: RequestProblem): Asked {
    const empty = { bytes: new Uint8Array(), complete: false, validators: {} };
    return { url: address, redirects, finalUrl: url, at: now(), problem, ...empty };
  }
  for (;;) {
    const target = webAddress(url);
    if (!target || (secure && target.protocol !== 'https:' && !allowHttp?.(target))) return none('insecure');
    if (!(await mayFetch(target))) return none('guarded');
    const at = now();
    try {
      const asked = fetch(url, { method, headers, redirect: 'manual', signal });
      const response = await orAborted(asked, signal);
      const { status, headers: said, body } = response;
      const location = said.get('Location');
      if (follow && redirectStatuses.includes(status)) {
        body?.cancel().catch(() => undefined);
        redirects.push({ url, status });
        if (location === null || !URL.canParse(location, url)) return none('redirect-nowhere');
        url = new URL(location, url).href.split('#', 1)[0]!;
        if (redirects.some((one) => one.url === url)) return none('redirect-loop');
        if (redirects.length > redirectLimit) return none('too-many-redirects');
        continue;
      }
      const wanted = wantsBody?.(status) ?? true;
      if (!wanted) body?.cancel().catch(() => undefined);
      const { bytes, complete } =
        body && wanted
          ? await readLimited(body, maxBytes, signal)
          : { bytes: new Uint8Array(), complete: true };
      const mediaType = said.get('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase();
      const link = redirectStatuses.includes(status) ? undefined : said.get('Link');
      return {
        url: address,
        redirects: redirectStatuses.includes(status) ? [...redirects, { url, status }] : redirects,
        finalUrl: location !== null && URL.canParse(location, url) ? new URL(location, url).href : url,
        at,
        status,
        ...(mediaType && { mediaType }),
        ...(link && { link }),
        bytes,
        complete,
        validators: readValidators(said, at),
      };
    } catch (error) {
      // Whatever a network throws, there is no answer; the state says which kind.
      return none(signal?.aborted ? 'too-slow' : (problemOf?.(error) ?? 'no-answer'));
    }
  }
}
