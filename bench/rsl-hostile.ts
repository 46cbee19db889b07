// Hostile documents of 2 MB: how long until they are refused, and how much memory that takes beyond the document itself.
// Goals: ≤ 50 ms and ≤ 32 MB. Each runs in a process of its own, as bytes, with the ceiling of size as it is (1 MiB) and raised
// to 4 MiB so that the other ceilings have to do the work. The peer is fast-xml-parser on the same bytes.
// Run: node --conditions=clearway-source bench/rsl-hostile.ts [bytes]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lint, rslNamespace } from '@clearway/rsl';
import { XMLParser } from 'fast-xml-parser';
import { cpu, heading } from './rsl/measure.ts';

type Reader = 'default' | 'raised' | 'peer';
const open = `<rsl xmlns="${rslNamespace}">`;
const hostile: Readonly<Record<string, (bytes: number) => string>> = {
  'one text': (bytes) => `${open}${'a'.repeat(bytes)}</rsl>`,
  depth: (bytes) => '<a>'.repeat(bytes / 3),
  attributes: (bytes) => `<a ${Array.from({ length: bytes / 9 }, (_, index) => `a${index}=""`).join(' ')}/>`,
  elements: (bytes) => `${open}${'<a/>'.repeat(bytes / 4)}</rsl>`,
  'entities of entities': (bytes) =>
    `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>${'&b;'.repeat(bytes / 3)}</a>`,
  'a comment without an end': (bytes) => `${open}<!--${'- '.repeat(bytes / 2)}`,
  'tags that never close': (bytes) => '<'.repeat(bytes),
  'a NUL at the end': (bytes) => `${open}${' '.repeat(bytes)}\u0000</rsl>`,
};

function readOne(file: string, reader: Reader): void {
  const input = readFileSync(file);
  const peer = new XMLParser({ ignoreAttributes: false });
  lint(`${open}<content url="/"><license/></content></rsl>`);
  peer.parse('<a b="c">d</a>');
  const memory = process.resourceUsage().maxRSS;
  const before = cpu();
  let answer = 'read';
  if (reader === 'peer') {
    try {
      peer.parse(input);
    } catch (error) {
      answer = `refused: ${(error as Error).message.slice(0, 40)}`;
    }
  } else {
    const { document, issues } = lint(input, reader === 'raised' ? { maxBytes: 4 * 1024 * 1024 } : {});
    if (document) throw new Error('It was read.');
    answer = issues.map((one) => one.code).join();
  }
  const megabytes = (process.resourceUsage().maxRSS - memory) / 1_024;
  console.log(JSON.stringify({ ms: cpu() - before, megabytes, answer }));
}

const [, script, first = '2000000', reader] = process.argv;
if (reader !== undefined) readOne(first, reader as Reader);
else {
  heading(`${Number(first) / 1e6} MB each; goals: ≤ 50 ms, ≤ 32 MB`);
  console.log('                              as it is          ceiling raised           peer');
  const folder = mkdtempSync(join(tmpdir(), 'bench-hostile-'));
  for (const [name, make] of Object.entries(hostile)) {
    const file = join(folder, 'document.xml');
    writeFileSync(file, make(Number(first)));
    const cells = (['default', 'raised', 'peer'] as const).map((one) => {
      const args = ['--conditions=clearway-source', script!, file, one];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
      if (stdout === '' && one !== 'peer') throw new Error(`${name}: ${stderr}`);
      if (stdout === '') return 'no answer in a minute, or out of memory'.padStart(22);
      const { ms, megabytes, answer } = JSON.parse(stdout) as {
        ms: number;
        megabytes: number;
        answer: string;
      };
      const told = one === 'peer' ? ` (${answer.slice(0, 7)})` : '';
      return `${ms.toFixed(1).padStart(7)} ms${megabytes.toFixed(1).padStart(7)} MB${told}`;
    });
    console.log(`${name.padEnd(26)}${cells.join('    ')}`);
  }
  rmSync(folder, { recursive: true });
}
