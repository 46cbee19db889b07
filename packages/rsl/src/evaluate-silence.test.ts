import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReadings } from './compare-readings.ts';
import type { Question } from './evaluation.ts';
import { parse } from './parse.ts';
import { usageTokens } from './vocabulary.ts';

function on(url: string, ...licenses: string[]): string {
  return `<content url="${url}">${licenses.map((one) => `<license>${one}</license>`).join('')}</content>`;
}
const permits = (tokens: string, type = 'usage') => `<permits type="${type}">${tokens}</permits>`;
const prohibits = (tokens: string, type = 'usage') => `<prohibits type="${type}">${tokens}</prohibits>`;
const all = permits('all');
const paid = '<payment type="use"><amount currency="EUR">0.02</amount></payment>';
const report = '<reporting type="audit" profile="urn:p"/>';

/** The outcomes of the readings narrower, anywhere, strict. */
function ask(body: string, more: Partial<Question> = {}, url = '/paid/a'): string[] {
  const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x">${body}</rsl>`);
  const { narrower, anywhere, strict } = compareReadings(document!, { url, usage: 'ai-train', ...more });
  return [narrower.outcome, anywhere.outcome, strict.outcome];
}
const thrice = (outcome: string) => [outcome, outcome, outcome];
const [no, unknown, free] = [thrice('not-licensed'), thrice('unknown'), thrice('licensed-free')];
const commercial = { userClass: 'commercial' };

describe('who asks, and where', () => {
  it('R26, R39: a list of users or places on a narrower path is closed, and its prohibitions count', () => {
    const users = on('/', all) + on('/paid/', all + permits('non-commercial', 'user'));
    expect(ask(users, commercial)).toEqual(no);
    expect(ask(users, { userClass: 'non-commercial' })).toEqual(free);
    expect(ask(users)).toEqual(unknown);
    expect(ask(on('/', all) + on('/paid/', all + permits('DE', 'geo')), { places: ['US'] })).toEqual(no);
    const also = on('/', all, permits('search') + prohibits('ai-train') + permits('education', 'user'));
    expect(ask(also, commercial)).toEqual(no);
  });

  it('R27: a prohibition of a place or a class stands against what another licence permits', () => {
    const places = on('/', prohibits('US', 'geo'), all);
    expect(ask(places, { places: ['US'] })).toEqual(no);
    expect(ask(places, { places: ['DE', 'US'] })).toEqual(no);
    expect(ask(places, { places: ['DE'] })).toEqual(free);
    expect(ask(places)).toEqual(unknown);
    const apart = on('/', prohibits('EU', 'geo')) + on('/paid/', all);
    expect(ask(apart, { places: ['DE'] })).toEqual(no);
    expect(ask(apart)).toEqual(unknown);
    const users = on('/', prohibits('commercial', 'user'), all);
    expect(ask(users, commercial)).toEqual(no);
    expect(ask(users, { userClass: 'personal' })).toEqual(free);
    expect(ask(users)).toEqual(unknown);
    const other = on('/', permits('search') + prohibits('commercial', 'user'), permits('ai-train'));
    expect(ask(other)).toEqual(unknown);
  });

  it('R26: a narrower path that names the very place or class wins where a narrower permission wins', () => {
    const places = on('/', prohibits('US', 'geo')) + on('/paid/', all + permits('US', 'geo'));
    expect(ask(places, { places: ['US'] })).toEqual(['licensed-free', 'not-licensed', 'not-licensed']);
    const users =
      on('/', prohibits('commercial', 'user')) + on('/paid/', all + permits('commercial', 'user'));
    expect(ask(users, commercial)).toEqual(['licensed-free', 'not-licensed', 'not-licensed']);
  });

  it('A11: a word that is no class, and a class of others, are as good as silence against a prohibition', () => {
    const users = on('/', all + prohibits('commercial', 'user'));
    for (const userClass of ['Commercial', 'company', '', 'x:press'])
      expect(ask(users, { userClass })).toEqual(unknown);
    const own = on('/', all + permits('x:press', 'user'));
    expect(ask(own, { userClass: 'x:press' })).toEqual(free);
    expect(ask(on('/', all + prohibits('x:press', 'user')), { userClass: 'x:press' })).toEqual(no);
    expect(ask(on('/', all + prohibits('x:press', 'user')), commercial)).toEqual(free);
  });

  it('A10: what is no country is as good as silence', () => {
    const gb = on('/', all + prohibits('GB', 'geo'));
    for (const place of ['UK', 'gb', '', 'EU']) expect(ask(gb, { places: [place] })).toEqual(unknown);
    const eu = on('/', all + prohibits('EU', 'geo'));
    expect(ask(eu, { places: ['EU'] })).toEqual(no);
    expect(ask(on('/', all + prohibits('DE', 'geo')), { places: ['EU'] })).toEqual(unknown);
    expect(ask(on('/', all + permits('EU', 'geo')), { places: ['EU'] })).toEqual(free);
    expect(ask(on('/', all + permits('DE', 'geo')), { places: ['EU'] })).toEqual(unknown);
  });

  it('A10: a prohibition for what is no country may be meant for any', () => {
    const uk = on('/', all + prohibits('UK', 'geo'));
    for (const place of ['GB', 'FR', 'EU']) expect(ask(uk, { places: [place] })).toEqual(unknown);
    expect(ask(uk, { places: ['UK'] })).toEqual(no);
    expect(ask(on('/', all + prohibits('EU', 'geo')), { places: ['GB'] })).toEqual(free);
  });

  it('R26, R28: who does not say whether it must pay has no licence; a discount for others takes nothing away', () => {
    const price = on('/', all, all + permits('commercial', 'user') + paid);
    expect(ask(price, commercial)).toEqual(thrice('licensed-against'));
    expect(ask(price, { userClass: 'education' })).toEqual(free);
    expect(ask(price)).toEqual(unknown);
    const gift = on('/', all + paid, all + permits('education', 'user'));
    expect(ask(gift)).toEqual(thrice('licensed-against'));
    const abroad = on('/', all, permits('ai-train') + permits('US', 'geo') + paid);
    expect(ask(abroad, { places: ['US'] })).toEqual(thrice('licensed-against'));
    expect(ask(abroad, { places: ['US', 'DE'] })).toEqual(no);
    expect(ask(abroad)).toEqual(unknown);
  });

  it('R55: a report that cannot be made is not avoided by a broader licence', () => {
    const body = on('/', all, permits('ai-train') + report);
    expect(ask(body, { reportingProfiles: ['urn:p'] })).toEqual(free);
    expect(ask(body)).toEqual(no);
    expect(ask(on('/', permits('ai-train'), permits('ai-train') + report))).toEqual(free);
  });

  const tokens = fc.constantFrom('all', 'ai-all', 'ai-train', 'search');
  const maybe = (one: fc.Arbitrary<string>) => fc.oneof({ weight: 2, arbitrary: fc.constant('') }, one);
  const users = fc.constantFrom('commercial', 'education', 'commercial education', 'x:press');
  const places = fc.constantFrom('DE', 'US', 'EU', 'EU US', 'CH');
  const license = fc
    .tuple(
      maybe(tokens.map((one) => permits(one))),
      maybe(tokens.map((one) => prohibits(one))),
      maybe(users.map((one) => permits(one, 'user'))),
      maybe(users.map((one) => prohibits(one, 'user'))),
      maybe(places.map((one) => permits(one, 'geo'))),
      maybe(places.map((one) => prohibits(one, 'geo'))),
      fc.constantFrom('', '', '<payment type="free"/>', paid, '<payment type="attribution"/>'),
      fc.constantFrom('', '', '', report),
    )
    .map((parts) => parts.join(''));
  const document = fc
    .array(
      fc
        .tuple(
          fc.constantFrom('/', '/paid/', '/*a', '/paid/a$'),
          fc.constantFrom('', '', ' server="https://a.example/"'),
          fc.array(license, { minLength: 1, maxLength: 3 }),
        )
        .map(([url, server, list]) => on(`${url}"${server} x:n="`, ...list)),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) => list.join(''));
  const rank: Readonly<Record<string, number>> = { 'licensed-free': 2, 'licensed-against': 1 };
  const classes = [
    'commercial',
    'non-commercial',
    'education',
    'government',
    'personal',
    'x:press',
    undefined,
  ];
  const somewhere = [['DE'], ['US'], ['CH'], ['JP'], ['DE', 'US'], ['JP', 'US'], undefined];

  it('R28: silence, a slip or one place more never earns more than an answer, in any reading', () => {
    fc.assert(
      fc.property(
        document,
        fc.constantFrom(...usageTokens),
        fc.constantFrom(...classes),
        fc.constantFrom(...somewhere),
        fc.boolean(),
        (body, usage, userClass, where, reports) => {
          const client = {
            usage,
            ...(userClass !== undefined && { userClass }),
            ...(where && { places: where }),
            ...(reports && { reportingProfiles: ['urn:p'] }),
          };
          const answer = ask(body, client).map((one) => rank[one] ?? 0);
          const less: Partial<Question>[] = [
            { ...client, userClass: undefined as never },
            { ...client, userClass: 'Commercial' },
            { ...client, places: [] },
            { ...client, places: ['UK'] },
            { ...client, places: [...(where ?? []), 'UK'] },
            { ...client, places: [...(where ?? []), 'FR'] },
            { ...client, reportingProfiles: [] },
          ].filter((one) => where !== undefined || !one.places?.includes('FR'));
          const [narrower, anywhere, strict] = answer as [number, number, number];
          expect(anywhere <= narrower && strict <= anywhere).toBe(true);
          for (const one of less) {
            const lesser = ask(body, one).map((each) => rank[each] ?? 0);
            expect({ one, wider: lesser.some((each, index) => each > answer[index]!) }).toEqual({
              one,
              wider: false,
            });
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});
