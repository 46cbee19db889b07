/** Text set in lines that fit a width. */
export type Fitted = { readonly size: number; readonly lines: readonly string[] };

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** About how wide a text is, in parts of its size. Fonts differ, so it is meant a little too large. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/\p{M}/u.test(char)) continue;
    if (WIDE.test(char)) width += 1.04;
    else if (/[mwMW@—]/.test(char)) width += 1;
    else if (/\p{Lu}/u.test(char)) width += 0.79;
    else if (/[iljtfrI.,:;'’|()[\]! -]/.test(char)) width += 0.4;
    else width += 0.64;
  }
  return width;
}

/** Whether a text is read from right to left: by its first letter. */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u.test(
    first,
  );
}

/**
 * Sets a text into a box: as large as it may be, in more and smaller lines when it is long. Words are broken only when one
 * is longer than a line, and never inside a letter with its marks. Below the smallest size the rest is left out, with "…".
 */
export function fitText(
  text: string,
  box: { width: number; height: number; sizes: readonly number[] },
): Fitted {
  const smallest = box.sizes.at(-1)!;
  for (const size of box.sizes) {
    const most = linesIn(box.height, size);
    const lines = wrap(text, box.width / size);
    if (lines.length <= most) return { size, lines };
  }
  const most = linesIn(box.height, smallest);
  const lines = wrap(text, box.width / smallest - 1).slice(0, most);
  return { size: smallest, lines: [...lines.slice(0, -1), `${lines.at(-1) ?? ''}…`] };
}

const linesIn = (height: number, size: number) => Math.max(1, Math.floor(height / (size * 1.16)));

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A word, or the parts of one that no line can hold. */
function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const { segment } of graphemes.segment(word)) {
    if (part !== '' && widthOf(part + segment) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  return [...parts, part];
}
