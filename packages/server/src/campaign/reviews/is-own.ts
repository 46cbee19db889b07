import { findUser } from '../../identity/index.ts';
import type { Kernel } from '../../kernel/index.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import type { SignatoryRow } from '../store.ts';

/** Nobody judges the own signature. */
export async function isOwn(t: Kernel, row: SignatoryRow, userId: string): Promise<boolean> {
  if (row.user_id === userId) return true;
  const user = await findUser(t, userId);
  // The operator of the link from the server has no mailbox until she names one.
  return user?.emailConfirmedAt != null && readMailbox(user.email).key === row.mailbox_key;
}
