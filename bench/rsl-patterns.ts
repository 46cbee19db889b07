// Many path patterns: how long it takes to lay them out, and to find those that match a path. Goals for 100,000: ≤ 500 ms and
// ≤ 5 µs. The peer tries every compiled pattern, which is what one does without an index (on fewer look-ups).
// Run: node --conditions=clearway-source bench/rsl-patterns.ts [patterns] [look-ups]
import { findMatches, indexPatterns, matchPrepared, preparePath } from '@clearway/rsl';
import { cpu, heading, median } from './rsl/measure.ts';

const [count, lookups] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 200_000)];
/** Of ten patterns seven are prefixes, two have a wildcard and an end below their own beginning, one begins with a wildcard. */
const patterns = Array.from({ length: count }, (_, index) => {
  if (index % 10 < 7) return `/section-${index % 331}/topic-${index % 997}/story-${index}`;
  return index % 10 < 9 ? `/blog-${index % 5_000}/*/item-${index}.pdf$` : `/*/tag-${index}/`;
});
const paths = Array.from({ length: 1_000 }, (_, index) => {
  const which = (index * 97) % count;
  if (index % 20 === 0) return `/nothing/for/${index}`;
  if (which % 10 < 7) return `/section-${which % 331}/topic-${which % 997}/story-${which}/page.html?x=1`;
  return which % 10 < 9 ? `/blog-${which % 5_000}/2026/item-${which}.pdf` : `/2026/tag-${which}/index.html`;
});

heading(`${count} patterns, ${lookups} look-ups; goals for 100,000: build ≤ 500 ms, look-up ≤ 5 µs`);
const builds = Array.from({ length: 5 }, () => {
  const before = cpu();
  indexPatterns(patterns);
  return cpu() - before;
});
const index = indexPatterns(patterns);
for (const path of paths.slice(0, 50)) {
  const prepared = preparePath(path);
  const each = index.patterns.flatMap((one, place) => (matchPrepared(one, prepared) ? [place] : []));
  if (JSON.stringify(each) !== JSON.stringify(findMatches(index, prepared)))
    throw new Error(`${path}: not the same.`);
}
const rounds = Array.from({ length: 5 }, () => {
  const before = cpu();
  for (let asked = 0; asked < lookups / 5; asked += 1) findMatches(index, preparePath(paths[asked % 1_000]!));
  return ((cpu() - before) * 1_000) / (lookups / 5);
});
const few = Math.max(1, Math.ceil(lookups / 4_000));
const before = cpu();
for (let asked = 0; asked < few; asked += 1) {
  const prepared = preparePath(paths[asked % 1_000]!);
  index.patterns.filter((one) => matchPrepared(one, prepared));
}
const peer = ((cpu() - before) * 1_000) / few;
const look = median(rounds);
console.log(
  `build               ${median(builds).toFixed(0).padStart(8)} ms (first ${builds[0]!.toFixed(0)})`,
);
console.log(`look-up             ${look.toFixed(2).padStart(8)} µs`);
console.log(
  `peer: every pattern ${peer.toFixed(0).padStart(8)} µs, ${(peer / look).toFixed(0)} times as long`,
);
