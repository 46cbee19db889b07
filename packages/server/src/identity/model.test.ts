import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentFamily, networkOf, safeNext } from './model.ts';

describe('safeNext', () => {
  it.each([
    '/works',
    '/works/1?tab=terms',
    '/works#top',
    '/a/../b',
    '/%2F%2Fevil.example',
    '/x?next=//evil.example',
  ])('keeps %s on this site', (next) => {
    const url = new URL(safeNext(next), 'http://localhost:4000');
    expect(url.host).toBe('localhost:4000');
    expect(safeNext(next)).not.toBe('/account');
  });

  it.each([
    undefined,
    '',
    'works',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/ä',
    `/${'a'.repeat(2_000)}`,
  ])('refuses %j', (next) => {
    expect(safeNext(next)).toBe('/account');
  });

  it('stays on the site for any text, and means the same when read twice', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5c',
      '@',
      ':',
      '?',
      '#',
      '\t',
      'evil.example',
      'http:',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts, { maxLength: 8 }).map((p) => `/${p.join('')}`),
    );
    fc.assert(
      fc.property(text, (next) => {
        const path = safeNext(next);
        expect(new URL(path, 'https://clearway.example/sign-in').origin).toBe('https://clearway.example');
        expect(safeNext(path)).toBe(path);
      }),
      { numRuns: 3_000 },
    );
  });
});

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:12:34:5:6:7:8', '2001:db8:12::/48'],
  ['2001:DB8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  ['', ''],
  ['nonsense', ''],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('names browser and system and nothing finer', () => {
  expect(
    agentFamily('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1'),
  ).toBe('Safari · iOS');
  expect(agentFamily('Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0')).toBe(
    'Edge · Windows',
  );
  expect(agentFamily('curl/8')).toBe('');
  expect(agentFamily(undefined)).toBe('');
});
