/** A platform on which people have a page but not the server. */
export type Platform = {
  readonly id: string;
  readonly name: string;
  /** The host of its profiles, without `www.`. */
  readonly host: string;
  /** Other hosts that show the same pages. */
  readonly aliases?: readonly string[];
  /** Profiles are names under the host: `jane.example.com`. */
  readonly subdomains?: boolean;
  /** Profiles are paths; `:name` stands for one segment. */
  readonly paths?: readonly string[];
  /** Upper and lower case are the same profile. */
  readonly caseless: boolean;
  /** It is known to answer programs with an error or a sign-in page, so a person looks at once. */
  readonly refusesFetch: boolean;
  /** Where its members can write a code. */
  readonly field: Field;
};

/** The text a member can change. */
export type Field = 'bio' | 'about' | 'description' | 'publication';

const ALIASES = ['www', 'm', 'mobile'];

/** The platforms known by name. Anything else counts as a host of its own. */
export const PLATFORMS: readonly Platform[] = [
  path('artstation', 'ArtStation', 'artstation.com', ['/:name'], 'about', { refusesFetch: true }),
  subdomain('bandcamp', 'Bandcamp', 'bandcamp.com', 'bio'),
  path('behance', 'Behance', 'behance.net', ['/:name'], 'about', { refusesFetch: true }),
  path('bluesky', 'Bluesky', 'bsky.app', ['/profile/:name'], 'bio'),
  path('deviantart', 'DeviantArt', 'deviantart.com', ['/:name'], 'about', { refusesFetch: true }),
  path('facebook', 'Facebook', 'facebook.com', ['/:name', '/people/:name/:id'], 'bio', {
    refusesFetch: true,
  }),
  path('flickr', 'Flickr', 'flickr.com', ['/photos/:name', '/people/:name'], 'about'),
  path('goodreads', 'Goodreads', 'goodreads.com', ['/author/show/:name'], 'about'),
  path('instagram', 'Instagram', 'instagram.com', ['/:name'], 'bio', { refusesFetch: true }),
  path('linkedin', 'LinkedIn', 'linkedin.com', ['/in/:name', '/company/:name'], 'about', {
    refusesFetch: true,
  }),
  { ...path('medium', 'Medium', 'medium.com', ['/@:name'], 'bio'), subdomains: true },
  path('patreon', 'Patreon', 'patreon.com', ['/:name', '/c/:name'], 'about', { refusesFetch: true }),
  path('pinterest', 'Pinterest', 'pinterest.com', ['/:name'], 'about', { refusesFetch: true }),
  path('soundcloud', 'SoundCloud', 'soundcloud.com', ['/:name'], 'bio'),
  path('spotify', 'Spotify', 'open.spotify.com', ['/artist/:name', '/user/:name'], 'bio', {
    refusesFetch: true,
    caseless: false,
  }),
  subdomain('substack', 'Substack', 'substack.com', 'publication'),
  path('threads', 'Threads', 'threads.com', ['/@:name'], 'bio', {
    refusesFetch: true,
    aliases: ['threads.net'],
  }),
  path('tiktok', 'TikTok', 'tiktok.com', ['/@:name'], 'bio', { refusesFetch: true }),
  { ...subdomain('tumblr', 'Tumblr', 'tumblr.com', 'description'), paths: ['/:name'] },
  path('vimeo', 'Vimeo', 'vimeo.com', ['/:name'], 'bio'),
  path('wattpad', 'Wattpad', 'wattpad.com', ['/user/:name'], 'about'),
  subdomain('wordpress', 'WordPress.com', 'wordpress.com', 'description'),
  path('x', 'X', 'x.com', ['/:name'], 'bio', { refusesFetch: true, aliases: ['twitter.com'] }),
  path('youtube', 'YouTube', 'youtube.com', ['/@:name', '/channel/:name', '/c/:name'], 'description', {
    caseless: false,
  }),
];

type Exceptions = Partial<Pick<Platform, 'refusesFetch' | 'aliases' | 'caseless'>>;

function path(
  id: string,
  name: string,
  host: string,
  paths: readonly string[],
  field: Field,
  exceptions: Exceptions = {},
): Platform {
  return { id, name, host, paths, field, caseless: true, refusesFetch: false, ...exceptions };
}

function subdomain(id: string, name: string, host: string, field: Field): Platform {
  return { id, name, host, subdomains: true, field, caseless: true, refusesFetch: false };
}

/** Where on a platform an address is. */
export type PlatformPlace = {
  readonly platform: Platform;
  /** The host as the platform itself writes it. */
  readonly host: string;
  /** The path in the spelling in which profiles are compared. */
  readonly path: string;
  /** The profile the address belongs to, `''` for a host of its own, undefined when it belongs to none. */
  readonly profile: string | undefined;
};

/** Finds the platform of a host name and the profile an address on it belongs to. */
export function findPlatform(hostname: string, pathname: string): PlatformPlace | undefined {
  for (const platform of PLATFORMS) {
    const base = [platform.host, ...(platform.aliases ?? [])].find(
      (host) => hostname === host || hostname.endsWith(`.${host}`),
    );
    if (base === undefined) continue;
    const label = hostname.slice(0, -base.length - 1);
    const shown = platform.caseless ? pathname.toLowerCase() : pathname;
    if (label === '' || ALIASES.includes(label)) {
      return { platform, host: platform.host, path: shown, profile: profileOf(platform, shown) };
    }
    const own = platform.subdomains === true && !label.includes('.');
    return { platform, host: hostname, path: shown, profile: own ? '' : undefined };
  }
  return undefined;
}

function profileOf(platform: Platform, pathname: string): string | undefined {
  const given = pathname.split('/').slice(1);
  for (const shape of platform.paths ?? []) {
    const wanted = shape.split('/').slice(1);
    if (wanted.every((part, i) => fits(part, given[i]))) return `/${given.slice(0, wanted.length).join('/')}`;
  }
  return undefined;
}

function fits(part: string, segment: string | undefined): boolean {
  if (segment === undefined || segment === '') return false;
  const colon = part.indexOf(':');
  if (colon < 0) return part === segment;
  return segment.startsWith(part.slice(0, colon)) && segment.length > colon;
}
