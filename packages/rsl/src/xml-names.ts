/** XML 1.0 §2.3 without the colon, which Namespaces in XML keeps for itself: ranges of characters a name may begin with. */
const starts = [
  0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff,
  0x200c, 0x200d, 0x2070, 0x218f, 0x2c00, 0x2fef, 0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000,
  0xeffff,
] as const;
/** What may follow besides. */
const others = [0x2d, 0x2e, 0x30, 0x39, 0xb7, 0xb7, 0x300, 0x36f, 0x203f, 0x2040] as const;

const start = 1;
const follow = 2;
const ascii = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  if (within(starts, code)) ascii[code] = start | follow;
  else if (within(others, code)) ascii[code] = follow;
}

/** May a character begin a name? `code` is a code point; the colon may not. */
export function isNameStart(code: number): boolean {
  return code < 128 ? (ascii[code]! & start) !== 0 : within(starts, code);
}

/** Where a name without a colon that begins at an offset ends; the offset itself where there is none. */
export function nameEnd(text: string, from: number): number {
  const first = text.codePointAt(from);
  if (first === undefined || !isNameStart(first)) return from;
  let at = from + (first > 0xffff ? 2 : 1);
  for (;;) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      if ((ascii[code]! & follow) === 0) return at;
      at += 1;
    } else {
      const point = text.codePointAt(at);
      if (point === undefined || !(within(starts, point) || within(others, point))) return at;
      at += point > 0xffff ? 2 : 1;
    }
  }
}

/** XML 1.0 §2.2: may this code point stand in a document at all? */
export function isXmlChar(code: number): boolean {
  return (
    (code >= 0x20 && code <= 0xd7ff) ||
    code === 0x09 ||
    code === 0x0a ||
    code === 0x0d ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

function within(ranges: readonly number[], code: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (code < ranges[index]!) return false;
    if (code <= ranges[index + 1]!) return true;
  }
  return false;
}
