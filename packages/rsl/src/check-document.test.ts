import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from './check-document.ts';
import { describeGrants } from './describe-grants.ts';
import { issueCodes } from './issues.ts';
import { findXmp, lintFile } from './read-fragments.ts';
import { readPage } from './read-page.ts';

const rsl = (body: string) => `<rsl xmlns="https://rslstandard.org/rsl">${body}</rsl>`;
const on = (url: string, inner: string) => `<content url="${url}"><license>${inner}</license></content>`;

describe('checking', () => {
  it('says where: line, column and path', () => {
    const { issues } = check(
      rsl(
        `${on('/', '<permits type="usage">search</permits>')}\n${on('/a', '<permits type="usage">all</permits><legal type="x"/>')}`,
      ),
    );
    expect(issues).toMatchObject([
      {
        code: 'R56-legal-type',
        path: '/rsl[1]/content[2]/license[1]/legal[1]',
        position: { line: 2, column: 63 },
      },
    ]);
  });

  it('has a rule for every code and a cure that is a sentence', () => {
    for (const [code, [, cure]] of Object.entries(issueCodes)) {
      expect(code).toMatch(/^[RA]\d+-[a-z0-9-]+$/);
      expect(cure).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says in one sentence what is granted', () => {
    const priced =
      '<permits type="usage">ai-input</permits><payment type="use"><amount currency="EUR">1</amount></payment>';
    const { grants } = check(rsl(`${on('/', priced)}${on('/free/', '<permits type="usage">all</permits>')}`));
    expect(describeGrants(grants, 'en')).toBe(
      'Under "/": search, AI indexing and AI training not licensed; AI answers against a price for each use in an answer; ' +
        'under "/free/": search, AI indexing and AI training free; AI answers against a price for each use in an answer.',
    );
    expect(describeGrants(grants, 'de')).toBe(
      'Unter "/": Suche, KI-Indexierung und KI-Training nicht lizenziert; KI-Antworten gegen einen Preis je Verwendung in ' +
        'einer Antwort; unter "/free/": Suche, KI-Indexierung und KI-Training frei; KI-Antworten gegen einen Preis je ' +
        'Verwendung in einer Antwort.',
    );
  });

  it('says that a valid document grants nothing', () => {
    const { grants } = check(
      rsl(on('/', '<permits type="usage">all</permits><prohibits type="usage">all</prohibits>')),
    );
    expect(describeGrants(grants, 'en')).toMatch(/^This grants nothing/);
    expect(describeGrants(check(rsl('')).grants, 'de')).toMatch(/^Das sagt nichts/);
  });
});

describe('terms inside other things', () => {
  it('are found in a file by their packet', () => {
    const packet =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rsl:rsl xmlns:rsl="https://rslstandard.org/rsl"><rsl:content url="https://a.example/1">' +
      '<rsl:license/></rsl:content></rsl:rsl></x:xmpmeta>';
    const file = new Uint8Array([255, 216, 60, ...new TextEncoder().encode(packet), 0, 255]);
    expect(lintFile(findXmp(file)!).document?.contents[0]?.url).toBe('https://a.example/1');
    expect(findXmp(file.subarray(0, 100))).toBeUndefined();
  });

  it('have their place in the page, and end with their element', () => {
    const html = `<ul>\n<li id=a><script type="application/rsl+xml"><?xml version="1.0"?>\n<rsl/></script><li id=b>x</ul>`;
    const [terms] = readPage(html);
    expect(terms).toMatchObject({
      scope: { id: 'a', end: html.indexOf('<li id=b') },
      issues: [{ code: 'R2-not-rsl' }],
    });
    expect(terms?.issues[0]?.position).toMatchObject({ line: 3, column: 1 });
  });

  it('never throw', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      '=',
      '<script type="application/rsl+xml">',
      '</script>',
      '<p',
      '<li>',
      '<rsl ',
      '<!--',
      'a',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void readPage(pieces.join(''))));
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void lintFile(pieces.join(''))));
  });
});
