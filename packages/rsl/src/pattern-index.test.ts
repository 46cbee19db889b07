import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchPrepared, preparePath } from './match-path.ts';
import { findMatches, indexPatterns } from './pattern-index.ts';

const letters = fc.constantFrom(...'/ab*$?%ü.');
const pattern = fc.oneof(
  fc.array(letters, { maxLength: 8 }).map((list) => `/${list.join('')}`),
  fc.constantFrom('', '*', '$', '/', '/*', '/*$', '/a/*.pdf$', '/*/abcdefghijkl/', '/*/abcdefghijkm$'),
);
const path = fc.oneof(
  fc.array(letters, { maxLength: 12 }).map((list) => `/${list.join('')}`),
  fc.constantFrom('/a/b.pdf', '/x/abcdefghijkl/y', '/x/abcdefghijkm', ''),
);

it('finds exactly the patterns that match, each by itself', () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 60 }), path, (patterns, asked) => {
      const index = indexPatterns(patterns);
      const prepared = preparePath(asked);
      const each = index.patterns.flatMap((one, place) => (matchPrepared(one, prepared) ? [place] : []));
      expect(findMatches(index, prepared)).toEqual(each);
    }),
    { numRuns: 2_000 },
  );
});

it('keeps to its order with a thousand patterns that begin alike', () => {
  const patterns = Array.from({ length: 1_000 }, (_, index) => `/*/story-${index}/*.html$`);
  expect(findMatches(indexPatterns(patterns), '/2026/story-77/a.html')).toEqual([77]);
  expect(findMatches(indexPatterns(patterns), '/2026/story-77/a.htm')).toEqual([]);
});
