import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content, License, Payment, Permission, RslDocument, Token } from './model.ts';
import { parse } from './parse.ts';
import { clean, documentInput } from './testing/document-input.ts';
import { lint } from './validate.ts';
import { RslWriteError, writeDocument } from './write.ts';
import type { ContentInput, DocumentInput, ForeignElement, LicenseInput } from './write-input.ts';
import type { XmlElement } from './xml.ts';

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

describe('what is written', () => {
  it('is read again as it was meant, is without error, and is the same bytes the second time', () => {
    fc.assert(
      fc.property(documentInput, (input) => {
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
