import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Random = () => number;

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SYLLABLES =
  'an ber con der en fa gi hol in ka lum mor ne o per qui ra sel tu ver wen xi yal zo the of to'.split(' ');

/** Real texts of a folder, or one of invented words when there is none. */
export function realTexts(folder: string | undefined, random: Random): string[] {
  if (folder !== undefined) {
    const names = readdirSync(join(folder, 'text')).sort();
    return names.map((name) => readFileSync(join(folder, 'text', name), 'utf8'));
  }
  const words = Array.from({ length: 4_000 }, () =>
    Array.from(
      { length: 1 + Math.floor(3 * random()) },
      () => SYLLABLES[Math.floor(random() * SYLLABLES.length)],
    ).join(''),
  );
  return [Array.from({ length: 20_000 }, () => words[Math.floor(random() ** 3 * words.length)]).join(' ')];
}

/** Text in which words are as frequent as in the samples and follow one another by chance. */
export function babble(samples: readonly string[], random: Random): (bytes: number) => string {
  const words = samples.join(' ').split(/\s+/);
  return (bytes) => {
    const parts: string[] = [];
    for (let length = 0; length < bytes; ) {
      const word = words[Math.floor(random() * words.length)]!;
      parts.push(word);
      length += word.length + 1;
    }
    return parts.join(' ');
  };
}

/** The same, but each word follows one it follows in the samples: many short runs are equal to theirs. */
export function likeliness(samples: readonly string[], random: Random): (bytes: number) => string {
  const words = samples.join(' ').split(/\s+/);
  const after = new Map<string, string[]>();
  for (const [i, word] of words.entries())
    after.set(word, [...(after.get(word) ?? []), words[i + 1] ?? words[0]!]);
  return (bytes) => {
    const parts = [words[Math.floor(random() * words.length)]!];
    for (let length = 0; length < bytes; ) {
      const next = after.get(parts.at(-1)!)!;
      parts.push(next[Math.floor(random() * next.length)]!);
      length += parts.at(-1)!.length + 1;
    }
    return parts.join(' ');
  };
}

/** An excerpt of so many words, and which work it is from. */
export function excerptOf(
  works: readonly string[],
  words: number,
  random: Random,
): { work: number; text: string } {
  for (;;) {
    const work = Math.floor(random() * works.length);
    const all = works[work]!.split(/\s+/);
    if (all.length < words) continue;
    const from = Math.floor(random() * (all.length - words));
    return { work, text: all.slice(from, from + words).join(' ') };
  }
}

/** Each character is exchanged for a random letter with this probability. */
export function noisy(text: string, probability: number, random: Random): string {
  return [...text]
    .map((letter) => (random() < probability ? String.fromCharCode(97 + Math.floor(26 * random())) : letter))
    .join('');
}
