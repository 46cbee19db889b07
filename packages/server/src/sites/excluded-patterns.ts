import type { Kernel } from '../kernel/index.ts';
import { latestStatement } from './store-statements.ts';
import { excludedPages } from './store-sweeps.ts';

/** The path patterns (RFC 9309) of everything on a site that its owner said is not hers, with the pages found by their marks. */
export async function excludedPatterns(k: Kernel, siteId: string): Promise<readonly string[]> {
  const statement = await latestStatement(k.db, siteId);
  if (!statement) return [];
  const stated = statement.exclusions.filter(({ kind }) => kind === 'path').map(({ pattern }) => pattern);
  const pages = await excludedPages(k.db, statement.id);
  return [...new Set([...stated, ...pages.flatMap(({ path }) => patternsOf(path))])];
}

/** The page itself, with any query, and with or without a slash at the end; not what merely begins alike. */
function patternsOf(path: string): string[] {
  const literal = path.replaceAll('*', '%2A').replaceAll('$', '%24');
  if (literal.includes('?') || literal === '/') return [`${literal}$`];
  const bare = literal.endsWith('/') ? literal.slice(0, -1) : literal;
  return [`${bare}$`, `${bare}/$`, `${bare}?`, `${bare}/?`];
}
