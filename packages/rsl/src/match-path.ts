/** An RFC 9309 path pattern, cut at its wildcards. */
export interface PathPattern {
  /** The normalised pattern. */
  readonly source: string;
  /** Literal pieces between the `*`; always at least one, perhaps empty. */
  readonly pieces: readonly string[];
  /** True when the pattern ends in `$`: the path must end with the last piece. */
  readonly anchored: boolean;
}

const utf8 = new TextEncoder();

/**
 * Brings a path, or a literal part of a pattern, to one spelling, RFC 9309 §2.2.2: what is not ASCII, and what has no
 * place in a URL, becomes percent-encoded octets; an encoded unreserved character is decoded; hexadecimal digits are
 * upper case; a `%` without two digits is itself encoded. Reserved characters keep the spelling they have.
 *
 * @example
 * ```ts
 * import { normalisePath } from '@clearway/rsl';
 *
 * normalisePath('/b%c3%bccher/%61') // => '/b%C3%BCcher/a'
 * ```
 */
export function normalisePath(text: string): string {
  if (isNormal(text)) return text;
  let out = '';
  for (let index = 0; index < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(index)!);
    if (char === '%') {
      const octet = hexOctet(text, index + 1);
      if (octet === undefined) {
        out += '%25';
        index += 1;
      } else {
        out += isUnreserved(octet) ? String.fromCharCode(octet) : encodeOctet(octet);
        index += 3;
      }
      continue;
    }
    const code = char.charCodeAt(0);
    const plain = char.length === 1 && code < 0x80 && (isUnreserved(code) || reserved.includes(char));
    out += plain ? char : [...utf8.encode(char)].map(encodeOctet).join('');
    index += char.length;
  }
  return out;
}

/**
 * Cuts a pattern once so that it can be matched often. `*` stands for any run of characters, a final `$` for the end
 * of the path, everything else for itself; without `$` the pattern is a prefix (RFC 9309 §2.2.2 and §2.2.3).
 *
 * @example
 * ```ts
 * import { compilePattern } from '@clearway/rsl';
 *
 * compilePattern('/a*b$').pieces // => ['/a', 'b']
 * ```
 */
export function compilePattern(pattern: string): PathPattern {
  const anchored = pattern.endsWith('$');
  const body = anchored ? pattern.slice(0, -1) : pattern;
  const pieces = body.split('*').map(literal);
  return { source: pieces.join('*') + (anchored ? '$' : ''), pieces, anchored };
}

/**
 * Does a path (with its query, without host and fragment) match a pattern? Takes the leftmost place for each piece,
 * so it never goes back: time grows with the length of path and pattern, not with the number of wildcards.
 * An empty pattern matches nothing.
 *
 * @example
 * ```ts
 * import { matchPath } from '@clearway/rsl';
 *
 * matchPath('/stories/*.pdf$', '/stories/2026/a.pdf') // => true
 * matchPath('/a$', '/a?page=2') // => false
 * ```
 */
export function matchPath(pattern: string | PathPattern, path: string): boolean {
  return matchPrepared(typeof pattern === 'string' ? compilePattern(pattern) : pattern, preparePath(path));
}

/**
 * The spelling of a path that {@link matchPrepared} compares, to be made once for many patterns.
 *
 * @example
 * ```ts
 * import { preparePath } from '@clearway/rsl';
 *
 * preparePath('/a*b#top') // => '/a%2Ab'
 * ```
 */
export function preparePath(path: string): string {
  return literal(withoutFragment(path));
}

/**
 * Octets of the normalised pattern: RFC 9309 lets the rule with the most octets win.
 *
 * @example
 * ```ts
 * import { specificity } from '@clearway/rsl';
 *
 * specificity('/a*b$') // => 5
 * ```
 */
export function specificity(pattern: string | PathPattern): number {
  return (typeof pattern === 'string' ? compilePattern(pattern) : pattern).source.length;
}

/**
 * Compares two patterns by the paths they match: `narrower` when every path of the first is one of the second, but not
 * the other way round. Patterns that merely overlap, or share nothing, are `unrelated`.
 *
 * @example
 * ```ts
 * import { comparePatterns, compilePattern } from '@clearway/rsl';
 *
 * comparePatterns(compilePattern('/news/'), compilePattern('/')) // => 'narrower'
 * ```
 */
export function comparePatterns(
  a: PathPattern,
  b: PathPattern,
): 'equal' | 'narrower' | 'broader' | 'unrelated' {
  if (isPrefix(a) && isPrefix(b)) {
    if (a.source.length === b.source.length) return a.source === b.source ? 'equal' : 'unrelated';
    if (a.source.startsWith(b.source)) return 'narrower';
    return b.source.startsWith(a.source) ? 'broader' : 'unrelated';
  }
  const inside = matchPrepared(b, anyPathOf(a));
  const around = matchPrepared(a, anyPathOf(b));
  if (inside && around) return 'equal';
  return inside ? 'narrower' : around ? 'broader' : 'unrelated';
}

/**
 * As {@link matchPath}, for a path from {@link preparePath}.
 *
 * @example
 * ```ts
 * import { compilePattern, matchPrepared, preparePath } from '@clearway/rsl';
 *
 * matchPrepared(compilePattern('/a*b$'), preparePath('/a/b')) // => true
 * ```
 */
export function matchPrepared({ pieces, anchored, source }: PathPattern, path: string): boolean {
  if (source === '') return false;
  const first = pieces[0]!;
  if (!path.startsWith(first)) return false;
  if (pieces.length === 1) return !anchored || path.length === first.length;
  let at = first.length;
  const last = pieces.length - 1;
  for (let index = 1; index < (anchored ? last : last + 1); index += 1) {
    const found = path.indexOf(pieces[index]!, at);
    if (found === -1) return false;
    at = found + pieces[index]!.length;
  }
  const tail = pieces[last]!;
  return !anchored || (path.length - tail.length >= at && path.endsWith(tail));
}

/** Stands for "any run of characters" in a text; no normalised path can hold it, so only a `*` can swallow it. */
const anything = '\u0001';

/** Neither wildcard nor end: the commonest pattern, and the cheapest to compare. */
function isPrefix({ pieces, anchored, source }: PathPattern): boolean {
  return pieces.length === 1 && !anchored && source !== '';
}

/**
 * Stands for all paths of a pattern at once, in the spelling of {@link preparePath}: a pattern that matches it matches each
 * of them.
 *
 * @example
 * ```ts
 * import { anyPathOf, compilePattern, matchPrepared } from '@clearway/rsl';
 *
 * const inside = anyPathOf(compilePattern('/news/*.pdf$'));
 * matchPrepared(compilePattern('/news/'), inside) // => true
 * matchPrepared(compilePattern('/news/a'), inside) // => false
 * ```
 */
export function anyPathOf({ pieces, anchored }: PathPattern): string {
  return pieces.join(anything) + (anchored ? '' : anything);
}

/** `*` and `$` are only special unencoded in a pattern; as characters of a path they are `%2A` and `%24`. */
function literal(text: string): string {
  const normal = normalisePath(text);
  return normal.includes('*') || normal.includes('$') ? encodeSigns(normal) : normal;
}

function encodeSigns(text: string): string {
  return text.replaceAll('*', '%2A').replaceAll('$', '%24');
}

function withoutFragment(path: string): string {
  const hash = path.indexOf('#');
  return hash === -1 ? path : path.slice(0, hash);
}

const reserved = ":/?#[]@!$&'()*+,;=";

/** The characters that stay as they are wherever they stand. */
const plain = new Uint8Array(128);
for (let code = 0; code < 128; code += 1)
  if (isUnreserved(code) || reserved.includes(String.fromCharCode(code))) plain[code] = 1;

/** Most paths need no work. */
function isNormal(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 128 || plain[code] === 0) return false;
  }
  return true;
}

function isUnreserved(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x5f ||
    code === 0x7e
  );
}

function hexOctet(text: string, index: number): number | undefined {
  const high = hexDigit(text.charCodeAt(index));
  const low = hexDigit(text.charCodeAt(index + 1));
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function hexDigit(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined;
}

function encodeOctet(octet: number): string {
  return `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
}
