// Answers per second on a document of 50 contents, on one core, with reasons. Goal: at least 200,000. The peer is the least
// that could be called an answer: the first prefix that fits, by a loop over the contents, without licences, users or prices.
// Run: node --conditions=clearway-source bench/rsl-evaluate.ts [rounds] [milliseconds]
import { evaluate, parse, type RslDocument } from '@clearway/rsl';
import { nested, publisher } from './rsl/documents.ts';
import { costOf, heading, median } from './rsl/measure.ts';

const [rounds, milliseconds] = [Number(process.argv[2] ?? 15), Number(process.argv[3] ?? 300)];
const contents = 50;
const sections = Array.from({ length: contents }, (_, index) => `/section-${index}/2026/story-${index}.html`);

let asked = 0;
function ask(document: RslDocument, paths: readonly string[]) {
  asked += 1;
  const url = paths[asked % paths.length]!;
  return evaluate(document, { url, usage: 'ai-input', userClass: 'commercial' });
}
const site = parse(publisher(contents)).document!;
const worst = parse(nested(contents)).document!;
const shallow = ['/a/x', '/a/a/x', '/x'];
const deep = [`/${'a/'.repeat(contents)}x`];
const prefixes = site.contents.map((one) => one.url!.replace('*.html', ''));
const rows = [
  { name: 'one of 50 contents is for the address', call: () => ask(site, sections), goal: 200_000 },
  { name: 'two of 50 on average', call: () => ask(worst, shallow), goal: undefined },
  { name: 'all 50 at once, each narrower', call: () => ask(worst, deep), goal: undefined },
  {
    name: 'peer: a loop over 50 prefixes',
    call: () => {
      asked += 1;
      return prefixes.find((one) => sections[asked % contents]!.startsWith(one));
    },
    goal: undefined,
  },
];
for (const path of sections)
  if (
    evaluate(site, { url: path, usage: 'ai-input', userClass: 'commercial' }).outcome !== 'licensed-against'
  )
    throw new Error(`${path} is not licensed.`);
heading(`${rounds} rounds of ${milliseconds} ms; goal: ≥ 200,000 a second`);
for (const { name, call, goal } of rows) {
  costOf(call, milliseconds);
  const cost = median(Array.from({ length: rounds }, () => costOf(call, milliseconds)));
  const perSecond = Math.round(1_000_000 / cost).toLocaleString('en');
  console.log(
    `${name.padEnd(40)}${cost.toFixed(2).padStart(9)} µs${perSecond.padStart(12)}/s${goal ? '   goal ≥ 200,000' : ''}`,
  );
}
