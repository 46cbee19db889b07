import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content, License, Payment, Permission, RslDocument, Token } from './model.ts';
import { parse } from './parse.ts';
import { lint } from './validate.ts';
import { disclaimerTokens, paymentTypes, usageTokens, userTokens, warrantyTokens } from './vocabulary.ts';
import { RslWriteError, writeDocument } from './write.ts';
import type { ContentInput, DocumentInput, ForeignElement, LicenseInput } from './write-input.ts';
import type { XmlElement } from './xml.ts';

const strange = 'urn:example:strange';

/** What was read, in the words in which it was written. */
function inputOf(document: RslDocument): unknown {
  const days = document.maxAge === undefined ? {} : { maxAgeDays: Number(document.maxAge) };
  return { ...days, contents: document.contents.map(contentOf), ...foreignOf(document.extensions) };
}

function contentOf({
  licenses,
  alternates,
  schema,
  copyright,
  terms,
  extensions,
  ...content
}: Content): unknown {
  const { url, server, encrypted, lastmod } = content;
  return clean({
    url,
    server,
    encrypted: encrypted === 'true' ? true : undefined,
    lastmod,
    licenses: licenses.map(licenseOf),
    alternates: alternates.length === 0 ? undefined : alternates.map(({ url, type }) => clean({ url, type })),
    schema: schema && (schema.type === undefined ? { url: schema.text } : { jsonLd: schema.text }),
    copyright: copyright && clean({ ...copyright, position: undefined }),
    terms: terms?.url,
    ...foreignOf(extensions),
  });
}

function licenseOf({ permits, prohibits, payment, legal, reporting, extensions }: License): unknown {
  const said = Object.fromEntries(
    legal.map(({ type, text }) => {
      if (type === 'attestation') return [type, text === 'true'];
      return [type, type === 'contact' ? text : text.split(' ')];
    }),
  );
  return clean({
    permits: scopeOf(permits),
    prohibits: scopeOf(prohibits),
    payment: payment && paymentOf(payment),
    legal: legal.length === 0 ? undefined : said,
    reporting:
      reporting.length === 0
        ? undefined
        : reporting.map(({ position: _, configuration, ...one }) =>
            configuration === '' ? one : { ...one, configuration },
          ),
    ...foreignOf(extensions),
  });
}

function paymentOf({ position: _, type, amount, accepts, extensions, ...rest }: Payment): unknown {
  return clean({
    ...rest,
    type: type && tokenOf(type),
    amount: amount && { currency: amount.currency, decimal: amount.decimal },
    accepts: accepts && clean({ type: accepts.type, payload: accepts.payload || undefined }),
    ...foreignOf(extensions),
  });
}

function scopeOf(list: readonly Permission[]): unknown {
  return list.length === 0
    ? undefined
    : Object.fromEntries(list.map(({ type, tokens }) => [type, tokens.map(tokenOf)]));
}

function tokenOf({ text, namespace }: Token): unknown {
  return namespace === undefined ? text : { namespace, name: text.split(':')[1] };
}

function foreignOf(extensions: readonly XmlElement[]): object {
  return extensions.length === 0 ? {} : { foreign: extensions.map(elementOf) };
}

function elementOf({ namespace, local, attributes, children }: XmlElement): ForeignElement {
  const named = attributes.map(({ name, value }) => [name, value] as const);
  return {
    namespace,
    name: local,
    ...(named.length > 0 && { attributes: Object.fromEntries(named) }),
    ...(children.length > 0 && {
      children: children.map((child) => (typeof child === 'string' ? child : elementOf(child))),
    }),
  };
}

function clean(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const words = fc
  .string({
    unit: fc.constantFrom('a', 'Z', '9', ' ', '&', '<', '>', ']', '"', "'", 'ä', '中', '😀'),
    minLength: 1,
  })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const address = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true });
const name = fc.constantFrom('a', 'b-c', 'dé');
const extension = name.map((one) => ({ namespace: strange, name: one }));
const path = fc.constantFrom('/', '/a/*', '/b$', '/c%20d?e=f', '/%C3%A4');
const json = fc.json({ maxDepth: 2 }).map((text) => `{"x":${text.trim()}}`);

function someOf<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.subarray([...list], { minLength: 1 });
}

/** Tokens in the order in which they are written: RSL's own, then those of others. */
function tokens(known: readonly string[]): fc.Arbitrary<unknown[]> {
  return fc
    .tuple(someOf(known), fc.uniqueArray(extension, { selector: (one) => one.name, maxLength: 2 }))
    .map(([own, others]) => [...own, ...others]);
}

const element: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  element: fc
    .record(
      {
        namespace: fc.constantFrom(strange, 'https://other.example/ns'),
        name,
        attributes: fc.dictionary(fc.constantFrom('id', 'x'), words, { minKeys: 1 }),
        children: fc.oneof(
          { maxDepth: 2 },
          words.map((one) => [one]),
          fc.array(tie('element'), { minLength: 1, maxLength: 2 }),
          fc.tuple(words, tie('element'), words),
        ),
      },
      { requiredKeys: ['namespace', 'name'] },
    )
    .map((one) => (Object.keys(one.attributes ?? {}).length === 0 ? { ...one, attributes: undefined } : one))
    .map(clean),
})).element;
const foreign = maybe(fc.array(element, { minLength: 1, maxLength: 2 }));

const priced = {
  amount: maybe(
    fc.record({
      currency: fc.constantFrom('EUR', 'USD'),
      decimal: fc.constantFrom('0.02', '1', '00012.50', '.5', '9007199254740993.000000001'),
    }),
  ),
  standard: maybe(fc.constantFrom('urn:a:b', 'https://framework.example/terms')),
  custom: maybe(address),
  accepts: maybe(
    fc.oneof(
      fc.record({ type: fc.constant('application/x402+json'), payload: json }),
      fc.record({ type: fc.constant('text/plain') }),
    ),
  ),
  foreign,
};
const payment = fc.oneof(
  fc.record({ type: fc.constant('free'), foreign }).map(clean),
  fc
    .record({ type: fc.constant('attribution'), standard: priced.standard, custom: priced.custom })
    .map(clean),
  fc
    .record({
      ...priced,
      type: fc.oneof(
        fc.constantFrom(...paymentTypes.filter((one) => one !== 'free' && one !== 'attribution')),
        extension,
      ),
    })
    .map(clean),
  fc.record({ ...priced, standard: fc.constant('https://rslcollective.org/license') }).map(clean),
);
const legal = maybe(
  fc
    .record({
      warranty: maybe(someOf(warrantyTokens)),
      disclaimer: maybe(someOf(disclaimerTokens)),
      attestation: maybe(fc.boolean()),
      contact: maybe(fc.constantFrom('rights@a.example', 'mailto:rights@a.example', 'https://a.example/c')),
      proof: maybe(fc.array(address, { minLength: 1, maxLength: 2 })),
    })
    .map(clean)
    .filter((one) => Object.keys(one).length > 0),
);
const reporting = maybe(
  fc.array(
    fc
      .record({
        type: fc.constantFrom('telemetry', 'provenance', 'audit'),
        profile: fc.constantFrom('urn:profile', 'https://a.example/p'),
        endpoint: maybe(address),
        configuration: maybe(fc.oneof(json, words)),
      })
      .map(clean),
    { minLength: 1, maxLength: 2 },
  ),
);
const common = { payment, legal, reporting, foreign };
const license = fc.oneof(
  fc
    .record({
      permits: fc
        .record({
          usage: tokens(usageTokens.filter((one) => one !== 'all' && one !== 'ai-all')),
          user: maybe(tokens(userTokens.slice(0, 3))),
          geo: maybe(fc.constant(['DE', 'EU'])),
        })
        .map(clean),
      prohibits: maybe(
        fc
          .record({ user: maybe(fc.constant(['government', 'personal'])), geo: maybe(fc.constant(['US'])) })
          .map(clean)
          .filter((one) => Object.keys(one).length > 0),
      ),
      ...common,
    })
    .map(clean),
  fc.record({ prohibits: fc.constant({ usage: ['all'] }), ...common }).map(clean),
);
const content = fc
  .record({
    url: path,
    server: maybe(address),
    encrypted: fc.boolean(),
    lastmod: maybe(fc.constant('2026-01-31T12:00:00Z')),
    licenses: fc.array(license, { minLength: 1, maxLength: 3 }),
    alternates: maybe(
      fc.array(fc.record({ url: path, type: maybe(fc.constant('text/plain')) }).map(clean), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    schema: maybe(
      fc.oneof(
        fc.record({ url: address }),
        json.map((jsonLd) => ({ jsonLd })),
      ),
    ),
    copyright: maybe(
      fc
        .record({
          name: words,
          type: maybe(fc.constantFrom('person', 'organization')),
          contactEmail: maybe(fc.constant('rights@a.example')),
          contactUrl: maybe(address),
        })
        .map(clean),
    ),
    terms: maybe(address),
    foreign,
  })
  .map(({ encrypted, ...one }) => clean({ ...one, encrypted: encrypted && one.server ? true : undefined }));
const document = fc
  .record({
    maxAgeDays: maybe(fc.integer({ min: 1, max: 999_999_999 })),
    contents: fc.array(content, { minLength: 1, maxLength: 3 }),
    foreign,
  })
  .map(clean) as fc.Arbitrary<unknown> as fc.Arbitrary<DocumentInput>;

describe('what is written', () => {
  it('is read again as it was meant, is without error, and is the same bytes the second time', () => {
    fc.assert(
      fc.property(document, (input) => {
        const xml = writeDocument(input);
        const { document: read, issues } = parse(xml);
        expect(issues).toEqual([]);
        expect(lint(xml).issues.filter((one) => one.severity === 'error')).toEqual([]);
        expect(inputOf(read!)).toEqual(input);
        expect(writeDocument(inputOf(read!) as DocumentInput)).toBe(xml);
        expect(read!.contents.every((one) => one.licenses.every((each) => each.payment))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['R35-geo-token', { permits: { usage: ['search'], geo: ['de'] } }],
    ['R54-reporting', { reporting: [{ type: 'audit', profile: 'profile' }] }],
    ['R54-reporting', { reporting: [{ type: 'audit', profile: 'urn:a', endpoint: 'http://a.example' }] }],
    ['R51-accepts-type', { payment: { type: 'use', accepts: { type: 'x402' } } }],
    ['R51-x402-type', { payment: { type: 'use', accepts: { type: 'application/x402' } } }],
    ['R51-accepts-type', { payment: { type: 'use', accepts: { type: 'application/json', payload: '{' } } }],
    ['bad-token', { payment: { amount: { currency: 'EUR', decimal: '1' } } }],
    ['bad-text', { permits: { usage: [{ namespace: 'https://rslstandard.org/rsl', name: 'all' }] } }],
    ['bad-text', { permits: { usage: [{ namespace: 'urn:a', name: 'a b' }] } }],
    ['bad-text', { foreign: [{ namespace: 'https://rslstandard.org/rsl', name: 'permits' }] }],
    ['bad-text', { foreign: [{ namespace: 'urn:a', name: 'a', attributes: { 'x:y': '' } }] }],
    ['contradiction', { permits: { usage: ['search'], geo: ['DE'] }, prohibits: { geo: ['DE'] } }],
  ])('refuses %s', (code, more) => {
    const plain = { permits: { usage: ['search'] }, payment: { type: 'free' } };
    expect(codeOf({ url: '/', licenses: [{ ...plain, ...more } as LicenseInput] })).toBe(code);
  });

  it.each([
    ['R22-encrypted-without-server', { encrypted: true }],
    ['R60-alternate', { alternates: [{ url: 'two words' }] }],
    ['R61-schema', { schema: { jsonLd: '{' } }],
    ['bad-address', { schema: { url: '/schema' } }],
  ])('refuses %s of a content', (code, more) => {
    const plain = { permits: { usage: ['search'] }, payment: { type: 'free' } } as const;
    expect(codeOf({ url: '/', licenses: [plain], ...more } as ContentInput)).toBe(code);
  });
});

function codeOf(content: ContentInput): string {
  try {
    writeDocument({ contents: [content] });
    return 'written';
  } catch (error) {
    if (error instanceof RslWriteError) return error.code;
    throw error;
  }
}
