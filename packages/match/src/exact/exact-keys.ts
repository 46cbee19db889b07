import type { ExactKey } from '../index-file/layout.ts';
import { Sha256 } from '../sha256.ts';
import { textKey, toHex } from '../text/text-key.ts';

/** What is known about a file beside its bytes. */
export type FileFacts = {
  /** Lower case, without parameters. */
  readonly mediaType?: string;
};

/**
 * The exact hashes of a file: of its bytes, and by media type of what is in it.
 *
 * - `text` of `text/*`: the words, see `textKey`.
 *
 * @example
 * exactKeys(new TextEncoder().encode('The sea'), { mediaType: 'text/plain' }).map(({ kind }) => kind) // => ['bytes', 'text']
 */
export function exactKeys(bytes: Uint8Array, { mediaType = '' }: FileFacts = {}): ExactKey[] {
  const keys: ExactKey[] = [{ kind: 'bytes', sha256: toHex(new Sha256().update(bytes).digest()) }];
  if (mediaType.startsWith('text/')) keys.push({ kind: 'text', sha256: textKey(bytes) });
  return keys;
}
