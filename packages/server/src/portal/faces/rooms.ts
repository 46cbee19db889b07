import { type Room, rootOf } from '../../campaign/index.ts';
import type { Router } from '../../kernel/index.ts';

/** What stands on both hosts: who runs this, what strangers check, what machines ask for first. */
const COMMON = [
  ...['/static', '/imprint', '/privacy', '/participation', '/accessibility', '/legal-texts', '/problems'],
  ...[
    '/verify',
    '/log',
    '/numbers',
    '/numbers.csv',
    '/unsubscribe',
    '/robots.txt',
    '/license.xml',
    '/.well-known',
  ],
  ...['/api/keys', '/api/log', '/api/openapi.json', '/api/numbers', '/api/legal-texts'],
  ...['/companies', '/impact', '/funnel', '/api/companies', '/api/pledge', '/api/impact', '/api/funnel'],
  ...['/healthz', '/readyz', '/metrics', '/_design', '/demo'],
];

/** Pages of the campaign for those signed in: sessions are of the house. */
const SIGNED_IN = /^\/(operator|me|partner|rosters|moderators)(\/|$)/;

/** Tells the room of an address; made once from the routers of the campaign and of the licences. */
export type RoomOf = (path: string) => Room;

/**
 * Sorts addresses by the routers they come from, so that a new page is in its room without being listed. Pages for
 * those signed in belong to the house, whichever module draws them.
 */
export function sortRooms(routers: {
  readonly campaign: readonly Router[];
  readonly licensing: readonly Router[];
}): RoomOf {
  const common = new Set(COMMON);
  const [campaign, licensing] = [rootsOf(routers.campaign), rootsOf(routers.licensing)];
  return (path) => {
    const root = rootOf(path);
    // Both faces have a home page.
    if (path === '/' || common.has(root)) return 'common';
    if (licensing.has(root)) return 'licensing';
    if (!campaign.has(root)) return 'house';
    if (root.startsWith('/api/')) return 'campaign-api';
    return SIGNED_IN.test(root) ? 'house' : 'campaign';
  };
}

function rootsOf(routers: readonly Router[]): ReadonlySet<string> {
  const paths = routers.flatMap((router) => router.routes.map(({ path }) => path));
  return new Set(paths.map(rootOf).filter((root) => root !== '/' && root !== '/*' && !root.includes(':')));
}
