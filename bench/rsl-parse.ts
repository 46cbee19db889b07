// Reading and checking an RSL document against a general XML-to-object parser that only reads (fast-xml-parser with
// attributes, as whoever wants the addresses has to ask for). Goal: at least 3 times as fast. Ratios are medians of pairs of
// the same round. Run: node --conditions=clearway-source bench/rsl-parse.ts [rounds] [milliseconds]
import { lint, parse } from '@clearway/rsl';
import { XMLParser } from 'fast-xml-parser';
import { publisher } from './rsl/documents.ts';
import { costOf, heading, median } from './rsl/measure.ts';

const [rounds, milliseconds] = [Number(process.argv[2] ?? 15), Number(process.argv[3] ?? 300)];
const peer = new XMLParser({ ignoreAttributes: false });
const sizes = [1, 10, 50, 500];
heading(`${rounds} rounds of ${milliseconds} ms; goal: check ≥ 3`);
console.log('contents      kB   µs parse   µs check    µs peer   parse   check');
for (const size of sizes) {
  const xml = publisher(size);
  if (lint(xml).issues.length > 0) throw new Error('The document of the bench has issues.');
  const calls = [() => parse(xml), () => lint(xml), () => peer.parse(xml)] as const;
  for (const call of calls) costOf(call, milliseconds / 3);
  const measured = Array.from({ length: rounds }, (_, round) => {
    const costs = [0, 0, 0];
    for (let step = 0; step < 3; step += 1) {
      const which = (step + round) % 3;
      costs[which] = costOf(calls[which]!, milliseconds / 3);
    }
    return costs as [number, number, number];
  });
  const column = (which: 0 | 1 | 2) =>
    median(measured.map((one) => one[which]))
      .toFixed(0)
      .padStart(11);
  const ratio = (which: 0 | 1) =>
    median(measured.map((one) => one[2] / one[which]))
      .toFixed(1)
      .padStart(8);
  const kilobytes = (xml.length / 1_000).toFixed(1).padStart(8);
  console.log(
    `${String(size).padStart(8)}${kilobytes}${column(0)}${column(1)}${column(2)}${ratio(0)}${ratio(1)}`,
  );
}
