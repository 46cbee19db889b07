import { inTx, type Kernel } from '../kernel/index.ts';
import type { User } from './model.ts';
import { failProof } from './proof-problems.ts';
import { recordActivity } from './record-activity.ts';
import { deletePasskey, updatePasskey } from './store-passkeys.ts';
import { tellOfPasskey } from './tell-of-passkey.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Gives one of the user's passkeys another name. Throws `passkey-unknown`. */
export async function renamePasskey(
  k: Kernel,
  { user, id, name }: { user: User; id: string; name: string },
): Promise<void> {
  if (!UUID.test(id) || !(await updatePasskey(k.db, { id, userId: user.id }, { name })))
    throw failProof('passkey-unknown');
}

/** Removes one of the user's passkeys, and says so by mail; the e-mail link always remains. Throws `passkey-unknown`. */
export async function removePasskey(k: Kernel, { user, id }: { user: User; id: string }): Promise<void> {
  await inTx(k, async (t) => {
    const row = UUID.test(id) ? await deletePasskey(t.db, { id, userId: user.id }) : undefined;
    if (!row) throw failProof('passkey-unknown');
    const subject = `user:${user.id}`;
    const detail = { passkey: id };
    await recordActivity(t, { actor: user.id, action: 'identity.passkey-removed', subject, detail });
    await tellOfPasskey(t, user, 'removed', row.name);
  });
}
