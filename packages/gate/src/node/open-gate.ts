import { join } from 'node:path';
import { keepBundle } from '../bundle-keeper.ts';
import { createGate, type Gate } from '../gate.ts';
import { postSegments, startDelivery } from './deliver-segments.ts';
import { readIfThere, writeWhole } from './files.ts';
import type { GateKey } from './gate-key.ts';
import { openSpool, type Spool, type SpoolOptions } from './spool.ts';

/** All a gate in Node needs. */
export interface OpenGateOptions {
  readonly key: GateKey;
  /** Where the signed bundle is. */
  readonly bundleUrl: string;
  /** Where segments of usage are delivered; without it they stay in the spool. */
  readonly usageUrl?: string;
  /** The spool: a directory of this gate's own. */
  readonly directory: string;
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Names (`host[:port]`) the site answers to besides the one in its origin. */
  readonly hosts?: readonly string[];
  /** Milliseconds between two looks for a new bundle; 10,000 unless given. */
  readonly bundleEveryMs?: number;
  readonly spool?: Pick<SpoolOptions, 'lease' | 'groupMs' | 'sealEveryMs'>;
  readonly onError?: (error: unknown) => void;
}

/** A gate with everything that works behind it. */
export interface OpenGate {
  readonly gate: Gate;
  readonly spool: Spool;
  /** Ends the work behind, sealing and delivering what there is; stop serving first. */
  close(): Promise<void>;
}

/**
 * Opens a gate: recovers its spool, takes the last good bundle, looks for a new one every few seconds and delivers usage.
 * Resolves also where no bundle could be had yet; until one comes people pass and what needs a decision gets 503.
 */
export async function openGate(options: OpenGateOptions): Promise<OpenGate> {
  const { key, directory, fetch, now, usageUrl } = options;
  const onError = options.onError ?? (() => {});
  const headers = key.secret === undefined ? {} : { authorization: basic(key.gate, key.secret) };
  const delivery = usageUrl
    ? startDelivery({ directory, deliver: postSegments(fetch, usageUrl, headers), onError })
    : undefined;
  const spool = await openSpool({
    directory,
    gate: key.gate,
    site: key.site,
    privateKey: key.privateKey,
    onError,
    ...(delivery ? { onSealed: delivery.wake } : {}),
    ...options.spool,
  });
  const gate = createGate({ now, usage: spool, site: key.site, hosts: options.hosts ?? [] });
  const stored = join(directory, 'bundle.jws');
  const keeper = await keepBundle(gate, {
    url: options.bundleUrl,
    fetch,
    keys: key.trust,
    headers,
    onError,
    everyMs: options.bundleEveryMs ?? 10_000,
    store: {
      load: async () => (await readIfThere(stored))?.toString(),
      save: (sealed) => writeWhole(stored, sealed),
    },
  });
  delivery?.wake();
  return {
    gate,
    spool,
    async close() {
      keeper.stop();
      await spool.close();
      // What cannot be delivered now is delivered by the next run.
      await delivery?.deliverNow().catch(onError);
      await delivery?.stop();
    },
  };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
