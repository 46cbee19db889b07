/** Letters that do not fall apart into a base letter and marks. */
const LETTERS: { readonly [letter: string]: string } = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  ŋ: 'n',
  Ŋ: 'N',
  ĸ: 'k',
  ŧ: 't',
  Ŧ: 'T',
  // Greek by ISO 843 type 2, without digraphs.
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  // Cyrillic as Bulgaria writes it on documents; letters it does not have as in ICAO 9303.
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sht',
  ъ: 'a',
  ь: 'y',
  ю: 'yu',
  я: 'ya',
  ы: 'y',
  э: 'e',
  є: 'ie',
  і: 'i',
  ґ: 'g',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  ђ: 'dj',
  џ: 'dz',
  // Signs with a customary stand-in.
  '&': '+',
  '@': '(at)',
  '€': 'EUR',
  '"': "'",
  _: '-',
  ';': ',',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '‚': ',',
  '“': "'",
  '”': "'",
  '„': "'",
  '«': "'",
  '»': "'",
};
const ALLOWED = /^[A-Za-z0-9/\-?:().,'+ ]$/;

/**
 * A text in the characters every SEPA bank takes: `a–z A–Z 0–9 / - ? : ( ) . , ' +` and the space. Marks above and
 * below letters are dropped, Greek and Cyrillic become Latin, whatever remains becomes a full stop (EPC217-08).
 * @example
 * toSepaText('Żaneta Øvergård & Ελένη') // 'Zaneta Overgard + Eleni'
 */
export function toSepaText(text: string): string {
  let out = '';
  for (const char of text.normalize('NFC')) out += latin(char);
  return out.replace(/ +/g, ' ').trim();
}

function latin(char: string): string {
  if (ALLOWED.test(char)) return char;
  if (/\s/u.test(char)) return ' ';
  const known = LETTERS[char] ?? capital(char);
  if (known !== undefined) return known;
  const parts = char.normalize('NFKD').replace(/\p{M}/gu, '');
  if (parts === char) return '.';
  let out = '';
  for (const part of parts) out += latin(part);
  return out;
}

function capital(char: string): string | undefined {
  const lower = char.toLowerCase();
  const known = lower === char ? undefined : LETTERS[lower];
  return known === undefined ? undefined : known[0]!.toUpperCase() + known.slice(1);
}
