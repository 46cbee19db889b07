import { linkHeader } from '@clearway/rsl';
import { type PublishedText, publishChannels, type ServerConfig, serverConfigs } from '@clearway/signals';
import type { SiteChannels } from './site-channels.ts';

/** What the owner of a site copies, one choice in the words of each channel. */
export type SiteTexts = {
  /** Value of the `Link` header. */
  readonly link: string;
  readonly robots: string;
  /** Elements for the head of every page. */
  readonly head: string;
  readonly tdmrep: string;
  /** For each item of a feed; undefined where only single addresses have terms. */
  readonly feed: string | undefined;
  /** A sidecar for pictures and files that are hers. */
  readonly xmp: string;
  readonly servers: readonly ServerConfig[];
  /** The `Link` header alone, for sites that some checkers mark down for lines they do not know. */
  readonly linkOnly: readonly ServerConfig[];
};

/** Writes the texts; with the robots.txt that is there, the whole new file. */
export function siteTexts(channels: SiteChannels, robots?: string): SiteTexts {
  const { licenseUrl, permissions, parts, termsUrl, policyUrl, rsl } = channels;
  const publication = {
    ...{ licenseUrl, permissions, parts, termsUrl, policyUrl, rsl },
    ...(robots !== undefined && { robots }),
  };
  const texts = publishChannels(publication);
  const only = publishChannels({ ...publication, mode: 'link-header' });
  return {
    link: linkHeader(licenseUrl),
    robots: textAt(texts, 'robots.txt'),
    head: textAt(texts, 'head.html'),
    tdmrep: textAt(texts, '.well-known/tdmrep.json'),
    feed: texts.find(({ path }) => path === 'feed-item.xml')?.content,
    xmp: textAt(texts, 'picture.xmp'),
    servers: serversIn(texts),
    linkOnly: serversIn(only),
  };
}

const SERVERS = serverConfigs({ whole: [], parts: [] });

function serversIn(texts: readonly PublishedText[]): ServerConfig[] {
  return SERVERS.map((one) => ({ ...one, content: textAt(texts, one.path) }));
}

function textAt(texts: readonly PublishedText[], path: string): string {
  const found = texts.find((one) => one.path === path);
  if (!found) throw new Error(`there is no text for ${path}`);
  return found.content;
}
