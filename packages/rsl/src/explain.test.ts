import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluate.ts';
import { mediaSubjects } from './media-subjects.ts';
import { parse } from './parse.ts';
import { rewrite } from './rewrite.ts';

const { document } =
  parse(`<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x" xmlns:media="https://rslmedia.org/ns/1">
  <media:identity registry="HCS-42"><media:ai-train state="prohibited"/></media:identity>
  <content url="/other/"><license><permits type="usage">all</permits></license></content>
  <content url="/" lastmod="2026-03-01T00:00:00Z"><license>
    <permits type="usage">ai-train x:dream</permits><x:note>1</x:note>
    <payment type="use"><x:unit/></payment></license><x:more/></content>
</rsl>`);

describe('a trace that explains', () => {
  it('names what matched, which licence and rule, and what was ignored and why', () => {
    const question = { url: '/a', usage: 'ai-train', agent: 'ABot', explain: true } as const;
    const { outcome, trace } = evaluate(document!, question);
    expect(outcome).toBe('licensed-against');
    expect(trace.map(({ rule, text, position }) => [rule, position?.line, text])).toEqual([
      ['R8', 2, '<media:identity> of https://rslmedia.org/ns/1 is skipped with all it holds.'],
      ['R17', 3, 'The content for "/other/" is for other addresses.'],
      ['R8', 6, '<x:more> of urn:x is skipped with all it holds.'],
      ['R36', 5, '"x:dream" is a name of urn:x and has no meaning here.'],
      ['R8', 5, '<x:note> of urn:x is skipped with all it holds.'],
      ['R8', 6, '<x:unit> of urn:x is skipped with all it holds.'],
      ['R67', undefined, 'No document speaks of agents; robots.txt decides which one is for ABot.'],
      ['R17', 4, 'The content for "/" applies.'],
      ['R39', 4, 'It permits ai-train, payment use.'],
      ['R80', undefined, 'ai-train is licensed against what is asked.'],
    ]);
  });

  it('has no more than the reasons when nobody asks for it', () => {
    expect(evaluate(document!, { url: '/a', usage: 'ai-train' }).trace).toHaveLength(3);
  });
});

describe('a day', () => {
  it.each([
    ['2026-03-01', 'licensed-against'],
    ['2026-02-28T23:59:59Z', 'unknown'],
    ['2026-03-01T01:00:00+02:00', 'unknown'],
    ['some day', 'unknown'],
  ])('on %s the answer is %s: permissions count from the last change on', (date, outcome) => {
    expect(evaluate(document!, { url: '/a', usage: 'ai-train', date }).outcome).toBe(outcome);
  });

  it('a prohibition counts on every day', () => {
    const no =
      parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/" lastmod="2026-03-01T00:00:00Z">
      <license><prohibits type="usage">all</prohibits></license></content></rsl>`).document!;
    expect(evaluate(no, { url: '/a', usage: 'search', date: '2020-01-01' }).outcome).toBe('not-licensed');
  });
});

describe('RSL-MEDIA', () => {
  it('keeps what names a subject, and claims nothing about it', () => {
    expect(mediaSubjects(document!)).toMatchObject([
      { name: 'media:identity', attributes: { registry: 'HCS-42' } },
      { name: 'media:ai-train', attributes: { state: 'prohibited' } },
    ]);
    expect(rewrite(document!)).toContain('registry="HCS-42"');
    expect(evaluate(document!, { url: '/a', usage: 'ai-train' }).outcome).toBe('licensed-against');
  });
});
