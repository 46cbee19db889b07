import { Sha256 } from './sha256.ts';

/** What identifies a file exactly: its hash and its size. */
export type Fingerprint = {
  /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** Lower case, without parameters. */
  readonly mediaType: string;
};

/** Bytes at once or in pieces; a browser's `file.stream()` too. */
export type ByteSource = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/**
 * The exact fingerprint of a file: equal for equal bytes, and nothing else. Reads a stream piece by piece, so that the file
 * need neither fit into memory nor leave the machine it is on.
 *
 * @param mediaType such as `text/plain; charset=utf-8`. Throws TypeError when it is not a media type (RFC 9110 section 8.3.1).
 * @example
 * const poem = new Blob(['The sea'], { type: 'text/plain' })
 * const { sha256, bytes, mediaType } = await fingerprint(poem.stream(), 'text/plain; charset=utf-8')
 * sha256 // => 'b2fc137f5bfa2ff8d8eff9117c972fbb274984581f1af294252bf1e82acff854'
 * bytes // => 7
 * mediaType // => 'text/plain'
 */
export async function fingerprint(source: ByteSource, mediaType: string): Promise<Fingerprint> {
  const type = parseMediaType(mediaType);
  const hash = new Sha256();
  let bytes = 0;
  for await (const chunk of chunksOf(source)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: toHex(hash.digest()), bytes, mediaType: type };
}

/**
 * Exact text match ignoring case and spacing: SHA-256 of {@link normalizeText} in UTF-8, and its size. Punctuation, markup
 * and accents count. Two texts with the same result are the same words in the same order; near matches are not found.
 *
 * @example
 * textFingerprint('The  Sea,\nthe sea').sha256 === textFingerprint('the sea, THE SEA').sha256 // => true
 */
export function textFingerprint(text: string): { readonly sha256: string; readonly bytes: number } {
  const bytes = new TextEncoder().encode(normalizeText(text));
  return { sha256: toHex(new Sha256().update(bytes).digest()), bytes: bytes.length };
}

/**
 * Text with case and spacing evened out: canonical composition (Unicode NFC), case folded (so that
 * `ß` and `ẞ` equal `ss`), each run of white space one space, none at the ends. A lone surrogate becomes U+FFFD.
 *
 * @example
 * normalizeText('  Die STRASSE\nam Meer ') // => 'die strasse am meer'
 */
export function normalizeText(text: string): string {
  // Lower, upper, lower: `ẞ` has no upper form other than itself. Decomposed, so that marks do not change what case does.
  const folded = text.toWellFormed().normalize('NFD').toLowerCase().toUpperCase().toLowerCase();
  // Word-final sigma depends on what follows, so spacing alone could change it.
  return folded.replaceAll('ς', 'σ').normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function parseMediaType(text: string): string {
  const type = (text.split(';')[0] ?? '').trim().toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+$/.test(type))
    throw new TypeError(`not a media type: ${text}`);
  return type;
}

async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) yield source;
  else if (Symbol.asyncIterator in source) yield* source;
  else yield* chunksOfStream(source);
}

// Not every browser can iterate a stream.
async function* chunksOfStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
