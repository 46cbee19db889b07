import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repair } from './repair.ts';
import { repairInside } from './repair-inside.ts';
import { damagedContent } from './testing/damaged-content.ts';

const names = 'xmlns:rsl="https://rslstandard.org/rsl" xmlns:x="urn:x"';
const alone = (content: string) =>
  `<rsl xmlns="https://rslstandard.org/rsl" xmlns:x="urn:x" max-age="soon">${content}</rsl>`;
const prefixed = (content: string) => content.replaceAll(/<(\/?)/g, '<$1rsl:');

/** Around the RSL is what nobody may touch: a mark of the encoding, line ends, entities, letters of four bytes, other markup. */
const places = {
  page: {
    around: (contents: readonly string[]) =>
      `\uFEFF<!doctype html>\r\n<title>train-ai 𝕏 &amp;</title>${contents.map((one) => `<article id="1"><script type="application/rsl+xml">\r\n<?xml version="1.0"?>${alone(one)}</script><p urn="1">Tom & Jerry<br>`).join('\n')}<prohibits type="usage">train-ai</prohibits>`,
    mended: (content: string) => repair(alone(content)).text.slice(alone('').indexOf(' max-age')),
    plain: (content: string) => alone(content).slice(alone('').indexOf(' max-age')),
  },
  feed: {
    around: (contents: readonly string[]) =>
      `\uFEFF<?xml version="1.0"?>\r\n<rss ${names}><channel><!-- 𝕏 -->${contents.map((one) => `<item id="1"><title>train-ai &amp;</title>${prefixed(one)}<prohibits type="usage">train-ai</prohibits></item>`).join('\r\n')}</channel></rss>`,
    mended: (content: string) => prefixed(contentOf(repair(alone(content)).text)),
    plain: prefixed,
  },
  file: {
    around: ([content = '']: readonly string[]) =>
      `<?xpacket begin="\uFEFF"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><p urn="1">train-ai</p><rsl:rsl ${names}>${prefixed(content)}</rsl:rsl></x:xmpmeta>\r\n   <?xpacket end="w"?>`,
    mended: (content: string) => prefixed(contentOf(repair(alone(content)).text)),
    plain: prefixed,
  },
};
const contentOf = (document: string) => document.slice(document.indexOf('<content'), -'</rsl>'.length);

describe('repairing what stands in something else', () => {
  it.each(['page', 'feed', 'file'] as const)(
    'a %s: each document as if it were alone, and nothing else in the text',
    (place) => {
      const { around, mended, plain } = places[place];
      const count = place === 'file' ? 1 : 3;
      fc.assert(
        fc.property(fc.array(damagedContent, { minLength: 1, maxLength: count }), (contents) => {
          const before = around(contents);
          const { text, changes } = repairInside(before, place);
          // From the end, so that a replaced part is never looked at again.
          const expected = contents.reduceRight(
            ({ done, rest }, content) => {
              const at = rest.lastIndexOf(plain(content));
              const after = rest.slice(at + plain(content).length);
              return { done: mended(content) + after + done, rest: rest.slice(0, at) };
            },
            { done: '', rest: before },
          );
          expect(text).toBe(expected.rest + expected.done);
          expect(changes.length > 0).toBe(text !== before);
          expect(repairInside(text, place).changes).toEqual([]);
        }),
        { numRuns: 150 },
      );
    },
  );

  it('says where in the page, and leaves to a person what only a person can know', () => {
    const page = `<p>\n<script type="application/rsl+xml">${alone('<content url=""><license><permits type="usage">train-ai</permits></license></content>')}</script>
<script type="application/rsl+xml"><rsl></script>`;
    const { text, changes, choices } = repairInside(page, 'page');
    expect(text).toBe(page.replace('"soon"', '"1"'));
    expect(changes.map(({ code, path, position }) => [code, path, position.line])).toEqual([
      ['R9-max-age', '/rsl[1]', 2],
    ]);
    expect(choices.map(({ code, position }) => [code, position.line])).toEqual([
      ['R33-usage-token', 2],
      ['R1-not-well-formed', 3],
    ]);
  });

  it('a document of another script is not mended for what is wrong in this one', () => {
    const page = ['"soon"', '"30"']
      .map((days) => `<script type="application/rsl+xml">${alone('').replace('"soon"', days)}</script>`)
      .join('');
    expect(repairInside(page, 'page').text).toBe(page.replace('"soon"', '"1"'));
  });

  it.each(['page', 'feed', 'file'] as const)('what is no %s with RSL comes back as it is', (place) => {
    for (const text of ['', '<', 'Roses', '<!DOCTYPE rss><rss/>', '\uFEFF<p>train-ai'])
      expect(repairInside(text, place)).toMatchObject({ text, changes: [] });
  });
});
