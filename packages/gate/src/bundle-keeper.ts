import { BUNDLE_MAX_BYTES, type KeyLookup, openBundle } from '@clearway/protocol';
import { type Gate, type Installed, installBundle } from './gate.ts';

/** Where bundles come from and whose signature they must bear. */
export interface BundleSource {
  readonly url: string;
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  readonly keys: KeyLookup;
  /** Sent along, such as credentials of the gate. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds between two looks; 10,000 unless given. */
  readonly everyMs?: number;
  /** Keeps the last good bundle over a restart. */
  readonly store?: { load(): Promise<string | undefined>; save(sealed: string): Promise<void> };
  /** Told of every failure; the last good bundle stays in force until its time is over. */
  readonly onError?: (error: unknown) => void;
}

/** A keeper that looks for new bundles until it is stopped. */
export interface BundleKeeper {
  /** Looks at once; rejects where no good bundle could be got. */
  refresh(): Promise<void>;
  stop(): void;
}

/**
 * Keeps the rules of a gate fresh behind the requests: first the stored bundle, then a look at the address every few
 * seconds, with its `ETag`. What cannot be fetched, opened or is older changes nothing.
 *
 * Resolves after the first look, whatever came of it.
 *
 * @example
 * ```ts
 * const usage = { reserve: () => true, release() {}, record() {}, refused() {}, counts: () => ({ count: 0, durable: 0 }), fetchesOf: () => 0 };
 * const gate = createGate({ now: () => 0, usage });
 * const errors = [];
 * const fetch = async () => new Response('not there', { status: 404 });
 * const keeper = await keepBundle(gate, { url: 'https://rights.example/bundle', fetch, keys: () => undefined, onError: (e) => errors.push(e) });
 * keeper.stop();
 * errors[0].message // => 'https://rights.example/bundle answered 404.'
 * ```
 */
export async function keepBundle(gate: Gate, source: BundleSource): Promise<BundleKeeper> {
  const { url, fetch, keys, everyMs = 10_000, store, onError } = source;
  let etag: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  async function refresh(): Promise<void> {
    const known = etag !== undefined && isYoung(gate) ? { 'if-none-match': etag } : {};
    const response = await fetch(url, {
      headers: { ...source.headers, ...known },
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 304) return void (await response.body?.cancel());
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${url} answered ${response.status}.`);
    }
    const sealed = await readText(response);
    const outcome = await install(sealed);
    if (outcome === 'older' || outcome === 'other-site')
      throw new Error(`The bundle at ${url} is ${said[outcome]}.`);
    etag = response.headers.get('etag') ?? undefined;
    if (outcome === 'installed') await store?.save(sealed);
  }

  async function install(sealed: string): Promise<Installed> {
    try {
      return installBundle(gate, await openBundle(sealed.trim(), keys));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The bundle from ${url} cannot be used: ${why}`, { cause });
    }
  }

  async function look(): Promise<void> {
    try {
      await refresh();
    } catch (error) {
      onError?.(error);
    }
    if (!stopped) timer = setTimeout(() => void look(), everyMs);
  }

  try {
    const stored = await store?.load();
    if (stored !== undefined) await install(stored);
  } catch (error) {
    onError?.(error);
  }
  await look();
  return {
    refresh,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const said = { older: 'older than the one at hand', 'other-site': 'for another site' };

/** In the second half of its time a bundle is fetched whole, so that one with a later time can come. */
function isYoung({ rules, options }: Gate): boolean {
  return rules !== undefined && options.now() < rules.until - (rules.bundle.maxAgeS * 1000) / 2;
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > BUNDLE_MAX_BYTES) throw new Error('The bundle is too long.');
  }
  return text;
}
