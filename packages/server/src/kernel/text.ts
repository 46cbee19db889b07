import { z } from 'zod';

/** Control characters other than line ends, which text of several lines may hold. */
function hasControl(text: string, allowLines: boolean): boolean {
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (allowLines && (code === 0x0a || code === 0x0d || code === 0x09)) continue;
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  }
  return false;
}

/**
 * Characters that make a text look other than it is: direction marks and overrides, zero-width characters, fillers,
 * private use, unassigned tags. The joiners U+200C and U+200D are words' parts in Persian and Indic scripts and pass
 * between letters of those scripts only.
 */
function hasDeceptive(text: string): boolean {
  const points = [...text].map((char) => char.codePointAt(0)!);
  return points.some((code, i) => {
    if (code === 0x200c || code === 0x200d) return !(joins(points[i - 1]) && joins(points[i + 1]));
    return (
      code === 0x00ad ||
      code === 0x034f ||
      code === 0x061c ||
      code === 0x115f ||
      code === 0x1160 ||
      code === 0x3164 ||
      code === 0xffa0 ||
      code === 0x180e ||
      code === 0x200b ||
      (code >= 0x200e && code <= 0x200f) ||
      (code >= 0x2028 && code <= 0x202e) ||
      (code >= 0x2060 && code <= 0x206f) ||
      (code >= 0xe000 && code <= 0xf8ff) ||
      (code >= 0xfdd0 && code <= 0xfdef) ||
      code === 0xfeff ||
      (code >= 0xfff0 && code <= 0xffff) ||
      code >= 0xe0000
    );
  });
}

/** Arabic, Syriac, Indic and Sinhala letters, where joiners carry meaning. */
function joins(code: number | undefined): boolean {
  return code !== undefined && ((code >= 0x0600 && code <= 0x08ff) || (code >= 0x0900 && code <= 0x0dff));
}

function loneSurrogate(text: string): boolean {
  return !text.isWellFormed();
}

/** Messages are codes: pages and documents give them words. */
const checks = (max: number, lines: boolean) =>
  z
    .string()
    .max(max * 4, `at most ${max} characters`)
    .refine((text) => !loneSurrogate(text), 'not well-formed text')
    .transform((text) => text.normalize('NFC'))
    .refine((text) => !hasControl(text, lines), 'control characters are not allowed')
    .refine((text) => !hasDeceptive(text), 'invisible or direction-changing characters are not allowed');

/** One line of text as people write it: NFC, outer and double blanks removed, 1 to `max` characters. */
export function cleanLine(max: number) {
  return checks(max, false)
    .transform((text) => text.trim().replace(/\s+/gu, ' '))
    .refine((text) => text.length > 0, 'must not be empty')
    .refine((text) => [...text].length <= max, `at most ${max} characters`);
}

/** Text of several lines, 0 to `max` characters. */
export function cleanText(max: number) {
  return checks(max, true)
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .refine((text) => [...text].length <= max, `at most ${max} characters`);
}
