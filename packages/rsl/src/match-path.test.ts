import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePatterns, compilePattern, matchPath, normalisePath, specificity } from './match-path.ts';

describe('matching paths (R16, R17)', () => {
  it.each([
    ['/', '/anything', true],
    ['/fish', '/fish.html', true],
    ['/fish', '/Fish', false],
    ['/premium', '/premium-gold', true],
    ['/fish/', '/fish', false],
    ['/*.php', '/a/b.php?x=1', true],
    ['/*.php$', '/a/b.php?x=1', false],
    ['/*.php$', '/a.php/b.php', true],
    ['/a$', '/a', true],
    ['/a$', '/a?x=1', false],
    ['/a?x=', '/a?x=1', true],
    ['/a*b$', '/ab', true],
    ['/ab*ba$', '/aba', false],
    ['/a*', '/b', false],
    ['/*', '/', true],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz', true],
    ['/foo/bar/ツ', '/foo/bar/%e3%83%84', true],
    ['/a%2fb', '/a/b', false],
    ['/a%2fb', '/a%2Fb', true],
    ['/file-with-a-%2A.html', '/file-with-a-*.html', true],
    ['/file-with-a-%2A.html', '/file-with-a-b.html', false],
    ['/a$b', '/a$b', true],
    ['/100%', '/100%25', true],
    ['/a', '/a#b', true],
    ['', '/', false],
    ['a', '/a', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matchPath(pattern, path)).toBe(expected);
  });

  it('agrees with a plain backtracking matcher', () => {
    const piece = fc.constantFrom('a', 'b', '*');
    const pattern = fc
      .tuple(fc.array(piece, { maxLength: 8 }), fc.boolean())
      .map(([parts, end]) => `/${parts.join('')}${end ? '$' : ''}`);
    const path = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((parts) => `/${parts.join('')}`);
    fc.assert(
      fc.property(pattern, path, (one, two) => matchPath(one, two) === slowMatch(one, two)),
      { numRuns: 3000 },
    );
  });

  it('calls a pattern narrower only when every path it matches is matched by the other', () => {
    const piece = fc.constantFrom('a', 'b', '*');
    const pattern = fc
      .tuple(fc.array(piece, { maxLength: 6 }), fc.boolean())
      .map(([parts, end]) => `/${parts.join('')}${end ? '$' : ''}`);
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })
      .map((parts) => `/${parts.join('')}`);
    fc.assert(
      fc.property(pattern, pattern, path, (one, two, where) => {
        const relation = comparePatterns(compilePattern(one), compilePattern(two));
        if (relation === 'narrower' || relation === 'equal')
          return !matchPath(one, where) || matchPath(two, where);
        return true;
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['/', '/*', 'equal'],
    ['/news', '/news*', 'equal'],
    ['/p', '/', 'narrower'],
    ['/a$', '/a', 'narrower'],
    ['/', '/x', 'broader'],
    ['/*.pdf$', '/articles/', 'unrelated'],
  ] as const)('%s beside %s is %s', (a, b, expected) => {
    expect(comparePatterns(compilePattern(a), compilePattern(b))).toBe(expected);
  });

  it('takes time in proportion to the lengths, however many wildcards there are', () => {
    expect(matchPath(`/${'*a'.repeat(2000)}b$`, `/${'a'.repeat(8000)}`)).toBe(false);
  });

  it('normalises once and for all', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => normalisePath(normalisePath(text)) === normalisePath(text),
      ),
    );
    expect(specificity('/a*b$')).toBe(5);
  });
});

function slowMatch(pattern: string, path: string): boolean {
  if (pattern === '') return true;
  if (pattern === '$') return path === '';
  if (pattern[0] === '*') {
    for (let skip = 0; skip <= path.length; skip += 1)
      if (slowMatch(pattern.slice(1), path.slice(skip))) return true;
    return false;
  }
  return path !== '' && path[0] === pattern[0] && slowMatch(pattern.slice(1), path.slice(1));
}
