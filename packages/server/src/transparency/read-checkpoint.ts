import { formatVerifierKey, type NoteSigner } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import { type LogCheckpoint, originOf } from './model.ts';
import { selectCheckpoint } from './store.ts';

/** The latest signed checkpoint; undefined while the log has no leaf. */
export function currentCheckpoint(k: Kernel): Promise<LogCheckpoint | undefined> {
  return selectCheckpoint(k.db);
}

/** The log's verifier key as one line (C2SP signed-note): what a stranger needs, and should get elsewhere. */
export async function logVerifierKey(k: Kernel): Promise<string> {
  const { name, publicKey } = await logSigner(k);
  return formatVerifierKey(name, publicKey);
}

/**
 * Signs in the name of the log: checkpoints and proof folders. The name is host of the base URL and `/log` at the first
 * checkpoint and never changes after it, because strangers keep it with the key.
 */
export async function logSigner(k: Kernel): Promise<NoteSigner> {
  const name = (await selectCheckpoint(k.db))?.origin ?? originOf(k.site.baseUrl);
  const { publicKey, sign } = await k.keys.signing('log');
  return { name, publicKey, sign };
}
