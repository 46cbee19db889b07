import type { Face } from './face.ts';
import type { navigationText } from './navigation-messages.ts';

type Words = ReturnType<typeof navigationText>;
type AreaKey = keyof Words['areas'];

/** A page that the navigation names. */
type Place = {
  readonly key: keyof Words['places'];
  readonly href: string;
  /** Other addresses whose pages are found from here. */
  readonly also?: readonly string[];
  /** Shown only where this face is. */
  readonly face?: 'campaign' | 'licensing';
};

type Area = { readonly key: AreaKey; readonly home: string; readonly places: readonly Place[] };

const AREAS: readonly Area[] = [
  {
    key: 'public',
    home: '/',
    places: [
      { key: 'declaration', href: '/declaration', also: ['/sign'], face: 'campaign' },
      { key: 'wall', href: '/wall', also: ['/signed', '/milestones'], face: 'campaign' },
      { key: 'companies', href: '/companies', face: 'campaign' },
      { key: 'impact', href: '/impact', also: ['/funnel'], face: 'campaign' },
      { key: 'press', href: '/press', face: 'campaign' },
      { key: 'numbers', href: '/numbers', also: ['/log'] },
      { key: 'check', href: '/check' },
      { key: 'verify', href: '/verify' },
    ],
  },
  // What companies look at stands apart: no page for them carries the campaign in its menu.
  {
    key: 'market',
    home: '/catalogue',
    places: [{ key: 'catalogue', href: '/catalogue', also: ['/w', '/site', '/quotes', '/licenses'] }],
  },
  {
    key: 'creator',
    home: '/works',
    places: [
      { key: 'works', href: '/works', also: ['/rights', '/invitations', '/refused-companies'] },
      { key: 'sites', href: '/sites' },
      { key: 'usage', href: '/usage' },
      { key: 'earnings', href: '/earnings' },
      { key: 'payouts', href: '/payouts' },
      { key: 'cases', href: '/cases' },
    ],
  },
  {
    key: 'company',
    home: '/agreements',
    places: [
      { key: 'catalogue', href: '/catalogue', also: ['/w', '/site', '/quotes'] },
      { key: 'agreements', href: '/agreements', also: ['/publicity', '/licenses'] },
      { key: 'usage', href: '/usage' },
      { key: 'invoices', href: '/invoices' },
      { key: 'clients', href: '/clients' },
      { key: 'datasetChecks', href: '/dataset-checks' },
    ],
  },
  {
    key: 'operator',
    home: '/operator',
    places: [
      { key: 'overview', href: '/operator' },
      { key: 'periods', href: '/operator/periods' },
      { key: 'invoices', href: '/operator/invoices' },
      { key: 'bank', href: '/operator/bank', also: ['/operator/bank-account'] },
      { key: 'runs', href: '/operator/runs' },
      { key: 'suspense', href: '/operator/suspense' },
      { key: 'statements', href: '/operator/statements' },
      { key: 'payouts', href: '/operator/payouts' },
      { key: 'people', href: '/operator/people' },
      { key: 'campaign', href: '/operator/campaign' },
      { key: 'mailings', href: '/operator/campaign/mailings' },
    ],
  },
  {
    key: 'account',
    home: '/account',
    places: [
      { key: 'account', href: '/account', also: ['/me'] },
      { key: 'rosters', href: '/rosters', face: 'campaign' },
      { key: 'organisations', href: '/organisations', also: ['/memberships'] },
      { key: 'payoutProfile', href: '/payout-profile', face: 'licensing' },
    ],
  },
];

/** Who looks: nobody known, a person, a person for an organisation; perhaps one who runs the instance. */
export type Viewer = {
  readonly signedIn: boolean;
  readonly operator: boolean;
  readonly forOther: boolean;
  /** The face of the host; both where it is not given. */
  readonly face?: Pick<Face, 'shows' | 'has'>;
};

const BOTH = { shows: 'both', has: () => true } as const;

/** The areas a viewer can enter, and where in them a page is. */
export function locate(path: string, { signedIn, operator, forOther, face = BOTH }: Viewer) {
  const all = face.shows === 'both' ? AREAS : AREAS.flatMap((area) => areaOf(area, face));
  const areas = all.filter(({ key }) => {
    if (!signedIn) return key === 'public' || key === 'market';
    return key === 'operator' ? operator : !(key === 'market' && forOther);
  });
  let best: { area: Area; place: Place; length: number } | undefined;
  for (const area of areas)
    for (const place of area.places)
      for (const root of [place.href, ...(place.also ?? [])]) {
        if (path !== root && !path.startsWith(`${root}/`)) continue;
        // What two sides share stands on the side of whoever looks.
        const wins = root.length === best?.length && area.key === 'company' && forOther;
        if (!best || root.length > best.length || wins) best = { area, place, length: root.length };
      }
  return { areas, area: best?.area ?? areas[0]!, place: best?.place };
}

/** Works, earnings and agreements belong to the licences; the rest keeps what its face shows and what leads somewhere. */
function areaOf(area: Area, { shows, has }: Pick<Face, 'shows' | 'has'>): Area[] {
  if (shows === 'campaign' && ['market', 'creator', 'company'].includes(area.key)) return [];
  return [{ ...area, places: area.places.filter(({ href, face = shows }) => face === shows && has(href)) }];
}
