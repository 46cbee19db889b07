/**
 * Is this a path that nobody is ever asked a licence for: robots.txt, everything under `/.well-known/`, licence files and
 * sitemaps at the root? Expects a canonical pathname without query.
 *
 * @example
 * ```ts
 * isAlwaysServed('/robots.txt') // => true
 * isAlwaysServed('/stories/robots.txt') // => false
 * ```
 */
export function isAlwaysServed(pathname: string): boolean {
  if (names.has(pathname) || pathname.startsWith('/.well-known/')) return true;
  const name = pathname.slice(1);
  return name.includes('sitemap') && !name.includes('/') && /\.(?:xml|xml\.gz|txt)$/.test(name);
}

const names: ReadonlySet<string> = new Set([
  '/robots.txt',
  '/license.xml',
  '/rsl.xml',
  '/ai.txt',
  '/llms.txt',
  '/favicon.ico',
]);
