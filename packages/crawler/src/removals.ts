import { type KeyLookup, openRemovals, ProtocolError, type Removal } from '@clearway/protocol';
import { badStatus, dropBody, type Net, readBody, send } from './net.ts';
import { Stop, type Stopped } from './result.ts';

/** What a removal feed says; give `next` as `since` the next time. Nothing is answered from a feed that is not whole. */
export type RemovalResult =
  | { readonly state: 'read'; readonly removals: readonly Removal[]; readonly next: number }
  | {
      readonly state: 'unreachable' | 'refused';
      readonly reason: 'network' | 'status' | 'too-large' | 'signature';
      readonly detail: string;
    };

const PART_LIMIT = 8 * 1024 * 1024;
const MOST_PARTS = 1_000;

/** Reads all parts of a feed after a position, each signed by the instance. */
export async function readRemovals(
  net: Net,
  feedUrl: string,
  { since = 0, keys }: { readonly since?: number; readonly keys: KeyLookup },
): Promise<RemovalResult> {
  const removals: Removal[] = [];
  let after = since;
  try {
    for (let part = 0; part < MOST_PARTS; part += 1) {
      const url = new URL(feedUrl);
      url.searchParams.set('after', String(after));
      const feed = await openRemovals(await readPart(net, url.href), keys);
      if (feed.after !== after) {
        const detail = `The feed answered for ${feed.after}, not for ${after}.`;
        return { state: 'refused', reason: 'signature', detail };
      }
      removals.push(...feed.removals);
      after = feed.last;
      if (feed.complete) break;
    }
    return { state: 'read', removals, next: after };
  } catch (error) {
    if (error instanceof ProtocolError) {
      return { state: 'refused', reason: 'signature', detail: `${error.code}: ${error.message}` };
    }
    if (error instanceof Stop) return unreachable(error.result);
    throw error;
  }
}

async function readPart(net: Net, url: string): Promise<string> {
  const response = await send(net, url, { headers: { Accept: 'application/jose' } });
  if (!response.ok) {
    await dropBody(response);
    throw badStatus(response, url);
  }
  const body = await readBody(response, PART_LIMIT);
  if (!body) throw new Stop({ state: 'unreachable', reason: 'too-large', detail: `${url} is too long.` });
  return new TextDecoder().decode(body).trim();
}

function unreachable({ reason, detail }: Stopped): RemovalResult {
  return {
    state: 'unreachable',
    reason: reason === 'status' || reason === 'too-large' ? reason : 'network',
    detail,
  };
}
