import { describe, expect, it } from 'vitest';
import { parse } from './parse.ts';
import { lint, maxAgeDays } from './validate.ts';
import { rslNamespace } from './vocabulary.ts';

function codes(body: string, attributes = ''): string[] {
  const { issues } = lint(
    `<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x" ${attributes}>${body}</rsl>`,
  );
  return issues.map((one) => one.code);
}
function content(inner: string, attributes = 'url="/"'): string {
  return `<content ${attributes}>${inner}</content>`;
}
function license(inner: string): string {
  return content(`<license>${inner}</license>`);
}
function payment(inner: string, type = 'type="crawl"'): string {
  return license(`<payment ${type}>${inner}</payment>`);
}

describe('parsing', () => {
  it('R2: refuses another root or namespace, compared exactly', () => {
    const other = ['http://rslstandard.org/rsl', 'https://rslstandard.org/rsl/'];
    for (const namespace of other) {
      expect(parse(`<rsl xmlns="${namespace}"/>`).issues).toMatchObject([{ code: 'R2-not-rsl', rule: 'R2' }]);
    }
  });

  it('R7: names unknown elements and attributes of the RSL namespace, with their place', () => {
    const { issues } = parse(
      '<rsl xmlns="https://rslstandard.org/rsl">\n  <content url="/" urn="1">\n    <origin/><license/></content></rsl>',
    );
    expect(issues).toMatchObject([
      { code: 'R7-unknown-attribute', position: { line: 2, column: 3 } },
      { code: 'R7-unknown-element', position: { line: 3, column: 5 } },
    ]);
    expect(codes(`${license('')}hello`)).toEqual(['R7-stray-text']);
  });

  it('R8: keeps foreign elements unread, even with RSL inside them', () => {
    const { document, issues } = parse(
      `<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x"><x:y><content url="/"><nonsense/></content></x:y></rsl>`,
    );
    expect(issues).toEqual([]);
    expect(document?.contents).toEqual([]);
    expect(document?.extensions).toMatchObject([{ name: 'x:y' }]);
  });

  it('R36: keeps extension tokens with their namespace', () => {
    const { document } = parse(
      `<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x">${license('<permits type="usage">search x:y z:q</permits>')}</rsl>`,
    );
    expect(document?.contents[0]?.licenses[0]?.permits[0]?.tokens).toEqual([
      { text: 'search' },
      { text: 'x:y', namespace: 'urn:x' },
      { text: 'z:q' },
    ]);
  });

  it('reads a prefixed document and says so (R3)', () => {
    const { document, issues } = parse(
      '<r:rsl xmlns:r="https://rslstandard.org/rsl"><r:content url="/"><r:license/></r:content></r:rsl>',
    );
    expect(document?.contents).toHaveLength(1);
    expect(issues.map((one) => one.code)).toEqual(['R3-prefixed']);
  });

  it('keeps amounts as text (R50)', () => {
    const { document } = parse(
      `<rsl xmlns="https://rslstandard.org/rsl">${payment('<amount currency="EUR">0.10000000000000000001</amount>')}</rsl>`,
    );
    expect(document?.contents[0]?.licenses[0]?.payment?.amount?.decimal).toBe('0.10000000000000000001');
  });
});

describe('validating', () => {
  it('accepts everything the language has', () => {
    const body = content(
      `<license><permits type="usage">ai-all x:z</permits><permits type="user">commercial</permits>
        <permits type="geo">DE EU</permits><prohibits type="usage">ai-train</prohibits>
        <payment type="use"><standard>https://rslcollective.org/license</standard><custom>/ask</custom>
          <amount currency="EUR">0.01</amount><accepts type="application/x402+json"><![CDATA[{}]]></accepts></payment>
        <legal type="warranty">ownership authority</legal><legal type="disclaimer">as-is</legal>
        <legal type="attestation">true</legal><legal type="contact">mailto:a@b.example</legal>
        <legal type="proof">https://a.example/1 urn:b</legal>
        <reporting type="audit" profile="https://a.example/p" endpoint="https://a.example/r">{}</reporting></license>
      <alternate type="text/plain">/a.txt</alternate><schema type="application/ld+json">{"@type":"Book"}</schema>
      <copyright type="person" contactEmail="a@b.example">A</copyright><terms>https://a.example/terms</terms>`,
      'url="/a*" server="https://a.example/olp" encrypted="true" lastmod="2026-02-28T23:59:59.5+01:00"',
    );
    expect(codes(body, 'max-age="7"')).toEqual([]);
  });

  it('R9, R10: max-age is a positive whole number, 30 when absent, 0 when unreadable', () => {
    for (const bad of ['0', '-1', '1.5', '30d', ''])
      expect(codes('', `max-age="${bad}"`)).toEqual(['R9-max-age']);
    const absent = parse('<rsl xmlns="https://rslstandard.org/rsl"/>').document;
    const unreadable = parse('<rsl xmlns="https://rslstandard.org/rsl" max-age="soon"/>').document;
    expect(absent && maxAgeDays(absent)).toBe(30);
    expect(unreadable && maxAgeDays(unreadable)).toBe(0);
  });

  it.each([
    ['R14', content('<license/>', ''), 'R14-url-missing'],
    ['R15', content(''), 'R15-license-missing'],
    ['R16', content('<license/>', 'url="a"'), 'R16-url-not-a-pattern'],
    ['R16', content('<license/>', 'url="https://a.example/b"'), 'R16-url-absolute'],
    ['R18', content('<license/>', 'url=""'), 'R18-url-empty'],
    ['R19', content('<license/>', 'url="/" server="http://a.example"'), 'R19-server-not-https'],
    ['R21', content('<license/>', 'url="/" encrypted="yes"'), 'R21-encrypted'],
    ['R22', content('<license/>', 'url="/" encrypted="true"'), 'R22-encrypted-without-server'],
    ['R23', content('<license/>', 'url="/" lastmod="2026-02-29T00:00:00Z"'), 'R23-lastmod'],
    [
      'R27',
      license('<permits type="usage">all</permits><prohibits type="usage">all</prohibits>'),
      'R27-grants-nothing',
    ],
    ['R30', license('<permits type="geo">DE</permits><permits type="geo">FR</permits>'), 'R30-repeated'],
    ['R31', license('<permits type="application">search</permits>'), 'R31-permission-type'],
    ['R31', license('<permits>search</permits>'), 'R31-permission-type'],
    ['R32', license('<permits type="usage"> </permits>'), 'R32-token-list'],
    ['R32', license('<permits type="usage">search,ai-train</permits>'), 'R32-token-list'],
    ['R33', license('<permits type="usage">train-ai</permits>'), 'R33-usage-token'],
    ['R33', license('<permits type="usage">unbound:a</permits>'), 'R33-usage-token'],
    ['R34', license('<permits type="user">robots</permits>'), 'R34-user-token'],
    ['R35', license('<permits type="geo">de</permits>'), 'R35-geo-token'],
    ['R35', license('<prohibits type="geo">UK</prohibits>'), 'R35-no-country'],
    ['R43', payment('', 'type="inference"'), 'R43-payment-type'],
    ['R45', payment('<custom>/a</custom><custom>/b</custom>'), 'R45-repeated'],
    ['R46', payment('<standard>license</standard>'), 'R46-standard'],
    ['R48', payment('<amount currency="XBT">1</amount>'), 'R48-currency'],
    ['R48', payment('<amount>1</amount>'), 'R48-currency'],
    ['R49', payment('<amount currency="EUR"/>'), 'R49-amount'],
    ['R49', payment('<amount currency="EUR">1,000</amount>'), 'R49-amount'],
    ['R49', payment('<amount currency="EUR">1e3</amount>'), 'R49-amount'],
    ['A8', payment('<amount currency="EUR">-1</amount>'), 'R49-amount-negative'],
    ['A8', payment('<amount currency="EUR">0.00</amount>'), 'R49-amount-zero'],
    ['A8', payment('<amount currency="EUR">1</amount>', 'type="free"'), 'R49-amount-with-free'],
    ['R51', payment('<accepts>x</accepts>'), 'R51-accepts-type'],
    ['R54', license('<reporting type="audit"/>'), 'R54-reporting'],
    [
      'R54',
      license('<reporting type="audit" profile="urn:p" endpoint="http://a.example"/>'),
      'R54-reporting',
    ],
    ['R56', license('<legal type="other"/>'), 'R56-legal-type'],
    [
      'R56',
      license('<legal type="attestation">true</legal><legal type="attestation">true</legal>'),
      'R56-repeated',
    ],
    ['R57', license('<legal type="warranty">everything</legal>'), 'R57-legal-token'],
    ['R58', license('<legal type="attestation">True</legal>'), 'R58-attestation'],
    ['R59', license('<legal type="contact">somebody</legal>'), 'R59-legal-address'],
    ['R59', license('<legal type="proof">trust me</legal>'), 'R59-legal-address'],
    ['R61', content('<license/><schema type="application/ld+json">{</schema>'), 'R61-schema'],
    [
      'R62',
      content('<license/><terms>https://a.example</terms><terms>https://b.example</terms>'),
      'R62-repeated',
    ],
    ['R62', content('<license/><copyright type="group">A</copyright>'), 'R62-copyright-type'],
    ['R62', content('<license/><terms>terms.html</terms>'), 'R62-terms'],
  ])('%s: %s', (_rule, body, code) => {
    expect(codes(body)).toEqual([code]);
  });

  it('R19: a server needs a url', () => {
    expect(codes(content('<license/>', 'server="https://a.example"'))).toEqual([
      'R14-url-missing',
      'R19-server-without-url',
    ]);
  });

  it('A1: a document without content is valid and has no terms', () => {
    expect(codes('')).toEqual([]);
  });
});

describe('a report that cannot be made', () => {
  it.each([
    ['profile="urn:p"', ['The type of the report is missing.']],
    ['type="log" profile="urn:p"', ['The type of the report is "log".']],
    ['type="audit"', ['The profile of the report is missing.']],
    ['type="audit" profile="p"', ['The profile of the report is "p".']],
    [
      'type="audit" profile="urn:p" endpoint="http://a.example"',
      ['The endpoint of the report is "http://a.example".'],
    ],
    ['', ['The type of the report is missing.', 'The profile of the report is missing.']],
  ])('R54: <reporting %s/>', (attributes, messages) => {
    const { issues } = lint(
      `<rsl xmlns="${rslNamespace}"><content url="/"><license><reporting ${attributes}/></license></content></rsl>`,
    );
    expect(issues.map((one) => one.message)).toEqual(messages);
    expect(new Set(issues.map((one) => one.code))).toEqual(new Set(['R54-reporting']));
  });
});
