import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReadings } from './compare-readings.ts';
import type { Evaluation } from './evaluation.ts';
import { parse } from './parse.ts';
import { repair } from './repair.ts';
import { damagedContent } from './testing/damaged-content.ts';
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

  const document = fc
    .array(damagedContent, { maxLength: 4 })
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
