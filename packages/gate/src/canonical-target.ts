import { normalisePath } from '@clearway/rsl';

/** Why a request target has no single reading. */
export type TargetProblem =
  | 'not-a-path'
  | 'foreign-authority'
  | 'too-long'
  | 'forbidden-character'
  | 'bad-percent'
  | 'encoded-separator'
  | 'dot-segment'
  | 'empty-segment'
  | 'path-parameter';

/** A request target every reader understands alike, or the reason why there is none. */
export type CanonicalTarget =
  | { readonly ok: true; readonly path: string; readonly pathname: string }
  | { readonly ok: false; readonly problem: TargetProblem };

const LIMIT = 2_000;
const none: ReadonlySet<string> = new Set();

/**
 * The one spelling of a request target on which terms are looked up and which goes on to the site: percent-encoding per
 * RFC 9309 §2.2.2 (unreserved characters decoded, hexadecimal digits in upper case), query kept.
 *
 * Refused is what servers read differently: dot segments (also encoded), empty segments, encoded `/`, `\`, `;` and
 * control characters, `\`, `;` parameters, `#`, octets outside ASCII, encodings that are not UTF-8, a `%` without two
 * digits, and over 2,000 characters. An absolute target (RFC 9112 §3.2.2) must name one of `hosts` (`host[:port]`), with no
 * user information.
 *
 * @example
 * ```ts
 * canonicalTarget('/b%c3%bccher/%61?q=1') // => { ok: true, path: '/b%C3%BCcher/a?q=1', pathname: '/b%C3%BCcher/a' }
 * canonicalTarget('/free/%2e%2e/premium') // => { ok: false, problem: 'dot-segment' }
 * ```
 */
export function canonicalTarget(target: string, hosts: ReadonlySet<string> = none): CanonicalTarget {
  if (target.length > LIMIT) return refused('too-long');
  if (!target.startsWith('/')) {
    const absolute = /^https?:\/\/([^/?#]+)(\/.*)$/i.exec(target);
    if (!absolute) return refused('not-a-path');
    if (!hosts.has(absolute[1]!.toLowerCase())) return refused('foreign-authority');
    return canonicalTarget(absolute[2]!);
  }
  if (isPlain(target)) return accepted(target);
  return canonicalize(target);
}

function canonicalize(target: string): CanonicalTarget {
  for (let index = 0; index < target.length; index += 1) {
    const code = target.charCodeAt(index);
    if (code <= 0x20 || code >= 0x7f || forbidden.includes(target[index]!))
      return refused('forbidden-character');
  }
  if (/%(?![0-9A-Fa-f]{2})/.test(target)) return refused('bad-percent');
  const cut = target.indexOf('?');
  const pathname = normalisePath(cut === -1 ? target : target.slice(0, cut));
  const problem = pathProblem(pathname);
  if (problem) return refused(problem);
  const query = cut === -1 ? '' : normalisePath(target.slice(cut));
  if (!isUtf8(query)) return refused('bad-percent');
  if (pathname.length + query.length > LIMIT) return refused('too-long');
  return { ok: true, path: pathname + query, pathname };
}

/** The pathname is normalised: what is unreserved is decoded, so `%2e` is a dot by now and hexadecimal is upper case. */
function pathProblem(pathname: string): TargetProblem | undefined {
  if (/%(?:2F|5C)/.test(pathname)) return 'encoded-separator';
  if (/%(?:[01][0-9A-F]|7F)/.test(pathname)) return 'forbidden-character';
  const segments = pathname.split('/').slice(1);
  if (segments.some((segment) => /^\.{1,2}(?:$|;|%3B)/.test(segment))) return 'dot-segment';
  if (segments.some((segment, index) => segment === '' && index < segments.length - 1))
    return 'empty-segment';
  if (/;|%3B/.test(pathname)) return 'path-parameter';
  return isUtf8(pathname) ? undefined : 'bad-percent';
}

/** Overlong forms such as `%C0%AE`, and what is no text at all, are read differently by different servers. */
function isUtf8(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const forbidden = '\\#"<>^`{|}';

/** Letters, digits and the marks that mean the same to everyone, no `//`, no segment that begins with a dot. */
function isPlain(target: string): boolean {
  return /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*\/?(?:\?[A-Za-z0-9._~=&+/-]*)?$/.test(target);
}

function accepted(path: string): CanonicalTarget {
  const cut = path.indexOf('?');
  return { ok: true, path, pathname: cut === -1 ? path : path.slice(0, cut) };
}

function refused(problem: TargetProblem): CanonicalTarget {
  return { ok: false, problem };
}
