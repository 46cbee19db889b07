// What a character is to the text matcher. Classes are found on first sight and kept.

/** Ends a word. */
export const SEPARATOR = 0;
/** Part of a word; folds to one code point. */
export const LETTER = 1;
/** As if it were not there: apostrophes, soft hyphens, zero-width characters. */
export const DROPPED = 2;
/** A word by itself: scripts written without spaces. */
export const GRAM = 3;
/** Part of a word that has to be normalised as a whole. */
export const COMPLEX = 4;
/** Continues what stands before it, never begins a word. */
export const MARK = 5;
const UNKNOWN = 255;

const WORD = /^[\p{L}\p{N}]$/u;
const ANY_MARK = /^\p{M}$/u;
const APOSTROPHE = /^['`´‘’ʼ\u{ff07}]$/u;
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
const UNSPACED =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]$/u;
const STACKED = /^[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]$/u;
const JAMO = /^[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]$/u;

/** Compatibility composition and case folding, so that every way to write a word comes out the same. */
export function foldText(text: string): string {
  const folded = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase();
  // The one letter of a stacked script with two spellings; each sign is a word there, so the longer one is kept.
  return folded.replaceAll('ς', 'σ').normalize('NFKC').replaceAll('\u1026', '\u1025\u102e');
}

const classes = new Uint8Array(0x10000).fill(UNKNOWN);
const folds = new Uint16Array(0x10000);
const astral = new Map<number, number>();

/** The class of a code point. */
export function classOf(code: number): number {
  if (code >= 0x10000) return astralClass(code);
  const known = classes[code]!;
  return known === UNKNOWN ? classify(code) : known;
}

/** What a `LETTER` or `GRAM` below U+10000 folds to; others are normalised as text. */
export function foldOf(code: number): number {
  return folds[code]!;
}

function astralClass(code: number): number {
  const known = astral.get(code);
  if (known !== undefined) return known;
  const found = judge(String.fromCodePoint(code));
  astral.set(code, found);
  return found;
}

function classify(code: number): number {
  const found = code >= 0xd800 && code <= 0xdfff ? SEPARATOR : judge(String.fromCharCode(code));
  classes[code] = found;
  if (found === LETTER || found === GRAM) folds[code] = foldText(String.fromCharCode(code)).charCodeAt(0);
  return found;
}

function judge(character: string): number {
  const folded = foldText(character);
  // Some are another's double: U+1FFD is U+00B4, U+FF40 a wide grave accent.
  const spellings = [character, character.normalize('NFC'), folded];
  if (spellings.some((one) => APOSTROPHE.test(one)) || IGNORABLE.test(character)) return DROPPED;
  if (STACKED.test(character) && folded === character)
    return WORD.test(character) || ANY_MARK.test(character) ? GRAM : SEPARATOR;
  const points = [...folded];
  if (points.length !== 1) {
    return points.some((point) => WORD.test(point) || UNSPACED.test(point)) ? COMPLEX : simplest(points);
  }
  if (ANY_MARK.test(folded)) return MARK;
  if (!WORD.test(folded)) return SEPARATOR;
  // Only what is below U+10000 on both sides has its fold in the table.
  if (folded.length !== character.length) return COMPLEX;
  if (UNSPACED.test(folded)) return GRAM;
  return JAMO.test(folded) || folded.length > 1 ? COMPLEX : LETTER;
}

/** Several marks continue a word; anything else without a letter separates. */
function simplest(points: readonly string[]): number {
  return points.length > 0 && points.every((point) => ANY_MARK.test(point)) ? MARK : SEPARATOR;
}

/**
 * The words of a piece of text that may need normalising, each as code points. A character of a script without spaces is a
 * word. This is the rule; the byte reader is its fast equal.
 */
export function wordsOf(text: string): string[] {
  const kept = [...text.toWellFormed()]
    .filter((point) => classOf(point.codePointAt(0)!) !== DROPPED)
    .join('');
  const words: string[] = [];
  let word = '';
  const end = () => {
    if (word !== '') words.push(word);
    word = '';
  };
  for (const point of foldText(kept)) {
    const found = classOf(point.codePointAt(0)!);
    if (found === DROPPED) continue;
    if (found === LETTER || found === COMPLEX) word += point;
    else if (found === MARK) word = word === '' ? '' : word + point;
    else {
      end();
      if (found === GRAM) words.push(point);
    }
  }
  end();
  return words;
}
