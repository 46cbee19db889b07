import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReadings } from './compare-readings.ts';
import type { Evaluation } from './evaluation.ts';
import { parse } from './parse.ts';
import { repair } from './repair.ts';
import { lint } from './validate.ts';
import { usageTokens } from './vocabulary.ts';

const rsl = (body: string, root = '') =>
  `<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x"${root}>${body}</rsl>`;
const rank = { unknown: 0, 'not-licensed': 0, 'licensed-against': 1, 'licensed-free': 2 } as const;

describe('repairing', () => {
  it('tidies prohibitions, joins lists, mends spellings, and leaves the rest of the text alone', () => {
    const before = rsl(
      `<!-- ours -->\n<content url="/" urn="urn:1" lastmod='2026-01-31' x:a="b"><license>
        <permits type="usage">search</permits><permits type="usage">ai-index</permits>
        <prohibits type="usage">train-ai,AI-Input</prohibits><prohibits type="geo">US</prohibits>
        <payment type="inference"><amount currency="eur">0.10</amount></payment>
        <legal type="attestation">True</legal></license></content>`,
      ' max-age="30d"',
    );
    const { text, changes, choices } = repair(before);
    expect(choices).toEqual([]);
    expect(text).toBe(
      rsl(
        `<!-- ours -->\n<content url="/" lastmod="2026-01-31T00:00:00Z" x:a="b"><license>
        <permits type="usage">search ai-index</permits>
        <prohibits type="usage">ai-train ai-input</prohibits><prohibits type="geo">US</prohibits>
        <payment type="use"><amount currency="EUR">0.10</amount></payment>
        <legal type="attestation">true</legal></license></content>`,
        ' max-age="1"',
      ),
    );
    expect(changes.map(({ path, before: from, after }) => [path, from, after])).toContainEqual([
      '/rsl[1]/content[1]/license[1]/prohibits[1]',
      'train-ai,AI-Input',
      'ai-train ai-input',
    ]);
    expect(lint(text).issues).toEqual([]);
  });

  it('leaves to a person what only a person can know', () => {
    const body =
      '<content url="/"><license><permits type="usage">train-ai,search</permits><payment type="royalty"/></license></content>';
    const { text, changes, choices } = repair(rsl(body));
    expect(text).toBe(rsl(body));
    expect(changes).toEqual([]);
    expect(choices.map((one) => one.code)).toEqual(['R32-token-list', 'R43-payment-type']);
    expect(repair('<rsl>').choices.map((one) => one.code)).toEqual(['R1-not-well-formed']);
  });

  it.each([
    ['user', 'Commercial'],
    ['user', 'commercial,government'],
    ['user', 'commercial, government'],
    ['geo', 'US,CN'],
    ['geo', 'us'],
    ['usage', 'x:y,search'],
    ['usage', 'search everything'],
  ])('leaves a prohibition of %s that nobody can read (%s): mended it would open all else', (type, words) => {
    const before = rsl(
      `<content url="/"><license><permits type="usage">all</permits><prohibits type="${type}">${words}</prohibits></license></content>`,
    );
    const { text, choices } = repair(before);
    expect(text).toBe(before);
    expect(choices).toHaveLength(1);
  });

  const word = fc.constantFrom(
    ...usageTokens,
    'train-ai',
    'ai-summarize',
    'AI-Train',
    'search,ai-train',
    'x:y',
    'nonsense',
    '',
  );
  type List = { readonly name: string; readonly type: string; readonly words: readonly string[] };
  const list: fc.Arbitrary<List> = fc.record({
    name: fc.constantFrom('permits', 'prohibits'),
    type: fc.constantFrom(
      ' type="usage"',
      ' type="usage"',
      ' type="user"',
      ' type="geo"',
      '',
      ' type="application"',
    ),
    words: fc.oneof(
      fc.array(word, { maxLength: 3 }),
      fc.constantFrom(['commercial'], ['Education'], ['commercial,', 'government'], ['x:y,search'], ['x:Y']),
      fc.constantFrom(['DE'], ['de', 'us'], ['US,CN'], ['EU'], ['UK']),
    ),
  });
  const license = fc
    .record({
      lists: fc.oneof(
        fc.array(list, { maxLength: 4 }),
        // One broad permission and one prohibition: what it says decides everything else.
        list.map((one): List[] => [
          { name: 'permits', type: ' type="usage"', words: ['all'] },
          { ...one, name: 'prohibits' },
        ]),
      ),
      rest: fc.constantFrom(
        '',
        '<payment type="inference"/>',
        '<payment type="free"/>',
        '<payment type="royalty"/>',
        '<payment><amount currency="eur">1</amount></payment>',
        '<unless/>',
        '<payment type="free" id="1"/>',
      ),
    })
    .map(({ lists, rest }) => {
      const text = lists
        .map(({ name, type, words }) => `<${name}${type}>${words.join(' ')}</${name}>`)
        .join('');
      return `<license>${text}${rest}</license>`;
    });
  const content = fc
    .record({
      attributes: fc.constantFrom(
        'url="/"',
        'url="/a/"',
        'url="/*b$" urn="1"',
        'url="/a/" lastmod="x" version="2"',
        'url=""',
        'url="/" encrypted="yes" server="https://a.example/"',
      ),
      licenses: fc.array(license, { maxLength: 3 }),
    })
    .map(({ attributes, licenses }) => `<content ${attributes}>${licenses.join('')}</content>`);
  const document = fc
    .array(content, { maxLength: 4 })
    .map((contents) => rsl(contents.join(''), ' max-age="soon"'));

  function outcomes(xml: string): Evaluation['outcome'][] {
    const { document: read } = parse(xml);
    if (!read) return [];
    return ['/', '/a/b', '/c'].flatMap((url) =>
      usageTokens.flatMap((usage) =>
        [
          {},
          { userClass: 'commercial' },
          { userClass: 'education', places: ['DE'] },
          { userClass: 'x:y', places: ['GB'] },
          { places: ['US'] },
          { places: ['CN', 'CH'], userClass: 'government' },
        ].flatMap((more) => {
          const { narrower, anywhere, strict } = compareReadings(read, { url, usage, ...more });
          return [narrower.outcome, anywhere.outcome, strict.outcome];
        }),
      ),
    );
  }

  it('never grants anything new, in any reading, and is done after one time', () => {
    fc.assert(
      fc.property(document, (before) => {
        const { text } = repair(before);
        const old = outcomes(before);
        const wider = outcomes(text).filter((outcome, index) => rank[outcome] > rank[old[index]!]);
        expect(wider).toEqual([]);
        expect(repair(text).changes).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
