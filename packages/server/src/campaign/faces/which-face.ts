import type { Faces } from './faces.ts';

/**
 * To which face an address belongs. `house`: accounts and the operator's pages; `common`: on both hosts;
 * `campaign-api`: on both hosts where the campaign runs.
 */
export type Room = 'campaign' | 'campaign-api' | 'licensing' | 'house' | 'common';

/** What to do with a request: answer it here, send the browser to the other host, or say that it is not here. */
export type Direction = 'here' | 'campaign' | 'licensing' | 'nowhere';

/** Which face a host shows: its own, or both where they share one. */
export type Shows = 'both' | 'campaign' | 'licensing';

/** What a request to `host` shows. A name nobody registered shows the instance itself. */
export function shownAt(faces: Faces, host: string): Shows {
  if (faces.runs !== 'both') return faces.runs;
  if (!faces.campaign) return 'both';
  return new URL(faces.campaign.baseUrl).host === host.toLowerCase() ? 'campaign' : 'licensing';
}

/**
 * Where a request for an address of `room` is answered.
 * @example
 * const faces = { runs: 'licensing', accent: 'pine', trusted: [] } as const;
 * whereTo({ ...faces, trusted: [] }, 'licences.example', 'campaign'); // => 'nowhere'
 */
export function whereTo(faces: Faces, host: string, room: Room): Direction {
  if (room === 'common') return 'here';
  if (room === 'campaign-api') return faces.runs === 'licensing' ? 'nowhere' : 'here';
  if (faces.runs !== 'both') return room === 'house' || room === faces.runs ? 'here' : 'nowhere';
  const shows = shownAt(faces, host);
  if (shows === 'both') return 'here';
  const wanted = room === 'campaign' ? 'campaign' : 'licensing';
  return shows === wanted ? 'here' : wanted;
}

/** The first parts of an address by which rooms are told apart: `/api/x`, `/operator/x` and `/me/x`, else `/x`. */
export function rootOf(path: string): string {
  const [first = '', second] = path.split('/').slice(1);
  const deep = first === 'api' || first === 'operator' || first === 'me';
  return deep && second !== undefined ? `/${first}/${second}` : `/${first}`;
}
