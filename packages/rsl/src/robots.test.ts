import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discoverLicenses, licensesFor } from './discover.ts';
import { readLinkHeader } from './read-link-header.ts';
import { isAllowed, namesAgent, parseRobots } from './robots.ts';
import { scanHtmlHead } from './scan-html-head.ts';

function allowed(text: string, agent: string, path: string): boolean {
  return isAllowed(parseRobots(text), agent, path);
}
function urls(text: string, agent = 'GPTBot'): string[] {
  return licensesFor(parseRobots(text), agent).found.map((one) => one.url);
}
const type = 'type="application/rsl+xml"';

describe('robots.txt (RFC 9309)', () => {
  it('R67: picks the group by whole product token, ignoring case, and merges groups of one name', () => {
    const text =
      'User-agent: *\nDisallow: /\nuser-AGENT: gptBOT/1.0\nAllow: /\nUser-agent: GPTBot\nDisallow: /x';
    expect(allowed(text, 'GPTBot', '/a')).toBe(true);
    expect(allowed(text, 'GPTBot', '/x')).toBe(false);
    expect(allowed(text, 'GPTBot-Two', '/a')).toBe(false);
  });

  it.each([
    ['Kangaroo Bot', 'kangaroo bot/1.0', true],
    ['Kangaroo Bot', 'Kangaroo', true],
    ['Kangaroo', 'Kangaroo Bot', true],
    ['Kangaroo Bot', 'Kangaroo Rat', false],
    ['panscient.com', 'panscient.com', true],
    ['Brightbot 1.0', 'Brightbot 2.1', true],
    ['Googlebot/2.1', 'Googlebot', true],
    ['Googlebot', 'Googlebot-Image', false],
    ['Googlebot-Image', 'Googlebot', false],
  ])('a group for %j is one for %j: %s', (name, agent, own) => {
    const robots = parseRobots(`User-agent: *\nAllow: /\nUser-agent: ${name}\nDisallow: /`);
    expect(isAllowed(robots, agent, '/a')).toBe(!own);
    expect(robots.groups.map((group) => namesAgent(group, agent))).toEqual([false, own]);
  });

  it.each([
    ['Disallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['Allow: /a\nDisallow: /a', '/a', true],
    ['Disallow: /a\nAllow: /a', '/a', true],
    ['Disallow:', '/a', true],
    ['Disallow: /', '/robots.txt', true],
    ['Disallow: /*.pdf$', '/a.pdf', false],
    ['Disallow: /*.pdf$', '/a.pdf?x', true],
    ['Disallow: /a # comment', '/a', false],
    ['Disallow /a', '/a', true],
  ])('%j on %s: %s', (rules, path, expected) => {
    expect(allowed(`User-agent: *\n${rules}`, 'any', path)).toBe(expected);
  });

  it('reads CR, LF and CRLF, a byte order mark and rules before any group', () => {
    expect(allowed('\uFEFFDisallow: /\rUser-agent: a\r\nDisallow: /x\n', 'a', '/x')).toBe(false);
    expect(allowed('Disallow: /\nUser-agent: a\nAllow: /x', 'b', '/y')).toBe(true);
  });

  it('keeps records with order, group and offset, and lets none of them end or split a group (R69)', () => {
    const text =
      'Sitemap: https://a.example/s\nUser-agent: a\nLicense: https://a.example/l\nUser-agent: b\n\nDisallow: /';
    const robots = parseRobots(text);
    expect(robots.groups).toMatchObject([{ agents: ['a', 'b'] }]);
    expect(robots.records).toMatchObject([
      { field: 'sitemap', group: undefined, line: 1, offset: 0 },
      { field: 'license', group: 0, line: 3, offset: text.indexOf('License') },
    ]);
  });

  it('an empty Disallow ends the run of agents: the next one begins a group', () => {
    const text = 'User-agent: *\nContent-Signal: search=yes\nDisallow:\n\nUser-agent: GPTBot\nDisallow: /';
    expect(allowed(text, 'CCBot', '/')).toBe(true);
    expect(allowed(text, 'GPTBot', '/')).toBe(false);
  });

  it('reads 500 KiB and drops the rest at a line', () => {
    const text = `User-agent: *\n${'Disallow: /abcdef\n'.repeat(40_000)}Disallow: /zzz\n`;
    const robots = parseRobots(text);
    expect(robots.truncated).toBe(true);
    expect(robots.groups[0]?.rules.every((rule) => rule.path === '/abcdef')).toBe(true);
    expect(isAllowed(robots, 'a', '/zzz')).toBe(true);
  });

  it('reads anything without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, path) => {
        isAllowed(parseRobots(text), 'a', path);
      }),
    );
  });
});

describe('finding the document', () => {
  it('R65, R66: all lines of the group, else all global ones', () => {
    const text =
      'License: https://a.example/1\nlicense:https://a.example/2\nUser-agent: GPTBot\nLicense: https://a.example/3\nDisallow: /';
    expect(urls(text)).toEqual(['https://a.example/3']);
    expect(urls(text, 'CCBot')).toEqual(['https://a.example/1', 'https://a.example/2']);
  });

  it('R66: an agent whose own group has no line uses the global one, not that of *', () => {
    const text =
      'License: https://a.example/1\nUser-agent: *\nLicense: https://a.example/2\nAllow: /\nUser-agent: GPTBot\nAllow: /';
    expect(urls(text)).toEqual(['https://a.example/1']);
    expect(urls(text, 'CCBot')).toEqual(['https://a.example/2']);
  });

  it('A13: a line after the last group belongs to that group', () => {
    const text = 'User-agent: GPTBot\nDisallow: /\n\nLicense: https://a.example/1';
    expect(urls(text)).toEqual(['https://a.example/1']);
    expect(urls(text, 'CCBot')).toEqual([]);
  });

  it('R64: a relative address is ignored and reported', () => {
    const { found, ignored } = licensesFor(parseRobots('License: /license.xml'), 'a');
    expect(found).toEqual([]);
    expect(ignored).toEqual([{ value: '/license.xml', channel: 'robots-global', reason: 'relative' }]);
  });

  it('R68: License changes no rule', () => {
    fc.assert(
      fc.property(fc.constantFrom('User-agent: *\nDisallow: /a', 'User-agent: x\nAllow: /'), (text) => {
        const lines = text.split('\n');
        const more = [lines[0], 'License: https://a.example/', ...lines.slice(1)].join('\n');
        for (const path of ['/', '/a']) expect(allowed(more, 'x', path)).toBe(allowed(text, 'x', path));
      }),
    );
  });

  it('R70: reads Link headers as RFC 8288 writes them', () => {
    const link = [
      `<https://a.example/a,b;c>; title="x, \\"y\\"; z"; REL = "next license" ;${type}, <https://cc.example/by>; rel=license`,
      '<https://b.example/>; rel=license; type=application/rsl+xml',
      `</rel>; rel=license; ${type}`,
    ];
    const { found, ignored } = discoverLicenses({ link }, 'a');
    expect(found.map((one) => one.url)).toEqual(['https://a.example/a,b;c', 'https://b.example/']);
    expect(ignored.map((one) => one.reason)).toEqual(['no-type', 'relative']);
  });

  it('reads any Link header without throwing or looping', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>;,="\\ abrel') }), (text) =>
        Array.isArray(readLinkHeader(text)),
      ),
    );
  });

  it('R71: reads what is a link of the page, and says of which element of it', () => {
    const html = `<!doctype html><html><!-- <link rel=license ${type} href="https://no.example/1"> -->
      <head><title><link rel=license ${type} href="https://no.example/2"></title>
      <script>"<link rel=license ${type} href='https://no.example/3'>"</script>
      <LINK REL='License' ${type} HREF=https://a.example/?a=1&amp;b=2>
      <link rel="license" href="https://cc.example/by"/>
      <body><link rel=license ${type} href="https://a.example/2">
      <p id=one><link rel=license ${type} href="https://a.example/3"></p><template><link rel=license ${type} href="https://no.example/4"></template>`;
    const { found, ignored } = discoverLicenses({ html }, 'a');
    expect(found.map(({ url, scope }) => [url, scope?.kind === 'element' ? scope.id : 'page'])).toEqual([
      ['https://a.example/?a=1&b=2', 'page'],
      ['https://a.example/2', 'page'],
      ['https://a.example/3', 'one'],
    ]);
    expect(ignored.map((one) => one.reason)).toEqual(['no-type']);
  });

  it('scans any page without throwing, in time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>/!-="\' alinkmeta') }), (text) =>
        Array.isArray(scanHtmlHead(text)),
      ),
    );
    for (const text of ['<link a="', '<', '<!--', '<title></', '<link &#', '&'])
      expect(scanHtmlHead(text.repeat(200_000)).length).toBeLessThan(2);
  });
});
