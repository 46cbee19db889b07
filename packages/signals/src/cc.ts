import type { Statement } from './statement.ts';

/**
 * A Creative Commons licence or mark by its address, as a statement that is kept and decides nothing: it is the text of a
 * licence, not a sign about a usage. Undefined for any other address.
 *
 * @example
 * ```ts
 * import { licenceStatement } from '@clearway/signals';
 *
 * licenceStatement('https://creativecommons.org/licenses/by-nc/4.0/').note // => 'CC BY-NC 4.0'
 * licenceStatement('https://example.org/') // => undefined
 * ```
 */
export function licenceStatement(address: string, raw = address, offset = 0): Statement | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.host !== 'creativecommons.org' && url.host !== 'www.creativecommons.org'))
    return undefined;
  const [kind, code = '', version = ''] = url.pathname.split('/').filter((part) => part !== '');
  const name = nameOf(kind, code.toLowerCase());
  if (name === undefined) return undefined;
  const note = `${name} ${version}`.trim();
  return { carrier: 'cc-licence', usage: 'all', stance: 'none', raw, offset, policy: url.href, note };
}

const codes = new Set(['by', 'by-sa', 'by-nd', 'by-nc', 'by-nc-sa', 'by-nc-nd']);

function nameOf(kind: string | undefined, code: string): string | undefined {
  if (kind === 'licenses') return codes.has(code) ? `CC ${code.toUpperCase()}` : undefined;
  if (kind !== 'publicdomain') return undefined;
  return code === 'zero' ? 'CC0' : code === 'mark' ? 'Public Domain Mark' : undefined;
}
