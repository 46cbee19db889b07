import { expect, it } from 'vitest';
import { check } from './check-document.ts';
import { lintFeed, lintFile } from './read-fragments.ts';
import { repair } from './repair.ts';
import { rslNamespace } from './vocabulary.ts';

const many = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');
const document = (inner: string) => `<rsl xmlns="${rslNamespace}">${inner}</rsl>`;
const license = (inner: string) => document(`<content url="/"><license>${inner}</license></content>`);
const prefixes = (depth: number) => many(60, (index) => ` xmlns:p${depth}-${index}="u"`);
const deep = (inner: string) =>
  `<r>${many(55, (depth) => `<d${prefixes(depth)}>`)}${inner}${'</d>'.repeat(55)}</r>`;

/** Below every ceiling, and yet made to cost much: what grows with the square of the length shows here. */
const costly: Readonly<Record<string, string>> = {
  'two lists of tokens that share none': license(
    `<permits type="usage">${many(30_000, (index) => `t${index} `)}</permits><prohibits type="usage">${many(30_000, (index) => `u${index} `)}</prohibits>`,
  ),
  'thousands of prefixes around thousands of elements': deep('<item xmlns:q="u"/>'.repeat(15_000)),
  'thousands of items with something wrong in each': `<rss xmlns:rsl="${rslNamespace}"><channel>${'<item><rsl:content/></item>'.repeat(6_000)}</channel></rss>`,
  'thousands of contents for one address': document(
    many(
      3_000,
      (index) =>
        `<content url="${'/a'.repeat((index % 60) + 1)}"><license><prohibits type="usage">ai-train</prohibits></license></content>`,
    ),
  ),
  'one pattern with a hundred thousand stars': document(
    `<content url="/${'*a'.repeat(100_000)}"><license/></content>`,
  ),
  'elements nobody knows': document('<x/>'.repeat(19_000)),
};

it.each(Object.keys(costly))('%s are read in time', (name) => {
  const xml = costly[name]!;
  const before = process.cpuUsage();
  check(xml);
  repair(xml);
  lintFeed(xml);
  lintFile(xml);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(10_000);
});
