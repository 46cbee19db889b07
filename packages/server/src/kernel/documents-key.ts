import { formatVerifierKey } from '@clearway/protocol';
import type { Kernel } from './kernel.ts';
import type { SigningKey } from './keys.ts';

/** The key under which this instance signs what it hands out, with its name and its public half as one line. */
export type DocumentsKey = SigningKey & {
  /** Host of the instance, then `/documents`. */
  readonly name: string;
  /** What anyone checks documents with (C2SP signed-note verifier key). */
  readonly verifierKey: string;
};

/** The key of figures, invoices and statements. */
export async function documentsKey(k: Kernel): Promise<DocumentsKey> {
  const key = await k.keys.signing('documents');
  const name = `${new URL(k.site.baseUrl).host}/documents`;
  return { ...key, name, verifierKey: await formatVerifierKey(name, key.publicKey) };
}
