import { isPrintable, webAddress } from './addresses.ts';
import { quote, type Report } from './issues.ts';
import type { Content, Context } from './model.ts';

/** What the `url` of a content may be depends on how the document is tied to what it speaks of (RSL 1.0 §3.3.1, §4). */
export function validateScope(content: Content, report: Report, context: Context): void {
  const { url, position } = content;
  const { association = 'site', origin } = context;
  if (url === undefined) {
    report('R14-url-missing', 'A content has no url.', position);
    return;
  }
  const says = `The url is "${quote(url)}".`;
  const address = webAddress(url);
  if (association === 'site') {
    if (url === '') report('R18-url-empty', 'The url is empty.', position);
    else if (address) report('R16-url-absolute', says, position);
    else if (!isPattern(url)) report('R16-url-not-a-pattern', says, position);
  } else if (association === 'page') {
    if (url !== '' && address?.protocol !== 'https:') {
      report(isPattern(url) || address ? 'R73-not-canonical' : 'R16-url-not-a-pattern', says, position);
    }
  } else if (association === 'feed') {
    const home = origin === undefined ? undefined : webAddress(origin)?.origin;
    if (url !== '' && !address && !isPattern(url)) report('R16-url-not-a-pattern', says, position);
    else if (address && home !== undefined && address.origin !== home)
      report('R74-other-origin', says, position);
  } else if (address?.protocol !== 'https:') {
    report('R73-no-address', says, position);
  }
}

/** RFC 9309 §2.2: begins with a slash; no white space, no control character, no fragment. */
export function isPattern(url: string): boolean {
  return url.startsWith('/') && isPrintable(url) && !url.includes('#');
}
