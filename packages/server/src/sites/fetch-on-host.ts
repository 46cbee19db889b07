import type { FetchResult } from '@clearway/net';
import { NetError } from '@clearway/net';
import type { Kernel } from '../kernel/index.ts';
import type { CheckResult, Evidence } from './model.ts';
import { sha256Hex } from './sha256.ts';

/** What came of asking one place: an answer, or why there is none. */
export type Seen =
  | { readonly answer: FetchResult; readonly evidence: Evidence }
  | { readonly failed: CheckResult; readonly evidence: Evidence };

type Options = {
  readonly accept: string;
  readonly maxBytes: number;
  /** Whether a redirect to this address is still the same place. */
  readonly stays: (next: URL, from: URL) => boolean;
};

const MAX_HOPS = 4;
const TIMEOUT_MS = 10_000;

/**
 * Fetches one address and follows redirects only as long as they stay where control is to be shown: a page elsewhere
 * shows nothing about this place, so it is not even asked.
 */
export async function fetchOnHost(k: Kernel, address: string, options: Options): Promise<Seen> {
  const redirects: string[] = [];
  let url = new URL(address);
  for (;;) {
    let answer: FetchResult;
    try {
      answer = await k.fetch(url.href, {
        redirect: 'manual',
        accept: options.accept,
        maxBytes: options.maxBytes,
        timeoutMs: TIMEOUT_MS,
      });
    } catch (error) {
      if (!(error instanceof NetError)) throw error;
      return {
        failed: resultOf(error),
        evidence: { asked: address, finalUrl: url.href, redirects, error: error.code },
      };
    }
    const evidence: Evidence = {
      asked: address,
      finalUrl: answer.url,
      ip: answer.address,
      status: answer.status,
      redirects,
    };
    const next = redirectTarget(answer, url);
    if (next === undefined) return { answer, evidence: { ...evidence, ...aboutBody(answer) } };
    const downgrade = url.protocol === 'https:' && next.protocol !== 'https:';
    if (downgrade || !options.stays(next, url) || redirects.length >= MAX_HOPS) {
      return { failed: 'redirected', evidence: { ...evidence, redirectedTo: next.href.slice(0, 500) } };
    }
    redirects.push(url.href);
    url = next;
  }
}

function redirectTarget(answer: FetchResult, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  const location = answer.headers.get('location');
  // Header bytes arrive as Latin-1; servers send UTF-8.
  const text = location === null ? '' : Buffer.from(location, 'latin1').toString('utf8');
  return text !== '' && URL.canParse(text, from.href) ? new URL(text, from) : undefined;
}

function aboutBody(answer: FetchResult): Pick<Evidence, 'sha256' | 'bytes' | 'mediaType'> {
  const mediaType = mediaTypeOf(answer);
  return {
    sha256: sha256Hex(answer.body),
    bytes: answer.body.length,
    ...(mediaType === '' ? {} : { mediaType: mediaType.slice(0, 100) }),
  };
}

/** Lower case, without parameters. */
export function mediaTypeOf(answer: FetchResult): string {
  return (answer.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}

/** What a refusal or failure of the guarded fetch means for the owner. */
export function resultOf(error: NetError): CheckResult {
  switch (error.code) {
    case 'net-address-refused':
    case 'net-port-refused':
      return 'address-refused';
    case 'net-tls-failed':
      return 'tls-failed';
    case 'net-too-large':
    case 'net-header-too-large':
      return 'too-large';
    default:
      return 'unreachable';
  }
}
