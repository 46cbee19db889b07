import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReadings } from './compare-readings.ts';
import type { Content, License, Payment, Permission, RslDocument, Token } from './model.ts';
import { parse } from './parse.ts';
import { clean, documentInput } from './testing/document-input.ts';
import { lint } from './validate.ts';
import { usageTokens } from './vocabulary.ts';
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
        const xml = writeDocument({ ...input, readersMayDiffer: true });
        const { document: read, issues } = parse(xml);
        expect(issues).toEqual([]);
        expect(lint(xml).issues.filter((one) => one.severity === 'error')).toEqual([]);
        expect(inputOf(read!)).toEqual(input);
        expect(writeDocument({ ...(inputOf(read!) as DocumentInput), readersMayDiffer: true })).toBe(xml);
        expect(read!.contents.every((one) => one.licenses.every((each) => each.payment))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is read in one way by both readings of A2, or it is not written', () => {
    const url = fc.constantFrom('/', '/a/', '/a/b', '/a/b$', '/*b', '/a/*', '/c$');
    const usage = fc.subarray([...usageTokens], { minLength: 1, maxLength: 3 });
    const user = fc.option(fc.subarray(['commercial', 'education'], { minLength: 1 }), { nil: undefined });
    const license = fc.oneof(
      fc.record({ permits: usage, prohibits: fc.option(usage, { nil: undefined }), user }),
      fc.constant({ permits: undefined, prohibits: ['all'], user: undefined }),
    );
    const content = fc.record({ url, licenses: fc.array(license, { minLength: 1, maxLength: 2 }) });
    let written = 0;
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 4 }), (list) => {
        const contents = list.map(({ url: place, licenses }) => ({
          url: place,
          licenses: licenses.map(({ permits, prohibits, user: users }) => ({
            ...(permits && { permits: { usage: permits, ...(users && { user: users }) } }),
            ...(prohibits && { prohibits: { usage: prohibits } }),
            payment: { type: 'free' },
          })),
        }));
        let xml: string;
        try {
          xml = writeDocument({ contents } as unknown as DocumentInput);
        } catch (error) {
          if (!(error instanceof RslWriteError)) throw error;
          return;
        }
        written += 1;
        const document = parse(xml).document!;
        for (const path of ['/', '/a/', '/a/b', '/a/bc', '/c', '/cb'])
          for (const token of usageTokens)
            for (const userClass of [undefined, 'commercial', 'education', 'personal']) {
              const question = { url: path, usage: token, ...(userClass && { userClass }) };
              expect([path, token, userClass, compareReadings(document, question).conflict]).toEqual([
                path,
                token,
                userClass,
                false,
              ]);
            }
      }),
      { numRuns: 400 },
    );
    expect(written).toBeGreaterThan(50);
  });

  it('may differ for readers where whoever writes it says so', () => {
    const refusal = { prohibits: { usage: ['all'] }, payment: { type: 'free' } } as const;
    const offer = { permits: { usage: ['ai-train'] }, payment: { type: 'free' } } as const;
    const contents = [
      { url: '/', licenses: [refusal] },
      { url: '/poem$', licenses: [offer] },
    ] as const;
    expect(() => writeDocument({ contents })).toThrow('"/poem$" permits ai-train inside what "/" prohibits');
    expect(writeDocument({ contents, readersMayDiffer: true })).toContain('/poem$');
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
    [
      'free-behind-server',
      {
        server: 'https://a.example/',
        licenses: [
          { permits: { usage: ['search'] }, payment: { type: 'free' } },
          { permits: { usage: ['ai-input'] }, payment: { type: 'use' } },
        ],
      },
    ],
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
