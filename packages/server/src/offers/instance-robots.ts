import { robotsBlock } from '@clearway/rsl';
import { presetTerms } from './presets.ts';
import { type RslScope, renderRsl } from './render-rsl.ts';

/**
 * The instance's own robots.txt: where the licence document of its pages is, before any group, and nobody kept out.
 * People, search engines and whoever reads terms are always let in.
 */
export function instanceRobots(baseUrl: string): string {
  return `${robotsBlock({ licenseUrl: `${baseUrl}/license.xml` })}\nUser-agent: *\nDisallow:\n`;
}

/** Pages that are the instance's own. The pages of works are left out: each has a document of its own. */
const OWN_PAGES = ['/$', '/?', '/declaration', '/wall', '/numbers', '/imprint', '/privacy'] as const;

/** The RSL document of the instance's own pages: they can be found, and no AI use of them is licensed. */
export function instanceLicense(baseUrl: string): string {
  const [first, ...rest] = OWN_PAGES.map((url) => scope(baseUrl, url));
  if (!first) throw new RangeError('no pages');
  return renderRsl([first, ...rest]);
}

function scope(baseUrl: string, url: string): RslScope {
  const imprint = `${baseUrl}/imprint`;
  return { url, terms: presetTerms('no-ai'), currency: 'EUR', termsUrl: imprint, requestUrl: imprint };
}
