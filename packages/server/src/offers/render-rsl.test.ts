import {
  compareReadings,
  evaluate,
  lint,
  matchPath,
  type RslDocument,
  readTermsExtension,
} from '@clearway/rsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presetTerms } from './presets.ts';
import { decimalOf } from './price-input.ts';
import { renderRsl } from './render-rsl.ts';
import { settleScopes } from './settle-scopes.ts';
import { effectiveTerms } from './standing.ts';
import { type Terms, termsFaults, USES, type Use, withoutGrants } from './terms.ts';
import { anyTerms } from './testing/any-terms.ts';

const base = {
  url: '/w/1',
  currency: 'EUR',
  termsUrl: 'https://c.example/w/1/offer.txt',
  requestUrl: 'https://c.example/w/1',
};

function read(terms: Terms): RslDocument {
  const { document, issues } = lint(renderRsl([{ ...base, terms }]));
  expect(issues).toEqual([]);
  return document!;
}
function outcomes(terms: Terms, url = '/w/1'): { [U in Use]?: string } {
  const document = read(terms);
  return Object.fromEntries(USES.map((usage) => [usage, evaluate(document, { url, usage }).outcome]));
}
const EXPECTED = {
  free: 'licensed-free',
  paid: 'licensed-against',
  ask: 'not-licensed',
  no: 'not-licensed',
} as const;

const answersPaid: Terms = {
  ...presetTerms('search-free-answers-paid'),
  'ai-input': { answer: 'paid', prices: [{ unit: 'fetch', amountMicro: '20000', perUnits: '1' }] },
};

describe('RSL of terms', () => {
  it('says "no AI" as free search and no AI use', () => {
    expect(outcomes(presetTerms('no-ai'))).toEqual({
      search: 'licensed-free',
      'ai-index': 'not-licensed',
      'ai-input': 'not-licensed',
      'ai-train': 'not-licensed',
    });
  });

  it('says "ask me" as not licensed, with the address where to ask', () => {
    const terms = presetTerms('ask-me');
    expect(outcomes(terms)['ai-train']).toBe('not-licensed');
    const xml = renderRsl([{ ...base, terms, pinned: { sha256: 'ab'.repeat(32), version: 2 } }]);
    expect(readTermsExtension(lint(xml).document!.contents[0]!)).toEqual({
      sha256: 'ab'.repeat(32),
      version: '2',
      onRequest: ['ai-train', 'ai-input', 'ai-index'],
      requestUrl: base.requestUrl,
    });
  });

  it('says "answers paid" as two contents for one address', () => {
    expect(outcomes(answersPaid)).toEqual({
      search: 'licensed-free',
      'ai-index': 'not-licensed',
      'ai-input': 'licensed-against',
      'ai-train': 'not-licensed',
    });
    const document = read(answersPaid);
    expect(document.contents.map(({ url }) => url)).toEqual(['/w/1', '/w/1']);
    const { payments } = evaluate(document, { url: '/w/1', usage: 'ai-input' });
    expect(payments).toMatchObject([{ type: 'crawl', amount: { currency: 'EUR', decimal: '0.02' } }]);
  });

  it('gives nothing outside its scope', () => {
    expect(outcomes(answersPaid, '/w/2').search).toBe('unknown');
  });

  it('takes back every AI use as long as consents are missing', () => {
    expect(outcomes(withoutGrants(answersPaid))).toMatchObject({
      search: 'licensed-free',
      'ai-input': 'not-licensed',
    });
  });

  it('keeps an excluded path out of a site-wide offer', () => {
    const nothing: Terms = { ...presetTerms('no-ai'), search: { answer: 'no' } };
    const { document, issues } = lint(
      renderRsl([
        { ...base, url: '/', terms: answersPaid },
        { ...base, url: '/guests/', terms: nothing },
      ]),
    );
    expect(issues).toEqual([]);
    const ask = (url: string) => evaluate(document!, { url, usage: 'ai-input' }).outcome;
    expect([ask('/a'), ask('/guests/b')]).toEqual(['licensed-against', 'not-licensed']);
  });

  it('of many scopes is read in one way by every careful reader, and as the narrowest scope says', () => {
    const urls = ['/', '/a/', '/a/b/', '/a/b/c$', '/d$', '/*x'] as const;
    const nothing: Terms = { ...presetTerms('no-ai'), search: { answer: 'no' } };
    fc.assert(
      fc.property(
        fc.subarray([...urls], { minLength: 1 }),
        fc.array(anyTerms, { minLength: 6 }),
        (some, all) => {
          // Only what is not hers is named by a wildcard.
          const scopes = some.map((url, i) => ({ ...base, url, terms: url === '/*x' ? nothing : all[i]! }));
          const [first, ...rest] = scopes;
          const { document, issues } = lint(renderRsl([first!, ...rest]));
          expect(issues).toEqual([]);
          const { unsaid } = settleScopes(scopes);
          for (const path of ['/', '/a/', '/a/q', '/a/b/q', '/a/b/c', '/a/b/x', '/d', '/e', '/ax'])
            for (const usage of [...USES, 'ai-all', 'all'] as const) {
              const { conflict, narrower, strict } = compareReadings(document!, { url: path, usage });
              expect([path, usage, conflict]).toEqual([path, usage, false]);
              if (usage === 'all' || usage === 'ai-all') continue;
              const around = scopes.filter((one) => matchPath(one.url, path) && !unsaid.includes(one));
              const governing = around.find(({ url }) => url === '/*x') ?? around.at(-1);
              const said = governing && EXPECTED[governing.terms[usage].answer];
              const expected = said === undefined || said === 'not-licensed' ? 'no' : said;
              for (const { outcome } of [narrower, strict])
                expect([path, usage, outcome.startsWith('licensed') ? outcome : 'no']).toEqual([
                  path,
                  usage,
                  expected,
                ]);
            }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a refusal of the whole site is left out where a page is offered: nobody is licensed by silence', () => {
    const nothing: Terms = { ...presetTerms('no-ai'), search: { answer: 'no' } };
    const poem = { ...base, url: '/poem$', terms: answersPaid };
    const { document } = lint(renderRsl([{ ...base, url: '/', terms: nothing }, poem]));
    expect(document!.contents.map(({ url }) => url)).toEqual(['/poem$', '/poem$']);
    expect(evaluate(document!, { url: '/other', usage: 'ai-train' }).outcome).toBe('unknown');
    const folder = { ...base, url: '/a/', terms: nothing };
    const page = { ...base, url: '/a/b', terms: answersPaid };
    expect(settleScopes([{ ...base, url: '/', terms: answersPaid }, folder, page]).unsaid).toEqual([page]);
  });

  it('never grants more than the terms, for any terms and any reading', () => {
    fc.assert(
      fc.property(anyTerms, fc.boolean(), (terms, strict) => {
        expect(termsFaults(terms)).toEqual([]);
        const document = read(terms);
        for (const usage of USES) {
          const said = terms[usage];
          const { outcome, payments } = evaluate(document, { url: '/w/1?lang=de', usage, strict });
          expect(outcome).toBe(EXPECTED[said.answer]);
          if (said.answer !== 'paid') continue;
          const asked = payments.map(({ type, amount }) => `${type} ${amount?.decimal}`).sort();
          const stated = said.prices.map(({ unit, amountMicro, perUnits }) => {
            const scaled = BigInt(amountMicro) * 10n ** BigInt(7 - perUnits.length);
            const digits = scaled.toString().padStart(13, '0');
            const decimal = `${digits.slice(0, -12)}.${digits.slice(-12).replace(/0+$/, '').padEnd(2, '0')}`;
            return `${{ fetch: 'crawl', answer: 'use', 'model-version': 'training' }[unit]} ${decimal}`;
          });
          expect(asked).toEqual(stated.sort());
        }
        for (const usage of ['all', 'ai-all'] as const) {
          const everything = USES.filter((use) => usage === 'all' || use !== 'search');
          const { outcome } = evaluate(document, { url: '/w/1', usage, strict });
          if (everything.some((use) => terms[use].answer !== 'free'))
            expect(outcome).not.toBe('licensed-free');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never grants an AI use without the yes of every holder, whatever else was said', () => {
    const parties = ['a', 'b', 'c'];
    const consents = fc.array(
      fc.record({
        partyId: fc.constantFrom(...parties),
        use: fc.constantFrom<Use>('ai-index', 'ai-input', 'ai-train'),
        state: fc.constantFrom('pending' as const, 'consented' as const, 'declined' as const),
      }),
      { maxLength: 12 },
    );
    const required = fc.subarray(parties);
    fc.assert(
      fc.property(anyTerms, consents, required, fc.boolean(), (terms, said, holders, clear) => {
        const version = { version: 1, terms, consents: said };
        const document = read(effectiveTerms(version, holders, clear).terms);
        for (const usage of ['ai-index', 'ai-input', 'ai-train'] as const) {
          const { outcome } = evaluate(document, { url: '/w/1', usage });
          const agreed =
            clear &&
            holders.length > 0 &&
            holders.every((partyId) =>
              said.some((one) => one.partyId === partyId && one.use === usage && one.state === 'consented'),
            );
          expect(outcome).toBe(agreed ? EXPECTED[terms[usage].answer] : 'not-licensed');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('writes amounts without exponent or float', () => {
    expect([1n, 20_000n, 1_500_000n, 10n ** 15n].map((micro) => decimalOf(micro, 2))).toEqual([
      '0.000001',
      '0.02',
      '1.50',
      '1000000000.00',
    ]);
  });
});
