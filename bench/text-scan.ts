// How fast and how surely registered texts are found in a dataset: ours beside datasketch, on the same documents in the same run.
//
// CPU seconds of one process each (all its threads), alternating rounds, medians. Documents lie in memory; `jsonl` adds parsing
// each line. datasketch is installed into a throw-away venv when python3 and pip are there (or CLEARWAY_BENCH_PYTHON names an interpreter
// that has it; empty skips it). It answers another question, "are two documents mostly the same?", so it does not find excerpts: only the speed compares.
// Run: [CLEARWAY_WORKS=<folder with text/>] node --conditions=clearway-source bench/text-scan.ts [rounds] [megabytes] [works]
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIndex, matchText, printText, readIndex } from '@clearway/match';
import { babble, excerptOf, likeliness, noisy, realTexts, seeded } from './text-scan/corpus.ts';

const SEED = 20;
const GOAL = 20;
const [rounds, megabytes, workCount] = [5, 8, 2_000].map((standard, i) =>
  Number(process.argv[2 + i] ?? standard),
) as [number, number, number];
const random = seeded(SEED);
const samples = realTexts(process.env.CLEARWAY_WORKS, random);
const prose = babble(samples, random);
const works = [...samples, ...Array.from({ length: workCount }, () => prose(5_000))];
const items = Array.from({ length: Math.ceil((megabytes * 1e6) / 4_000) }, () => prose(4_000));

const idOf = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const building = cpu();
const built = buildIndex(
  works.map((text, n) => ({ id: idOf(n), texts: [printText(text)] })),
  { created: new Date(0) },
);
const buildSeconds = building();
const workBytes = works.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const index = readIndex(built.bytes);
const texts = items.map((text) => Buffer.from(text));
const lines = items.map((text) => JSON.stringify({ text }));
const bytes = texts.reduce((sum, text) => sum + text.length, 0);

const excerpts = Array.from({ length: 1_000 }, () => inItem(30, 0).item);
const directory = mkdtempSync(join(tmpdir(), 'bench-text-scan-'));
try {
  const peer = await openPeer();
  const speeds: { ours: number; jsonl: number; peer: number }[] = [];
  for (let round = -1; round < rounds; round++) {
    const ours = measure(() => matchAll(texts));
    const jsonl = measure(() => matchLines(lines));
    const theirs = peer ? bytes / 1e6 / (await peer.round()) : Number.NaN;
    // The first round only warms up.
    if (round >= 0) speeds.push({ ours, jsonl, peer: theirs });
  }
  peer?.close();
  report(speeds, peer);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function report(
  speeds: readonly { ours: number; jsonl: number; peer: number }[],
  peer: Peer | undefined,
): void {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  console.log(`${processor}, ${availableParallelism()} cores, Node ${process.version}, seed ${SEED}`);
  console.log(
    `${items.length} documents of 4 kB (${(bytes / 1e6).toFixed(1)} MB), ${works.length} works (${(workBytes / 1e6).toFixed(1)} MB), ${rounds} rounds\n`,
  );
  console.log(
    `index: ${(built.bytes.length / workBytes).toFixed(2)} bytes per byte of text, built at ${(workBytes / 1e6 / buildSeconds).toFixed(1)} MB/s`,
  );
  const ours = median(speeds.map((speed) => speed.ours));
  console.log(`scan, bytes in memory: ${ours.toFixed(1)} MB/s per core (goal ≥ ${GOAL})`);
  console.log(`scan, JSONL lines:     ${median(speeds.map(({ jsonl }) => jsonl)).toFixed(1)} MB/s per core`);
  if (peer) {
    const theirs = median(speeds.map((speed) => speed.peer));
    const ratio = median(speeds.map((speed) => speed.ours / speed.peer));
    console.log(
      `datasketch ${peer.version}:      ${theirs.toFixed(2)} MB/s per core; ours is ${ratio.toFixed(0)} times that`,
    );
    console.log(
      `  of 1,000 documents with a 30-word excerpt datasketch finds ${peer.found} (not what it is for)`,
    );
  }
  console.log('\nfound, of 1,000 excerpts in documents of 4 kB:');
  for (const words of [30, 50, 100]) {
    const shares = [0, 0.01, 0.03].map(
      (noise) => `${(100 * noise).toFixed(0)} % noise ${(recall(words, noise) * 100).toFixed(1)} %`,
    );
    console.log(`  ${String(words).padStart(3)} words: ${shares.join(' · ')}`);
  }
  console.log('\nfalse hits:');
  const unrelated = texts.reduce((sum, text) => sum + matchText(index, text).length, 0);
  console.log(`  ${unrelated} in ${items.length} documents of the same words in other order`);
  const alike = likeliness(samples, random);
  const babbled = Array.from({ length: 1_000 }, () => matchText(index, alike(4_000)).length).reduce(
    (a, b) => a + b,
  );
  console.log(
    `  ${babbled} in 1,000 documents that follow the samples word by word (their equal runs are real)`,
  );
}

function matchAll(all: readonly Buffer[]): void {
  for (const text of all) matchText(index, text);
}

function matchLines(all: readonly string[]): void {
  for (const line of all) matchText(index, (JSON.parse(line) as { text: string }).text);
}

function inItem(words: number, noise: number): { work: number; item: string } {
  const { work, text } = excerptOf(works, words, random);
  const before = 3_800 * random();
  return { work, item: `${prose(before)} ${noisy(text, noise, random)} ${prose(3_800 - before)}` };
}

function recall(words: number, noise: number): number {
  let found = 0;
  for (let i = 0; i < 1_000; i++) {
    const { work, item } = inItem(words, noise);
    if (matchText(index, item).some(({ workId }) => workId === idOf(work))) found++;
  }
  return found / 1_000;
}

function cpu(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

function measure(work: () => void): number {
  const elapsed = cpu();
  work();
  return bytes / 1e6 / elapsed();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

type Answer = { version: string; found: number; seconds: number };
type Peer = { version: string; found: number; round(): Promise<number>; close(): void };

async function openPeer(): Promise<Peer | undefined> {
  const python = findPython();
  if (python === undefined) {
    console.log('skipped: datasketch (needs python3 with venv and pip, or CLEARWAY_BENCH_PYTHON)\n');
    return undefined;
  }
  const files = [works, items, excerpts].map((list, i) => {
    const path = join(directory, `${i}.jsonl`);
    writeFileSync(path, list.map((text) => `${JSON.stringify({ text })}\n`).join(''));
    return path;
  });
  const script = new URL('./text-scan/peer.py', import.meta.url).pathname;
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const child = spawn(python, [script, ...files], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await answers.next()).value)) as Answer;
  const { version, found } = await next();
  return {
    version,
    found,
    async round() {
      child.stdin.write('\n');
      return (await next()).seconds;
    },
    close: () => child.stdin.end(),
  };
}

function findPython(): string | undefined {
  const given = process.env.CLEARWAY_BENCH_PYTHON;
  if (given !== undefined) return given === '' ? undefined : given;
  try {
    const venv = join(directory, 'venv');
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'ignore' });
    execFileSync(join(venv, 'bin/pip'), ['install', '-q', 'datasketch'], {
      stdio: 'ignore',
      timeout: 300_000,
    });
    return join(venv, 'bin/python');
  } catch {
    return undefined;
  }
}
