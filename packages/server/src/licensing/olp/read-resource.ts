import { normalisePath } from '@clearway/rsl';
import type { Site } from '../../sites/index.ts';
import { OlpError } from './olp-error.ts';

/** The origin of a site in its one spelling: what tokens are for. */
export function originOf(site: Pick<Site, 'url'>): string {
  return new URL(site.url).origin;
}

/**
 * The path, with its query, or the pattern of a `resource`: as in the `url` of the RSL content, or an absolute address
 * on exactly this site. Throws `invalid_resource` for another host, port or scheme, user names, and dot segments.
 */
export function readResource(site: Pick<Site, 'url'>, text: string): string {
  const path = text.startsWith('/') ? text : pathOfAddress(site, text);
  const plain = normalisePath(path);
  const odd = [...path].some((char) => char.codePointAt(0)! <= 0x20) || /[\\#]/.test(path);
  const [before = ''] = plain.split('?');
  const dots = before.split('/').some((segment) => segment === '.' || segment === '..');
  // Two slashes at the beginning are a host to some readers.
  if (odd || dots || plain.startsWith('//') || path.length > 2_000) throw unmanaged();
  return plain;
}

function pathOfAddress(site: Pick<Site, 'url'>, text: string): string {
  // The parser repairs much; what it would have to repair was not written by somebody who meant this site.
  const exact = text.startsWith(`${originOf(site)}/`) && URL.canParse(text);
  if (!exact) throw unmanaged();
  return text.slice(originOf(site).length);
}

function unmanaged(): OlpError {
  return new OlpError('invalid_resource', 'This license server does not manage that resource.');
}
