import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanLine, cleanText } from './text.ts';

const line = cleanLine(200);

it.each([
  'Ada Lovelace',
  "Siobhán O'Connor",
  'Þórður',
  '山田 太郎',
  'محمد عبد الله',
  'می‌خواهم',
  'Nguyễn Văn A',
  'क्‍ष',
])('keeps the honest name %s', (name) => {
  expect(line.parse(name)).toBe(name.normalize('NFC'));
});

it.each([
  ['RTL override', 'Ada\u202eevil'],
  ['isolate', 'Ada\u2066x'],
  ['zero-width space', 'Ada\u200bLovelace'],
  ['zero-width joiner between Latin letters', 'A\u200dda'],
  ['byte order mark', '\ufeffAda'],
  ['soft hyphen', 'A\u00adda'],
  ['Hangul filler', '\u3164'],
  ['tag character', 'Ada\u{e0041}'],
  ['NUL', 'A\0da'],
  ['line end', 'A\nda'],
  ['lone surrogate', 'A\ud800'],
  ['blank', ' \t '],
  ['10,000 characters', 'a'.repeat(10_000)],
])('refuses %s', (_what, name) => {
  expect(line.safeParse(name).success).toBe(false);
});

it('folds blanks and composes, and what it answers it accepts again', () => {
  expect(line.parse('  Ada \u00a0 Lovelace ')).toBe('Ada Lovelace');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const once = line.safeParse(text);
      if (once.success) expect(line.parse(once.data)).toBe(once.data);
    }),
  );
});

it('keeps line ends in text of several lines, in one form', () => {
  expect(cleanText(20).parse('a\r\nb\rc')).toBe('a\nb\nc');
  expect(cleanText(20).parse('')).toBe('');
});
