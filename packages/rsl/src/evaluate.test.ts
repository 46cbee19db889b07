import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { Question } from './evaluation.ts';
import { matchPath } from './match-path.ts';
import type { RslDocument } from './model.ts';
import { parse } from './parse.ts';
import { lint } from './validate.ts';
import {
  covers,
  isUsageToken,
  type PaymentType,
  paymentTypes,
  type UsageToken,
  usageTokens,
} from './vocabulary.ts';
import { writeDocument } from './write.ts';
import type { ContentInput, LicenseInput, PaymentInput } from './write-input.ts';

function read(body: string): RslDocument {
  const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x">${body}</rsl>`);
  if (!document) throw new Error('not RSL');
  return document;
}
function on(url: string, inner: string, attributes = ''): string {
  return `<content url="${url}" ${attributes}><license>${inner}</license></content>`;
}
function permits(tokens: string, rest = ''): string {
  return `<permits type="usage">${tokens}</permits>${rest}`;
}
function prohibits(tokens: string): string {
  return `<prohibits type="usage">${tokens}</prohibits>`;
}
function ask(body: string, usage: UsageToken, more: Partial<Question> = {}): string {
  return evaluate(read(body), { url: '/articles/x', usage, ...more }).outcome;
}
const paid = '<payment type="use"><amount currency="EUR">0.02</amount></payment>';

describe('evaluating', () => {
  it('R29: the worked example of RSL 1.0 §3.1.2: / permits all, /articles/ prohibits ai-train', () => {
    const body = on('/', permits('all')) + on('/articles/', prohibits('ai-train'));
    expect(ask(body, 'ai-train')).toBe('not-licensed');
    for (const usage of ['ai-input', 'ai-index', 'search'] as const)
      expect(ask(body, usage)).toBe('licensed-free');
    expect(ask(body, 'ai-train', { url: '/about' })).toBe('licensed-free');
    expect(ask(body, 'ai-all')).toBe('not-licensed');
  });

  it('R24: the order of contents and licences never changes the answer', () => {
    const piece = fc.record({
      url: fc.constantFrom('/', '/articles/', '/*x', '/articles/x$'),
      permits: fc.option(fc.constantFrom(...usageTokens), { nil: undefined }),
      prohibits: fc.option(fc.constantFrom(...usageTokens), { nil: undefined }),
      payment: fc.constantFrom('', paid, '<payment type="free"/>'),
    });
    const shuffled = fc
      .array(piece, { minLength: 1, maxLength: 6 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...usageTokens), fc.boolean(), ([one, two], usage, strict) => {
        const [a, b] = [one, two].map((list) => {
          const body = list.map((each) =>
            on(
              each.url,
              (each.permits ? permits(each.permits) : '') +
                (each.prohibits ? prohibits(each.prohibits) : '') +
                each.payment,
            ),
          );
          const { outcome, payments } = evaluate(read(body.join('')), { url: '/articles/x', usage, strict });
          return {
            outcome,
            payments: payments.map(({ position: _, ...rest }) => JSON.stringify(rest)).sort(),
          };
        });
        expect(a).toEqual(b);
      }),
      { numRuns: 500 },
    );
  });

  it('R25, R26: a narrower path, then a narrower usage, beats a broader one (A2)', () => {
    expect(ask(on('/', prohibits('ai-train')) + on('/articles/', permits('ai-train')), 'ai-train')).toBe(
      'licensed-free',
    );
    expect(ask(on('/', permits('ai-train') + prohibits('all')), 'ai-train')).toBe('licensed-free');
    expect(ask(on('/', permits('all') + prohibits('ai-train')), 'ai-train')).toBe('not-licensed');
    expect(ask(on('/', permits('all')) + on('/articles/', permits('ai-all', paid)), 'ai-train')).toBe(
      'licensed-against',
    );
  });

  it('A2, A3: where neither is narrower, the prohibition stands', () => {
    expect(ask(on('/', prohibits('ai-train')) + on('/articles/', permits('all')), 'ai-train')).toBe(
      'not-licensed',
    );
    expect(ask(on('/*x', prohibits('ai-train')) + on('/articles/', permits('ai-train')), 'ai-train')).toBe(
      'not-licensed',
    );
  });

  it('R27, A23: what is permitted and prohibited alike is not licensed', () => {
    expect(ask(on('/', permits('all') + prohibits('all')), 'search')).toBe('not-licensed');
    expect(ask(on('/', permits('search')) + on('/*', prohibits('search')), 'search')).toBe('not-licensed');
  });

  it('R37: ai-all covers the three AI usages and not search, all covers everything', () => {
    expect(ask(on('/', permits('ai-all')), 'ai-index')).toBe('licensed-free');
    expect(ask(on('/', permits('ai-all')), 'search')).toBe('not-licensed');
    expect(ask(on('/', permits('all')), 'search')).toBe('licensed-free');
    expect(ask(on('/', permits('ai-train ai-input ai-index')), 'ai-all')).toBe('not-licensed');
  });

  it('R38: search does not cover summaries', () => {
    expect(ask(on('/', permits('search')), 'ai-input')).toBe('not-licensed');
  });

  it('R39: a list of permits is closed, also against a broader path', () => {
    expect(ask(on('/', permits('search')), 'ai-train')).toBe('not-licensed');
    expect(ask(on('/', permits('all')) + on('/articles/', permits('search')), 'ai-train')).toBe(
      'not-licensed',
    );
    expect(ask(on('/', permits('x:y')), 'ai-train')).toBe('not-licensed');
  });

  it('R40, A7: without a list only prohibitions restrict, which strict reading does not accept', () => {
    expect(ask(on('/', prohibits('ai-train')), 'search')).toBe('licensed-free');
    expect(ask(on('/', prohibits('ai-train')), 'search', { strict: true })).toBe('unknown');
    expect(ask(on('/', prohibits('ai-train')), 'ai-train')).toBe('not-licensed');
  });

  it('A5: a licence that names a usage beats a silent one, and a priced narrow one beats a free broad one', () => {
    expect(ask(on('/', '') + on('/', permits('ai-train', paid)), 'ai-train')).toBe('licensed-against');
    expect(ask(on('/', permits('all')) + on('/', permits('ai-train', paid)), 'ai-train')).toBe(
      'licensed-against',
    );
    expect(ask(on('/', permits('all', paid)) + on('/articles/', prohibits('ai-train')), 'ai-input')).toBe(
      'licensed-against',
    );
  });

  it('A5: equal licences are offers, the free one may be taken', () => {
    const body = on('/', permits('ai-train', paid)) + on('/', permits('ai-train', '<payment type="free"/>'));
    expect(ask(body, 'ai-train')).toBe('licensed-free');
  });

  it('R41, A11: user classes count, and an undeclared one gets nothing', () => {
    const body = on('/', permits('ai-train', '<permits type="user">education</permits>'));
    expect(ask(body, 'ai-train', { userClass: 'education' })).toBe('licensed-free');
    expect(ask(body, 'ai-train', { userClass: 'commercial' })).not.toMatch('licensed-');
    expect(ask(body, 'ai-train')).toBe('unknown');
    const barred = on('/', permits('ai-train', '<prohibits type="user">commercial</prohibits>'));
    expect(ask(barred, 'ai-train', { userClass: 'commercial' })).toBe('not-licensed');
    expect(ask(barred, 'ai-train', { userClass: 'personal' })).toBe('licensed-free');
  });

  it('A10: a licence limited to places is no answer', () => {
    expect(ask(on('/', permits('ai-train', '<permits type="geo">DE</permits>')), 'ai-train')).toBe('unknown');
  });

  it('R55: a report the client cannot make is as good as a no', () => {
    const body = on('/', permits('ai-train', '<reporting type="audit" profile="urn:p"/>'));
    expect(ask(body, 'ai-train')).toBe('not-licensed');
    expect(ask(body, 'ai-train', { reportingProfiles: ['urn:p'] })).toBe('licensed-free');
  });

  it('R42, R44, A6, A8: free only where nothing is asked', () => {
    function payment(text: string): string {
      return ask(on('/', permits('search', text)), 'search');
    }
    expect(payment('')).toBe('licensed-free');
    expect(payment('<payment/>')).toBe('licensed-free');
    expect(payment('<payment type="free"/>')).toBe('licensed-free');
    expect(payment('<payment type="gift"/>')).toBe('licensed-against');
    expect(payment('<payment type="attribution"/>')).toBe('licensed-against');
    expect(payment('<payment><standard>https://a.example</standard></payment>')).toBe('licensed-against');
    expect(payment('<payment><x:y/></payment>')).toBe('licensed-against');
    expect(payment('<payment type="free"><amount currency="EUR">1</amount></payment>')).toBe(
      'licensed-against',
    );
  });

  it('R20: with a server even a free licence has to be got first', () => {
    const { outcome, payments } = evaluate(read(on('/', permits('search'), 'server="https://a.example"')), {
      url: '/',
      usage: 'search',
    });
    expect(outcome).toBe('licensed-against');
    expect(payments).toMatchObject([{ type: 'free', server: 'https://a.example', permitted: 'search' }]);
  });

  it('R20, R39: free search and priced uses are two contents for one url, only one of them with a server', () => {
    const xml = writeDocument({
      contents: [
        { url: '/', licenses: [{ permits: { usage: ['search'] }, payment: { type: 'free' } }] },
        {
          url: '/',
          server: 'https://a.example/olp/1',
          licenses: [{ permits: { usage: ['ai-input'] }, payment: { type: 'use' } }],
          extension: { termsHash: 'ab'.repeat(32), version: '1', onRequest: ['ai-train'] },
        },
      ],
    });
    const outcomes = usageTokens.map((usage) => evaluate(lint(xml).document!, { url: '/a', usage }).outcome);
    expect(Object.fromEntries(usageTokens.map((usage, index) => [usage, outcomes[index]]))).toEqual({
      all: 'not-licensed',
      'ai-all': 'not-licensed',
      'ai-train': 'not-licensed',
      'ai-input': 'licensed-against',
      'ai-index': 'not-licensed',
      search: 'licensed-free',
    });
  });

  it('R28: a licence with a broken shape grants nothing, and hides what a broader path grants', () => {
    expect(ask(on('/', permits('search', '<bonus/>')), 'search')).toBe('unknown');
    expect(ask(on('/', permits('all')) + on('/articles/', permits('all', `${paid}<bonus/>`)), 'search')).toBe(
      'unknown',
    );
    expect(ask(on('/', permits('all')) + on('/articles/', `${prohibits('search')}<bonus/>`), 'search')).toBe(
      'not-licensed',
    );
    expect(ask(on('/', '<permits>search</permits>'), 'search')).toBe('not-licensed');
  });

  it('A18: an untidy prohibition counts, an untidy permission does not', () => {
    expect(ask(on('/', permits('all') + prohibits('search,AI-Train')), 'ai-train')).toBe('not-licensed');
    expect(ask(on('/', permits('all') + prohibits('train-ai')), 'ai-train')).toBe('not-licensed');
    expect(ask(on('/', permits('search,ai-train')), 'ai-train')).toBe('not-licensed');
  });

  it('R18, R79: an address nobody speaks of is unknown', () => {
    expect(ask(on('', permits('all')), 'search')).toBe('unknown');
    expect(ask(on('/other/', permits('all')), 'search')).toBe('unknown');
    expect(ask('', 'search')).toBe('unknown');
  });

  it('A4: an absolute url counts on its own origin only', () => {
    const body = on('https://a.example/articles/*', permits('search'));
    expect(ask(body, 'search', { url: 'https://a.example/articles/x' })).toBe('licensed-free');
    expect(ask(body, 'search', { url: 'https://b.example/articles/x' })).toBe('unknown');
    expect(ask(body, 'search')).toBe('unknown');
    const no = on('https://a.example/articles/', prohibits('search')) + on('/', permits('search'));
    expect(ask(no, 'search')).toBe('not-licensed');
  });

  it('R26, strict: any prohibition that covers the usage stands', () => {
    const body = on('/', prohibits('ai-train')) + on('/articles/', permits('ai-train'));
    expect(ask(body, 'ai-train', { strict: true })).toBe('not-licensed');
  });

  it('gives its reasons', () => {
    const { trace } = evaluate(read(on('/', permits('all') + prohibits('ai-train'))), {
      url: '/',
      usage: 'ai-train',
    });
    expect(trace.map((step) => step.rule)).toEqual(['R17', 'R39', 'R27', 'R28']);
  });

  it('R104: does not compare thousands of statements in pairs', () => {
    expect(ask(`<content url="/">${'<license/>'.repeat(15_000)}</content>`, 'search')).toBe('unknown');
  });
});

describe('writing, reading back and evaluating', () => {
  const tokens = fc.shuffledSubarray([...usageTokens], { minLength: 1 });
  const payment = fc.constantFrom<PaymentType>(...paymentTypes).map((type): PaymentInput => {
    if (type === 'free' || type === 'attribution') return { type };
    return { type, amount: { currency: 'EUR', decimal: '0.10' }, price: { unit: 'answer', perUnits: 1000 } };
  });
  const license = fc.tuple(tokens, payment).map(([usage, pays]): LicenseInput => {
    const [first, ...rest] = usage;
    return { permits: { usage: [first!, ...rest] }, payment: pays };
  });
  const refusal = payment.map((pays): LicenseInput => ({ prohibits: { usage: ['all'] }, payment: pays }));
  const path = fc.array(fc.constantFrom('a', 'ü', '/', ' ', '&', '"', '%41', '<'), { maxLength: 6 });
  const content = fc
    .record({
      url: path,
      license: fc.oneof({ weight: 4, arbitrary: license }, refusal),
      server: fc.boolean(),
    })
    .map(
      ({ url, license: one, server }): ContentInput => ({
        url: `/${url.join('')}`,
        licenses: [one],
        ...(server && { server: 'https://a.example/olp' }),
        terms: 'https://a.example/terms?a=1&b=2',
        extension: { termsHash: 'ab'.repeat(32), version: '1' },
      }),
    );

  it('has no errors, and means what was written', () => {
    fc.assert(
      fc.property(content, fc.constantFrom(...usageTokens), (one, usage) => {
        const { document, issues } = lint(writeDocument({ contents: [one] }));
        expect(issues).toEqual([]);
        const license = one.licenses[0];
        const granted = license.permits?.usage.some(
          (token) => typeof token === 'string' && isUsageToken(token) && covers(token, usage),
        );
        const free = license.payment.type === 'free' && one.server === undefined;
        const { outcome, payments } = evaluate(document!, { url: one.url, usage });
        expect(matchPath(one.url, one.url)).toBe(true);
        expect(outcome).toBe(granted ? (free ? 'licensed-free' : 'licensed-against') : 'not-licensed');
        if (granted) expect(payments).toMatchObject([{ type: license.payment.type }]);
      }),
      { numRuns: 500 },
    );
  });
});
