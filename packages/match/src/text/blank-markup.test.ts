import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blankMarkup } from './blank-markup.ts';
import { wordsOf } from './characters.ts';

const read = (html: string) => wordsOf(new TextDecoder().decode(blankMarkup(new TextEncoder().encode(html))));

it('reads what a reader reads', () => {
  expect(read('<!doctype html><p>One<p>two<br>three<i>s</i><!-- no > no --> four')).toEqual([
    'one',
    'two',
    'threes',
    'four',
  ]);
  expect(read('a<script>if (1 < 2) x("</p>")</script>b<style>p{}</style>c<STYLE>x</Style >d')).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
  expect(
    read(
      '<img alt="a > b" src=x>it<span>’</span>s &lt;b&gt; &eacute;t&#233; fire&shy;fly &copy; &nbsp;&#x1F600;x',
    ),
  ).toEqual(['its', 'b', 'été', 'firefly', 'copy', 'x']);
  expect(read('1 < 2 & 3 > 2 &amp;c &bogus; &#0; &#xffffff; &#xd800;')).toEqual([
    '1',
    '2',
    '3',
    '2',
    'c',
    'bogus',
  ]);
  expect(read('an <b unfinished')).toEqual(['an']);
  expect(read('an <!-- unfinished')).toEqual(['an']);
});

it('keeps every byte in its place, whatever comes', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '<p',
    '</',
    '<!--',
    '-->',
    '&',
    '&#',
    ';',
    '"',
    "='",
    '<script>',
    'word',
    ' ',
    'ä',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      const html = new TextEncoder().encode(pieces.join(''));
      const out = blankMarkup(html);
      expect(out.length).toBe(html.length);
    }),
    { numRuns: 500 },
  );
  const page = 'ä <b>Sea</b>';
  const bytes = blankMarkup(new TextEncoder().encode(page));
  expect(new TextDecoder().decode(bytes.subarray(6, 9))).toBe('Sea');
});

/** A reader that looked ahead from each of them would need hours for so many: the test would not end in its time. */
it('reads a million beginnings that never end', () => {
  for (const text of ['<', '<!--', '<script>', '&', '<a b="', '</', '<script></scrip']) {
    const bytes = new TextEncoder().encode(text.repeat(1_000_000 / text.length));
    expect(blankMarkup(bytes)).toHaveLength(bytes.length);
  }
}, 60_000);
