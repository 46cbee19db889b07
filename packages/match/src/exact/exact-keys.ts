import type { ExactKey } from '../index-file/layout.ts';
import { Sha256 } from '../sha256.ts';
import { blankMarkup } from '../text/blank-markup.ts';
import { textKey, toHex } from '../text/text-key.ts';
import { audioKey } from './audio-key.ts';
import { type Pixels, pixelKey } from './pixel-key.ts';

/** What is known about a file beside its bytes. */
export type FileFacts = {
  /** Lower case, without parameters. */
  readonly mediaType?: string;
  /** Of an image, from a decoder. */
  readonly pixels?: Pixels;
};

/**
 * The exact hashes of a file: of its bytes, and by media type of what is in it.
 *
 * - `text` of `text/*`: the words, see `textKey`; of `text/html` without its markup.
 * - `pixels` where they are given: see `pixelKey`.
 * - `audio` of `audio/*`: the samples of WAV and FLAC, the frames of MP3, see `audioKey`.
 *
 * Throws MatchError `pixels-malformed` or `media-malformed`.
 *
 * @example
 * exactKeys(new TextEncoder().encode('The sea'), { mediaType: 'text/plain' }).map(({ kind }) => kind) // => ['bytes', 'text']
 */
export function exactKeys(bytes: Uint8Array, { mediaType = '', pixels }: FileFacts = {}): ExactKey[] {
  const keys: ExactKey[] = [{ kind: 'bytes', sha256: toHex(new Sha256().update(bytes).digest()) }];
  if (mediaType.startsWith('text/'))
    keys.push({ kind: 'text', sha256: textKey(readableText(bytes, mediaType)) });
  if (pixels) keys.push({ kind: 'pixels', sha256: pixelKey(pixels) });
  const audio = mediaType.startsWith('audio/') ? audioKey(bytes) : undefined;
  if (audio !== undefined) keys.push({ kind: 'audio', sha256: audio });
  return keys;
}

/**
 * What of a text file the matcher reads: without markup when it is HTML; positions stay.
 *
 * @example
 * const page = new TextEncoder().encode('<p>The sea</p>')
 * textKey(readableText(page, 'text/html')) === textKey('the sea') // => true
 */
export function readableText(bytes: Uint8Array, mediaType: string): Uint8Array {
  return mediaType === 'text/html' || mediaType === 'application/xhtml+xml' ? blankMarkup(bytes) : bytes;
}
