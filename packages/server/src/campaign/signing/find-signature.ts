import { findUser } from '../../identity/index.ts';
import { type Kernel, parseMailAddress } from '../../kernel/index.ts';
import type { Signature } from '../model.ts';
import { fail } from '../problems.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import { openManageToken } from '../signatory/manage-token.ts';
import { selectOfPerson, selectSignatory, toSignature } from '../store.ts';

/** The signature a link `/s/…` opens. Throws `signature-link-unknown`. */
export async function signatureByToken(k: Kernel, token: string): Promise<Signature> {
  const id = await openManageToken(k, token);
  const row = id && (await selectSignatory(k.db, id));
  if (!row) throw fail('signature-link-unknown');
  return toSignature(row);
}

/**
 * The signature of a person signed in: the one the account came from, or one with the same proved address. Here the
 * whole address counts: whoever has another tag may be another person with some providers.
 */
export async function signatureOfUser(k: Kernel, userId: string): Promise<Signature | undefined> {
  const user = await findUser(k, userId);
  if (!user?.emailConfirmedAt) return undefined;
  const { key } = parseMailAddress(user.email);
  const rows = await selectOfPerson(k.db, userId, readMailbox(user.email).key);
  const row = rows.find((one) => one.user_id === userId || parseMailAddress(one.email).key === key);
  return row && toSignature(row);
}
