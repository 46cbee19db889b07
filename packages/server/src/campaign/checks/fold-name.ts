import unhomoglyph from 'unhomoglyph';

/** Words that add nothing to who somebody is. */
const FILLERS =
  'dr prof sir dame lord lady mr mrs ms mx herr frau official offiziell real echt echte the thereal';

/** What people write for letters and UTS #39 does not list. */
const LOOKS_LIKE: { readonly [char: string]: string } = {
  $: 's',
  '€': 'e',
  '£': 'l',
  '¥': 'y',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  ш: 'w',
  Ш: 'w',
  ϸ: 'p',
  Ϸ: 'p',
};

/** Zero-width, direction, filler and variation characters: there, and not seen. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}]/gu;

/**
 * The skeleton of UTS #39, section 4: two texts with the same skeleton look the same. The table is that of Unicode 13;
 * letters newer than that stand for themselves.
 */
export function skeleton(text: string): string {
  return unhomoglyph(text.normalize('NFD')).normalize('NFD');
}

/** The words of a name as they are compared with protected ones; each in the ways it can be read. */
export type NameShape = { readonly readings: readonly (readonly string[])[] };

/**
 * Two readings of a name, because capitals and small letters look like different things: what it says in small letters,
 * and what it looks like as it is written. Marks, digits for letters and fancy alphabets are undone in both.
 */
export function shapeOf(name: string): NameShape {
  const bare = name.replace(UNSEEN, '');
  const said = words(lettersOfSymbols(bare.normalize('NFKD')).toLowerCase());
  const seen = words(lettersOfSymbols(skeleton(bare).normalize('NFKD')));
  return { readings: same(said, seen) ? [said] : [said, seen] };
}

/** All spellings by which a protected name that may be meant is found: words, and words run together. */
export function keysOf(shape: NameShape): string[] {
  const keys = shape.readings.flatMap((reading) => [
    ...reading,
    reading.join(''),
    [...reading].reverse().join(''),
  ]);
  return [...new Set(keys)].filter((key) => Array.from(key).length > 1);
}

/**
 * Whether a name can be taken for a protected one: the same words in any order, run together or apart, with initials in
 * place of names, with titles and middle initials more or less. A longer name that has a protected one in it is another.
 */
export function looksLike(name: NameShape, protectedName: NameShape): boolean {
  return name.readings.some((a) => protectedName.readings.some((b) => alike(a, b)));
}

function alike(name: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [withoutFillers(name), withoutFillers(other)];
  if (a.length === 0 || b.length === 0) return false;
  if ([a.join(''), [...a].reverse().join('')].includes(b.join(''))) return true;
  return fits(a, b) || fits(b, a);
}

/** Whether each word of `b` has one of `a`, equal or its initial; what is left over are initials only. */
function fits(a: readonly string[], b: readonly string[]): boolean {
  const left = [...a];
  let whole = 0;
  for (const word of [...b].sort(byLength)) {
    const equal = left.indexOf(word);
    const at = equal >= 0 ? equal : left.findIndex((one) => initialOf(one, word));
    if (at < 0) return false;
    if (equal >= 0 && Array.from(word).length > 1) whole += 1;
    left.splice(at, 1);
  }
  return whole > 0 && left.every((word) => Array.from(word).length === 1);
}

const byLength = (a: string, b: string) => b.length - a.length;

function initialOf(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return Array.from(short).length === 1 && long.startsWith(short);
}

const fillers = new Set(words(FILLERS));

function withoutFillers(name: readonly string[]): readonly string[] {
  const rest = name.filter((word) => !fillers.has(word));
  return rest.length > 0 ? rest : name;
}

/** Negative circled and squared letters have no plain form in Unicode. */
function lettersOfSymbols(text: string): string {
  return text
    .replace(/[\u{1f150}-\u{1f169}]/gu, (c) => letter(c, 0x1f150))
    .replace(/[\u{1f170}-\u{1f189}]/gu, (c) => letter(c, 0x1f170))
    .replace(/[\u{1f1e6}-\u{1f1ff}]/gu, (c) => letter(c, 0x1f1e6))
    .replace(/[$€£¥3457шШϸϷ]/g, (c) => LOOKS_LIKE[c]!)
    .replace(/(?<=\p{L})!(?=\p{L})/gu, 'i');
}

const letter = (char: string, first: number) => String.fromCodePoint(0x61 + char.codePointAt(0)! - first);

/** Cut into words by all that is neither letter, mark nor digit, each brought to one form. */
function words(text: string): string[] {
  return skeleton(text)
    .replace(/[''’‘ʼ`´]/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(oneForm)
    .filter((word) => word !== '');
}

function oneForm(word: string): string {
  return skeleton(word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase())
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('ß', 'ss')
    .replace(/[ij1]/g, 'l')
    .replaceAll('0', 'o');
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}
