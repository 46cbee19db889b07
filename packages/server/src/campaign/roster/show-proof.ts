import type { Kernel } from '../../kernel/index.ts';
import type { Signature } from '../model.ts';
import type { Proof } from './model.ts';
import { selectRowOf } from './store-rosters.ts';

/** What the list says that brought a signature; nothing of one that its owner gave. */
export async function proofOf(k: Kernel, { id, basis }: Signature): Promise<Proof | undefined> {
  return basis === 'mailbox' ? undefined : ((await selectRowOf(k.db, id))?.proof ?? undefined);
}
