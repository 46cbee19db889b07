import { createHash } from 'node:crypto';
import {
  type MatchIndexDescription,
  openMatchIndex,
  parseVerifierKey,
  type VerifierKey,
} from '@clearway/protocol';

/** Keys by what documents call them: the first 16 hexadecimal digits of the SHA-256 of the public key. */
export type IndexKeys = ReadonlyMap<string, VerifierKey>;

/** Reads verifier keys, one a line. Throws `key-invalid`, and where there is none. */
export async function keysFrom(text: string): Promise<IndexKeys> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const keys = await Promise.all(lines.map((line) => parseVerifierKey(line)));
  if (keys.length === 0) throw new Error('There is no key to check the index with.');
  return new Map(
    keys.map((key) => [createHash('sha256').update(key.publicKey).digest('hex').slice(0, 16), key]),
  );
}

/** What the instance says about its index, with the name of the key it said it with. Throws as `openMatchIndex` does. */
export async function checkIndex(
  sealed: string,
  keys: IndexKeys,
): Promise<{ about: MatchIndexDescription; signedBy: string }> {
  let signedBy = '';
  const about = await openMatchIndex(sealed, (kid) => {
    const key = keys.get(kid);
    signedBy = key?.name ?? '';
    return key?.publicKey;
  });
  return { about, signedBy };
}
