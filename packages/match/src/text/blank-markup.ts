/** Elements inside a word, and the only ones. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
/** What stands in these is not read. */
const SILENT = ['script', 'style', 'template', 'noscript'];
const ENTITIES: { readonly [name: string]: string } = {
  amp: '&',
  apos: "'",
  gt: '>',
  hellip: '…',
  ldquo: '“',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  nbsp: '\u00a0',
  ndash: '–',
  quot: '"',
  rdquo: '”',
  rsquo: '’',
  shy: '\u00ad',
  ...letters(),
};

const SPACE = 0x20;
/** The matcher reads on across an apostrophe as if it were not there. */
const NOTHING = 0x27;

/**
 * HTML with its markup blanked out, byte for byte: what is left stands where it stood, so positions in the result are
 * positions in the page. Tags of blocks become spaces, tags within words nothing; scripts, styles and comments go;
 * character references become their characters. Cheap and forgiving, no parser: menus and footers stay, which
 * does no harm to matching.
 *
 * @example
 * const page = new TextEncoder().encode('<p>The <b>s</b>ea</p>')
 * textKey(blankMarkup(page)) === textKey('the sea') // => true
 */
export function blankMarkup(html: Uint8Array): Uint8Array {
  const out = html.slice();
  for (let at = 0; at < html.length; ) {
    const byte = html[at]!;
    if (byte === 0x26) at = resolveReference(html, out, at);
    else if (byte === 0x3c) at = blankTag(html, out, at);
    else at++;
  }
  return out;
}

function blankTag(html: Uint8Array, out: Uint8Array, at: number): number {
  if (latin(html, at, 4) === '<!--') {
    const end = after(html, at + 4, '-->');
    out.fill(SPACE, at, end);
    return end;
  }
  const name = /^<[/!?]?([a-z][a-z0-9]*)/i.exec(latin(html, at, 24))?.[1]?.toLowerCase();
  if (name === undefined && !/^<[!?]/.test(latin(html, at, 2))) return at + 1;
  let end = endOfTag(html, at);
  if (name !== undefined && SILENT.includes(name) && html[at + 1] !== 0x2f)
    end = afterElement(html, end, name);
  out.fill(name !== undefined && INLINE.has(name) ? NOTHING : SPACE, at, end);
  return end;
}

/** A `>` in quotes does not end a tag. */
function endOfTag(html: Uint8Array, at: number): number {
  let quote = 0;
  for (let i = at + 1; i < html.length; i++) {
    const byte = html[i]!;
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === 0x3e) return i + 1;
    // A quote begins after an equals sign only.
    else if ((byte === 0x22 || byte === 0x27) && html[i - 1] === 0x3d) quote = byte;
  }
  return html.length;
}

function afterElement(html: Uint8Array, at: number, name: string): number {
  for (let i = at; i < html.length; i++) {
    if (html[i] !== 0x3c || html[i + 1] !== 0x2f) continue;
    if (latin(html, i + 2, name.length).toLowerCase() === name) return endOfTag(html, i);
  }
  return html.length;
}

function resolveReference(html: Uint8Array, out: Uint8Array, at: number): number {
  const found = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/i.exec(latin(html, at, 12));
  if (!found) return at + 1;
  const [whole, decimal, hexadecimal, name] = found;
  const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? '0', 16);
  const text =
    name !== undefined ? ENTITIES[name] : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  if (text === undefined) return at + whole.length;
  const bytes = new TextEncoder().encode(text.toWellFormed());
  // What a reference stands for is never longer than the reference.
  out.fill(NOTHING, at, at + whole.length);
  out.set(bytes.subarray(0, whole.length), at);
  return at + whole.length;
}

function latin(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

function after(html: Uint8Array, from: number, text: string): number {
  const first = text.charCodeAt(0);
  for (let i = html.indexOf(first, from); i >= 0; i = html.indexOf(first, i + 1))
    if (latin(html, i, text.length) === text) return i + text.length;
  return html.length;
}

/** The letters of Latin-1 by their HTML names: base letter and accent. */
function letters(): { [name: string]: string } {
  const accents = {
    grave: '\u0300',
    acute: '\u0301',
    circ: '\u0302',
    tilde: '\u0303',
    uml: '\u0308',
    ring: '\u030a',
    cedil: '\u0327',
  };
  const found: { [name: string]: string } = {
    szlig: 'ß',
    aelig: 'æ',
    AElig: 'Æ',
    oslash: 'ø',
    Oslash: 'Ø',
    eth: 'ð',
    ETH: 'Ð',
    thorn: 'þ',
    THORN: 'Þ',
  };
  for (const base of 'aceinouyACEINOUY') {
    for (const [name, accent] of Object.entries(accents)) {
      const letter = (base + accent).normalize('NFC');
      if (letter.length === 1 && letter.codePointAt(0)! < 0x180) found[base + name] = letter;
    }
  }
  return found;
}
