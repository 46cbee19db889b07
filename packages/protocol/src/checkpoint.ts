import { fromBase64, toBase64 } from './bytes.ts';
import { isKeyName } from './keys.ts';
import { openNote } from './note.ts';
import { ProtocolError } from './problem.ts';

/** What a log says of itself at one moment: who it is, how many leaves, which root. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly rootHash: Uint8Array;
};

/**
 * The text of a checkpoint (C2SP tlog-checkpoint), to be signed with `signNote` under the origin as name.
 *
 * `origin` is the log's name without scheme. Throws `checkpoint-origin`, `checkpoint-malformed`.
 *
 * @example
 * formatCheckpoint({ origin: 'example.org/log', size: 0, rootHash: await rootHash(0, () => []) }) // => 'example.org/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'
 * formatCheckpoint({ origin: 'https://example.org', size: 0, rootHash: new Uint8Array(32) }) // => throws checkpoint-origin
 */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, rootHash } = checkpoint;
  if (!isKeyName(origin) || origin.includes('://')) {
    throw new ProtocolError('checkpoint-origin', 'The origin must be a name without scheme and spaces.');
  }
  if (!Number.isSafeInteger(size) || size < 0 || rootHash.length !== 32) {
    throw new ProtocolError('checkpoint-malformed', 'A checkpoint needs a size and a root hash of 32 bytes.');
  }
  return `${origin}\n${size}\n${toBase64(rootHash)}\n`;
}

/**
 * Reads the text of a checkpoint; extension lines after the third are allowed and ignored. Throws `checkpoint-malformed`.
 *
 * @example
 * parseCheckpoint('example.org/log\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n').size // => 7
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const whole = /^[^\n]+\n(?:0|[1-9][0-9]{0,15})\n[A-Za-z0-9+/]{43}=\n(?:[^\n]+\n)*$/.test(text);
  if (!whole || !Number.isSafeInteger(Number(size))) {
    throw new ProtocolError('checkpoint-malformed', 'The text has not the lines of a checkpoint.');
  }
  return { origin, size: Number(size), rootHash: fromBase64(root) };
}

/**
 * Opens a signed checkpoint of the log `origin` with one of its verifier keys. Only a signature of the log itself counts:
 * one whose name is the origin.
 *
 * Throws what `openNote` and `parseCheckpoint` throw, and `checkpoint-origin` when it is another log's.
 *
 * @example
 * const pair = await generateKeyPair()
 * const text = formatCheckpoint({ origin: 'example.org/log', size: 3, rootHash: new Uint8Array(32) })
 * const note = await signNote(text, { name: 'example.org/log', ...pair })
 * const keys = [await formatVerifierKey('example.org/log', pair.publicKey)]
 * (await openCheckpoint(note, 'example.org/log', keys)).size // => 3
 * await openCheckpoint(note, 'example.net/log', keys) // => throws checkpoint-origin
 */
export async function openCheckpoint(
  note: string,
  origin: string,
  verifierKeys: readonly string[],
): Promise<Checkpoint> {
  const opened = await openNote(note, verifierKeys);
  const checkpoint = parseCheckpoint(opened.text);
  if (checkpoint.origin !== origin || !opened.signatures.some(({ name }) => name === origin)) {
    throw new ProtocolError('checkpoint-origin', `This is not a checkpoint of ${origin}.`);
  }
  return checkpoint;
}
