import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from './check-document.ts';
import { describeGrants } from './describe-grants.ts';
import { issueCodes } from './issues.ts';
import { findXmp, lintFile } from './read-fragments.ts';
import { readPage } from './read-page.ts';

const rsl = (body: string, more = '') => `<rsl xmlns="https://rslstandard.org/rsl"${more}>${body}</rsl>`;
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

  it.each([
    [
      '<permits type="user">non-commercial education</permits>',
      'for non-commercial and education users: $ free; for all others nothing',
    ],
    [
      '<reporting type="audit" profile="urn:p"/>',
      'for users who report as asked: $ free; for all others nothing',
    ],
    ['<permits type="geo">DE EU</permits>', 'for users in DE and EU: $ free; for all others nothing'],
    [
      '<prohibits type="geo">US</prohibits>',
      'for users in any country but US: $ free; for all others nothing',
    ],
    [
      '<prohibits type="user">commercial</prohibits><permits type="geo">DE</permits><reporting type="audit" profile="urn:p"/>',
      'for non-commercial, education, government and personal users in DE who report as asked: $ free; for all others nothing',
    ],
    [
      '</license><license><permits type="user">personal</permits><permits type="usage">all</permits><payment type="crawl"/>',
      'for commercial, non-commercial, education and government users: $ free; for personal users: $ against a price for each ' +
        'fetch; for all others nothing',
    ],
    [
      '<payment type="crawl"/></license><license><permits type="user">x:press</permits><permits type="usage">all</permits>',
      'for commercial, non-commercial, education, government and personal users: $ against a price for each fetch; for ' +
        'x:press users: $ free; for whoever says nothing about itself: $ against a price for each fetch',
    ],
    ['<prohibits type="usage">all</prohibits><permits type="user">personal</permits>', 'no'],
  ])('says for whom: %s', (more, sentence) => {
    const { grants } = check(rsl(on('/', `<permits type="usage">all</permits>${more}`), ' xmlns:x="urn:x"'));
    const uses = 'search, AI indexing, AI answers and AI training';
    expect(describeGrants(grants, 'en')).toBe(
      sentence === 'no'
        ? 'This grants nothing: no use of anything is licensed by it.'
        : `Under "/": ${sentence.replaceAll('$', uses)}.`,
    );
    expect(describeGrants(grants, 'de')).toMatch(sentence === 'no' ? /^Das gewährt nichts/ : /für Nutzer/);
  });

  it('asks for a few kinds of clients only, however many a document names', () => {
    const places = Array.from({ length: 26 }, (_, index) => `A${String.fromCharCode(65 + index)}`).join(' ');
    const many = `<permits type="geo">${places}</permits><permits type="user">personal</permits>`;
    expect(check(rsl(on('/', many))).grants).toMatchObject([{ clients: [] }]);
    const scopes = Array.from({ length: 30 }, (_, index) =>
      on(`/${index}/`, '<permits type="user">personal</permits>'),
    );
    const { grants } = check(rsl(scopes.join('')));
    expect(grants.flatMap((one) => one.clients)).toHaveLength(60);
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
