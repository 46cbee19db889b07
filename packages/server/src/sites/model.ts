import { refusedAddressReason, refusedNameReason } from '@clearway/net';
import { findPlatform, type Platform } from './platforms.ts';
import { failSites } from './problems.ts';

/** A host somebody runs, or a page on a platform somebody else runs. */
export type SiteKind = 'host' | 'profile';

/** How control can be shown. `moderator`: a person looked because the platform lets no program read the page. */
export const METHODS = ['file', 'dns', 'meta', 'code', 'moderator'] as const;
export type ProofMethod = (typeof METHODS)[number];
/** The methods a program checks. */
export type CheckMethod = Exclude<ProofMethod, 'moderator'>;

/** What a look at a site came to. Each has a sentence and a cure in `messages.ts`. */
export const CHECK_RESULTS = [
  'proven',
  'not-found',
  'wrong-value',
  'answered-with-error',
  'unreachable',
  'address-refused',
  'redirected',
  'too-large',
  'tls-failed',
  'not-text',
  'needs-moderator',
  'refused-by-moderator',
] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

/** What was seen, without the body of any page. */
export type Evidence = {
  /** What was asked: an address, or the DNS name. */
  readonly asked: string;
  /** The address that answered. */
  readonly finalUrl?: string;
  readonly ip?: string;
  readonly status?: number;
  readonly mediaType?: string;
  /** SHA-256 (hex) of the body or of all TXT records, one a line. */
  readonly sha256?: string;
  readonly bytes?: number;
  readonly redirects?: readonly string[];
  /** Where another address was pointed to that was not followed. */
  readonly redirectedTo?: string;
  /** Short, for the owner: the values found where ours was expected, at most three. */
  readonly found?: readonly string[];
  /** Code of the network error. */
  readonly error?: string;
  /** Why a person has to look, or what she wrote. */
  readonly note?: string;
};

/** One look at a site. */
export type Check = {
  readonly id: string;
  readonly siteId: string;
  readonly method: ProofMethod;
  readonly result: CheckResult;
  readonly checkedAt: Date;
  /** Only for proofs. */
  readonly validUntil: Date | undefined;
  readonly evidence: Evidence;
};

/** A host or profile that a party says is theirs. */
export type Site = {
  readonly id: string;
  readonly partyId: string;
  readonly kind: SiteKind;
  readonly host: string;
  /** Of the profile; `''` for a whole host. */
  readonly path: string;
  readonly url: string;
  readonly platform: string | undefined;
  readonly createdAt: Date;
  readonly releasedAt: Date | undefined;
};

const DAY_MS = 86_400_000;
/** A proof holds so long after the look that found it. */
export const PROOF_MS = 90 * DAY_MS;
/** The owner is written to when a proof that could not be renewed ends within this time. */
export const NOTICE_MS = 14 * DAY_MS;
/** Time between two looks by the job. */
export const RECHECK_MS = 7 * DAY_MS;
/** A challenge that proved nothing is worth nothing after this time. */
export const CHALLENGE_MS = 30 * DAY_MS;

const MAX_URL = 2_000;

/** A place on the web as sites are compared: host and path, and the platform when it is on one. */
export type Place = {
  /** The address itself, without fragment. */
  readonly href: string;
  readonly protocol: string;
  /** Punycode, lower case, with a port where it is not the usual one. */
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly platform: Platform | undefined;
  /** See `PlatformPlace`; undefined off platforms. */
  readonly profile: string | undefined;
};

/**
 * Reads an address as people type it: `https` when they leave it out, names in punycode, the usual port left out.
 * Problems: `site-address-invalid`, `site-address-private`, `site-address-port`.
 */
export function readPlace(text: string, options: { allowPorts?: boolean } = {}): Place {
  const url = readUrl(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw failSites('site-address-invalid', { detail: `${url.protocol} is not a web address` });
  }
  if (url.username !== '' || url.password !== '') throw failSites('site-address-userinfo');
  const literal = url.hostname.startsWith('[') || /^[\d.]+$/.test(url.hostname);
  if (literal) {
    const reason = refusedAddressReason(url.hostname.replace(/^\[|\]$/g, ''));
    throw failSites('site-address-private', { detail: reason ?? 'a number, not a name' });
  }
  const hostname = url.hostname.replace(/\.$/, '');
  const refused = refusedNameReason(hostname);
  if (refused !== undefined) throw failSites('site-address-private', { detail: `${hostname}: ${refused}` });
  if (url.port !== '' && options.allowPorts !== true) {
    throw failSites('site-address-port', { detail: `port ${url.port}` });
  }
  const found = findPlatform(hostname, url.pathname);
  const host = found?.host ?? hostname;
  url.hash = '';
  return {
    href: url.href,
    protocol: found ? 'https:' : url.protocol,
    host: url.port === '' ? host : `${host}:${url.port}`,
    hostname: host,
    port: url.port,
    path: `${found?.path ?? url.pathname}${url.search}`,
    platform: found?.platform,
    profile: found?.profile,
  };
}

function readUrl(text: string): URL {
  const typed = text.trim();
  if (typed.length > MAX_URL)
    throw failSites('site-address-invalid', { detail: `more than ${MAX_URL} characters` });
  const complete = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(typed) ? typed : `https://${typed}`;
  // The URL parser drops tabs and line ends silently; an address that holds them was not typed by its owner.
  const odd = [...typed].some((char) => char.codePointAt(0)! <= 0x20 || char.codePointAt(0) === 0x7f);
  if (typed === '' || odd || !URL.canParse(complete)) throw failSites('site-address-invalid');
  return new URL(complete);
}

/** What a place is registered as: the whole host, or the profile on a platform. Problem: `site-profile-unclear`. */
export function siteOfPlace(place: Place): Pick<Site, 'kind' | 'host' | 'path' | 'url' | 'platform'> {
  const { host, platform, profile, protocol, path } = place;
  if (platform === undefined)
    return { kind: 'host', host, path: '', url: `${protocol}//${host}/`, platform: undefined };
  const [pathname = ''] = path.split('?');
  const whole = profile === '' || (profile !== undefined && pathname.replace(/\/+$/, '') === profile);
  if (!whole || profile === undefined) throw failSites('site-profile-unclear', { detail: platform.name });
  return {
    kind: 'profile',
    host,
    path: profile,
    url: `https://${host}${profile || '/'}`,
    platform: platform.id,
  };
}

/** Whether a place lies on the site: the same host, and the profile's path or below it. */
export function covers(site: Pick<Site, 'host' | 'path'>, place: Pick<Place, 'host' | 'path'>): boolean {
  if (site.host !== place.host) return false;
  const [pathname = ''] = place.path.split('?');
  return site.path === '' || pathname === site.path || pathname.startsWith(`${site.path}/`);
}

/** What stands before a site and signs the usage it counts. */
export type Gate = {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  /** Ed25519, 32 raw bytes. */
  readonly publicKey: Uint8Array;
  readonly createdAt: Date;
  readonly revokedAt: Date | undefined;
};
