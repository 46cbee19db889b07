import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalTarget } from './canonical-target.ts';
import { isAlwaysServed } from './exempt-paths.ts';

describe('canonicalTarget', () => {
  test.each([
    ['/', '/'],
    ['/a/b.html', '/a/b.html'],
    ['/a/', '/a/'],
    ['/b%c3%bccher', '/b%C3%BCcher'],
    ['/%61bc', '/abc'],
    ['/a%20b', '/a%20b'],
    ['/a?q=%61&b=1', '/a?q=a&b=1'],
    ['/a?next=/../x', '/a?next=/../x'],
    ['/a?x=//y', '/a?x=//y'],
    ["/it's(1)!$&+,=:@~", "/it's(1)!$&+,=:@~"],
    ['/a...b/..c', '/a...b/..c'],
    ['/.well-known/x', '/.well-known/x'],
    ['/%D0%BF%D1%80', '/%D0%BF%D1%80'],
  ])('%s is read as %s', (target, path) => {
    expect(canonicalTarget(target)).toMatchObject({ ok: true, path });
  });

  test.each([
    ['', 'not-a-path'],
    ['a', 'not-a-path'],
    ['*', 'not-a-path'],
    ['example.org:443', 'not-a-path'],
    ['ftp://example.org/a', 'not-a-path'],
    ['http://other.example/a', 'foreign-authority'],
    ['http://example.org.other.example/a', 'foreign-authority'],
    ['http://example.org./a', 'foreign-authority'],
    ['http://user@example.org/a', 'foreign-authority'],
    ['http://example.org@other.example/a', 'foreign-authority'],
    ['http://example.org:8080/a', 'foreign-authority'],
    ['/a/../b', 'dot-segment'],
    ['/a/..', 'dot-segment'],
    ['/./a', 'dot-segment'],
    ['/free/%2e%2e/premium', 'dot-segment'],
    ['/free/%2E./premium', 'dot-segment'],
    ['/free/.%2e', 'dot-segment'],
    ['/free/..;/premium', 'dot-segment'],
    ['/free/..%3b/premium', 'dot-segment'],
    ['//a', 'empty-segment'],
    ['/a//b', 'empty-segment'],
    ['/a//', 'empty-segment'],
    ['/a%2fb', 'encoded-separator'],
    ['/a%2Fb', 'encoded-separator'],
    ['/a%5cb', 'encoded-separator'],
    ['/a\\b', 'forbidden-character'],
    ['/a#b', 'forbidden-character'],
    ['/a b', 'forbidden-character'],
    ['/a\tb', 'forbidden-character'],
    ['/a\u0000', 'forbidden-character'],
    ['/a%00', 'forbidden-character'],
    ['/a%0d%0aX: y', 'forbidden-character'],
    ['/a%0A', 'forbidden-character'],
    ['/a%7f', 'forbidden-character'],
    ['/bücher', 'forbidden-character'],
    ['/a|b', 'forbidden-character'],
    ['/a%', 'bad-percent'],
    ['/a%4', 'bad-percent'],
    ['/a%zz', 'bad-percent'],
    ['/a%u002e', 'bad-percent'],
    ['/a?b=%', 'bad-percent'],
    ['/%c0%ae%c0%ae/b', 'bad-percent'],
    ['/%ff', 'bad-percent'],
    ['/a;b', 'path-parameter'],
    ['/a%3Bb', 'path-parameter'],
    [`/${'a'.repeat(9_000)}`, 'too-long'],
  ])('%s is refused: %s', (target, problem) => {
    expect(canonicalTarget(target, new Set(['example.org']))).toEqual({ ok: false, problem });
  });

  test('an absolute target of a known host is its path', () => {
    const hosts = new Set(['example.org', 'example.org:8080']);
    expect(canonicalTarget('http://EXAMPLE.org/a?b', hosts)).toMatchObject({ ok: true, path: '/a?b' });
    expect(canonicalTarget('http://example.org:8080/a', hosts)).toMatchObject({ ok: true, path: '/a' });
    expect(canonicalTarget('http://example.org/http://example.org/a', hosts).ok).toBe(false);
  });

  const pieces = fc.constantFrom(
    '/',
    'a',
    '.',
    '..',
    '%2e',
    '%2F',
    '%5c',
    '\\',
    ';',
    '?',
    '#',
    '%',
    'é',
    '%C3%A9',
  );
  const targets = fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 12 });

  test('what is accepted is its own canonical form, and the WHATWG URL parser reads the same path', () => {
    fc.assert(
      fc.property(targets, (parts) => {
        const found = canonicalTarget(`/${parts.join('')}`);
        if (!found.ok) return;
        expect(canonicalTarget(found.path)).toEqual(found);
        const url = new URL(`http://h${found.path}`);
        // A `?` with nothing behind it leaves no trace in a URL object.
        expect(url.pathname).toBe(found.pathname);
        expect(url.host).toBe('h');
      }),
      { numRuns: 3_000 },
    );
  });
});

test.each([
  ['/robots.txt', true],
  ['/.well-known/anything/at/all', true],
  ['/license.xml', true],
  ['/sitemap.xml', true],
  ['/sitemap_index.xml', true],
  ['/wp-sitemap-posts-post-1.xml', true],
  ['/sitemap-1.xml.gz', true],
  ['/robots.txt/secret', false],
  ['/stories/robots.txt', false],
  ['/sitemap/premium.xml', false],
  ['/Robots.txt', false],
  ['/sitemap', false],
  ['/.well-known', false],
  ['/', false],
])('%s always served: %s', (pathname, served) => {
  expect(isAlwaysServed(pathname)).toBe(served);
});
