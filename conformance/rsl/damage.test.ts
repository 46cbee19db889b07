import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  check,
  compareReadings,
  evaluate,
  grantsOf,
  type Question,
  type RslDocument,
  usageTokens,
} from '@clearway/rsl';
import { describe, expect, it } from 'vitest';
import type { Case } from './run-case.ts';

const folder = join(import.meta.dirname, 'cases');
const documents = new Map<string, RslDocument>();
for (const name of readdirSync(folder).sort()) {
  for (const { files } of JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[]) {
    const text = files['document.xml'];
    if (text === undefined || text.length > 1_500) continue;
    const { document, level } = check(text);
    if (document && level !== 'not-conformant' && document.contents.length > 0) documents.set(text, document);
  }
}

const rank = { 'licensed-free': 2, 'licensed-against': 1, 'not-licensed': 0, unknown: 0 } as const;
const clients: readonly Partial<Question>[] = [
  {},
  { userClass: 'commercial', places: ['DE'] },
  { userClass: 'education', places: ['US'], reportingProfiles: ['https://example.org/profile'] },
  { userClass: 'x:press' },
  { places: ['DE', 'GB'] },
];

/** What is asked of a document, always by all clients, the silent one first: each address it speaks of, one below, and one it may not know. */
function questionsFor(document: RslDocument): Question[] {
  const urls = new Set([
    '/',
    '/zz',
    ...grantsOf(document).flatMap(({ sample }) => [sample, `${sample}/a.html`]),
  ]);
  return [...urls].flatMap((url) =>
    usageTokens.flatMap((usage) => clients.map((client) => ({ url, usage, ...client }))),
  );
}

function answers(document: RslDocument, questions: readonly Question[]): number[] {
  return questions.flatMap((question) => {
    const { narrower, anywhere, strict } = compareReadings(document, question);
    return [rank[narrower.outcome], rank[anywhere.outcome], rank[strict.outcome]];
  });
}

let state = Number(process.env.FUZZ_SEED ?? 20_261_122);
function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 0x1_0000_0000) * limit);
}

/** One accident: a bit flipped, some bytes cut out, some doubled, some overwritten, the end lost. */
function damage(bytes: Buffer): Buffer {
  const from = below(bytes.length);
  const to = Math.min(bytes.length, from + 1 + below(below(2) === 0 ? 4 : 60));
  const piece = bytes.subarray(from, to);
  switch (below(6)) {
    case 0:
    case 1: {
      const flipped = Buffer.from(bytes);
      flipped[from]! ^= 1 << below(8);
      return flipped;
    }
    case 2:
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]);
    case 4: {
      const written = Buffer.from(bytes);
      for (let at = from; at < Math.min(to, from + 4); at += 1) written[at] = below(256);
      return written;
    }
    default:
      return bytes.subarray(0, from);
  }
}

describe('a document', () => {
  it('gives a client that says nothing about itself no more than one that does, and a strict reader no more than others', () => {
    for (const [text, document] of documents) {
      const questions = questionsFor(document);
      const got = answers(document, questions);
      const wider = got.flatMap((one, place) => {
        const reading = place % 3;
        const question = Math.floor(place / 3);
        const silent = got[(question - (question % clients.length)) * 3 + reading]!;
        const looser = reading === 0 ? 2 : got[place - 1]!;
        return silent > one || one > looser ? [{ text, reading, ...questions[question] }] : [];
      });
      expect(wider).toEqual([]);
    }
  });
});

describe('a damaged document', () => {
  it('that breaks a rule of RSL grants nothing that it did not grant before', () => {
    const texts = [...documents.keys()];
    const asked = new Map(texts.map((text) => [text, questionsFor(documents.get(text)!)]));
    const before = new Map(texts.map((text) => [text, answers(documents.get(text)!, asked.get(text)!)]));
    const runs = Number(process.env.FUZZ_RUNS ?? 6_000);
    const wider: string[] = [];
    let broken = 0;
    for (let run = 0; run < runs; run += 1) {
      const text = texts[below(texts.length)]!;
      const damaged = damage(Buffer.from(text));
      const { document, level } = check(damaged);
      if (!document || level !== 'not-conformant') continue;
      broken += 1;
      const old = before.get(text)!;
      if (answers(document, asked.get(text)!).some((one, index) => one > old[index]!))
        wider.push(`${text}\n→ ${damaged}`);
    }
    expect(wider).toEqual([]);
    expect(broken).toBeGreaterThan(runs / 50);
  });

  it('does not grant by words nobody knows', () => {
    for (const token of ['ai-trainn', 'AI-TRAIN', 'x:all', 'all,', 'al1']) {
      const xml = `<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">${token}</permits></license></content></rsl>`;
      for (const usage of usageTokens)
        expect(rank[evaluate(check(xml).document!, { url: '/a', usage }).outcome]).toBe(0);
    }
  });
});
