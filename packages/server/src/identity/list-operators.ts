import type { Kernel } from '../kernel/index.ts';
import { toUser } from './find-user.ts';
import type { User } from './model.ts';
import { selectOpenOperatorInvitations, selectOperators } from './store-operators.ts';

/** An invitation to run the instance that nobody has answered yet. */
export type OperatorInvitation = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
};

/** Who runs this instance, longest here first. */
export async function listOperators(k: Kernel): Promise<User[]> {
  return (await selectOperators(k.db)).map(toUser);
}

/** Invitations nobody has answered, newest first; expired ones too. */
export async function openOperatorInvitations(k: Kernel): Promise<OperatorInvitation[]> {
  const rows = await selectOpenOperatorInvitations(k.db);
  return rows.map(({ id, email, name, sent_at, expires_at }) => ({
    id,
    email: email!,
    name,
    sentAt: sent_at,
    expiresAt: expires_at,
  }));
}
