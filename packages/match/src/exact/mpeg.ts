/** Where ID3v2 tags at the beginning end (id3.org, ID3v2.4 section 3.1). */
export function afterId3(bytes: Uint8Array): number {
  let at = 0;
  while (starts(bytes, at, 'ID3') && at + 10 <= bytes.length) {
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (bytes[at + i]! & 0x7f), 0);
    const footer = (bytes[at + 5]! & 0x10) !== 0 ? 10 : 0;
    at += 10 + size + footer;
  }
  return Math.min(at, bytes.length);
}

/** The frames of MPEG audio without tags before and after; undefined when no frame begins there. */
export function framesOfMpeg(bytes: Uint8Array): Uint8Array | undefined {
  let from = afterId3(bytes);
  // Tags may leave room behind them.
  while (from < bytes.length && bytes[from] === 0) from++;
  if (!isFrame(bytes, from)) return undefined;
  let to = bytes.length;
  if (to - from >= 128 && starts(bytes, to - 128, 'TAG')) to -= 128;
  return bytes.subarray(from, beforeApe(bytes, from, to));
}

function beforeApe(bytes: Uint8Array, from: number, to: number): number {
  const footer = to - 32;
  if (footer < from || !starts(bytes, footer, 'APETAGEX')) return to;
  const view = new DataView(bytes.buffer, bytes.byteOffset + footer, 32);
  const header = view.getUint32(20, true) >= 2 ** 31 ? 32 : 0;
  const begin = to - view.getUint32(12, true) - header;
  return begin >= from && begin <= footer ? begin : to;
}

/** Eleven set bits, a version, a layer, a bit rate and a sampling rate that exist. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  if (at + 4 > bytes.length) return false;
  const [second, third] = [bytes[at + 1]!, bytes[at + 2]!];
  return (
    bytes[at] === 0xff &&
    (second & 0xe0) === 0xe0 &&
    (second & 0x18) !== 0x08 &&
    (second & 0x06) !== 0 &&
    (third & 0xf0) !== 0xf0 &&
    (third & 0x0c) !== 0x0c
  );
}

function starts(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
