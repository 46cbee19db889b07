import { inTx, type Kernel } from '../kernel/index.ts';
import { lockByOperator } from './invite-operator.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { deleteSessions, updateUser } from './store.ts';

/**
 * Ends that somebody runs the instance; the account stays, signed out everywhere unless people leave themselves. Throws
 * `operator-required`, `operator-unknown`, `last-operator`.
 */
export async function removeOperator(
  k: Kernel,
  { userId, actor }: { userId: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const { operators } = await lockByOperator(t, actor);
    if (!operators.some(({ id }) => id === userId)) throw fail('operator-unknown');
    if (operators.length === 1) throw fail('last-operator');
    await updateUser(t.db, userId, { operator: false, operator_by_mail: false });
    if (userId !== actor) await deleteSessions(t.db, userId);
    await recordActivity(t, { actor, action: 'identity.operator-removed', subject: `user:${userId}` });
  });
}
