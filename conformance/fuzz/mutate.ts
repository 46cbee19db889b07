import type { Random } from './random.ts';

/** What is damaged, and with what: texts that mean something, and words that mean something in them. */
export interface Material {
  readonly texts: readonly string[];
  readonly words: readonly string[];
}

/** Characters that end, begin or break things in one of the languages. */
const marks = [
  ...'<>/="\'&;:,!?-[](){}#%*$@\\ \t\n\r~',
  '\u0000',
  '\uFEFF',
  '\uFFFE',
  '\uD800',
  'ä',
  '𝄞',
  '\u2028',
];
const runs = [2, 3, 10, 60, 300];
const largest = 20_000;

/**
 * Damages one text a few times: characters flipped, cut, doubled, moved, words of the language put in, a value put where
 * another one of its kind stood, a piece of another text put in, the end cut off, one piece repeated many times.
 */
export function mutate({ texts, words }: Material, random: Random): string {
  let text = random.pick(texts);
  for (let times = 1 + random.below(4); times > 0; times -= 1) text = damage(text, texts, words, random);
  return text.length > largest ? text.slice(0, largest) : text;
}

function damage(text: string, texts: readonly string[], words: readonly string[], random: Random): string {
  const from = random.below(text.length + 1);
  const length = random.below(random.below(3) === 0 ? 200 : 12);
  const piece = text.slice(from, from + length);
  const before = text.slice(0, from);
  const after = text.slice(from);
  switch (random.below(12)) {
    case 0:
      return (
        before + String.fromCharCode((text.charCodeAt(from) || 0) ^ (1 << random.below(8))) + after.slice(1)
      );
    case 1:
      return before + after.slice(length);
    case 2:
      return before + piece + after;
    case 3:
      return before + random.pick(marks) + after.slice(random.below(2));
    case 4:
    case 5:
      return before + random.pick(words) + after.slice(random.below(2) * length);
    case 6:
      return replaceValue(text, random.pick(texts), random);
    case 7: {
      const other = random.pick(texts);
      const start = random.below(other.length + 1);
      return before + other.slice(start, start + 1 + random.below(200)) + after;
    }
    case 8:
      return before;
    case 9: {
      const to = random.below(text.length + 1);
      const rest = before + after.slice(length);
      return rest.slice(0, to) + piece + rest.slice(to);
    }
    case 10:
      return before + (piece === '' ? random.pick(marks) : piece).repeat(random.pick(runs)) + after;
    default:
      return (
        before + (random.below(2) === 0 ? piece.toUpperCase() : piece.toLowerCase()) + after.slice(length)
      );
  }
}

/** Values stand between quotes, between tags, or behind a colon or an equals sign. */
const value = /"[^"<>]{0,80}"|'[^'<>]{0,80}'|>[^<>]{1,80}<|[:=][^\n,;]{1,80}/g;

function replaceValue(text: string, other: string, random: Random): string {
  const places = [...text.matchAll(value)];
  const values = [...other.matchAll(value)];
  if (places.length === 0 || values.length === 0) return text;
  const place = random.pick(places);
  const like = values.filter((one) => one[0][0] === place[0][0]);
  const put = random.pick(like.length > 0 ? like : values)[0];
  return text.slice(0, place.index) + put + text.slice(place.index + place[0].length);
}
