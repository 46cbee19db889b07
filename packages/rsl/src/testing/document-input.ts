import fc from 'fast-check';
import { disclaimerTokens, paymentTypes, usageTokens, userTokens, warrantyTokens } from '../vocabulary.ts';
import type { DocumentInput, LicenseInput } from '../write-input.ts';

const strange = 'urn:example:strange';

/** Without the members that are undefined. */
export function clean(value: object): object {
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
/** Free uses and others together: never behind a server. */
function isMixed(licenses: readonly unknown[]): boolean {
  const list = licenses as readonly LicenseInput[];
  const gifts = list.filter((one) => one.permits && one.payment.type === 'free');
  return gifts.length > 0 && gifts.length < list.length;
}
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
  .map((one) => (isMixed(one.licenses) ? { ...one, server: undefined } : one))
  .map(({ encrypted, ...one }) => clean({ ...one, encrypted: encrypted && one.server ? true : undefined }));
/** Everything the writer takes, in the form and order in which it is read again. */
export const documentInput = fc
  .record({
    maxAgeDays: maybe(fc.integer({ min: 1, max: 999_999_999 })),
    contents: fc.array(content, { minLength: 1, maxLength: 3 }),
    foreign,
  })
  .map(clean) as fc.Arbitrary<unknown> as fc.Arbitrary<DocumentInput>;
