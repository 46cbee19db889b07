import { agents } from '@clearway/agents';
import { NetError } from '@clearway/net';
import {
  type Gathered,
  gatherSources,
  readSignals,
  type SignalFetch,
  type SignalSource,
  type SignalsReport,
} from '@clearway/signals';
import type { Kernel } from '../kernel/index.ts';

const TIMEOUT_MS = 8_000;
export const EVERYBODY: readonly string[] = ['*', ...agents.map(({ token }) => token)];

/** What is said at one address, as a bot finds it, with everything that was asked for. */
export type AddressSignals = { readonly gathered: Gathered; readonly report: SignalsReport };

/** Fetches everything about an address that can carry a sign and reads it for every known agent. Call it outside a transaction. */
export async function readAddress(k: Kernel, url: string): Promise<AddressSignals> {
  const gathered = await gatherSources(fetchOf(k), url, k.clock.now().toISOString());
  return { gathered, report: await readSources(k, gathered.url, gathered.sources) };
}

/** Reads what somebody else has fetched, for every known agent or for some. */
export function readSources(
  k: Kernel,
  url: string,
  sources: readonly SignalSource[],
  agents: readonly string[] = EVERYBODY,
): Promise<SignalsReport> {
  return readSignals({ url, sources, at: k.clock.now().toISOString(), agents });
}

/** The guarded fetch; that nobody answers, or may be asked, is an answer too. */
function fetchOf(k: Kernel): SignalFetch {
  return async (url, { maxBytes }) => {
    try {
      return await k.fetch(url, { maxBytes, timeoutMs: TIMEOUT_MS });
    } catch (error) {
      if (error instanceof NetError) return { error: error.code };
      throw error;
    }
  };
}
