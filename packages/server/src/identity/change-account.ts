import { z } from 'zod';
import { cleanLine, inTx, type Kernel, LOCALES } from '../kernel/index.ts';
import { recordActivity } from './record-activity.ts';
import { updateUser } from './store.ts';

/** What people change about their account without further ado. */
export const accountSchema = z.object({ name: cleanLine(200), locale: z.enum(LOCALES) });

/** Changes how we address the person, and in which language. */
export async function changeAccount(
  k: Kernel,
  userId: string,
  { name, locale }: z.output<typeof accountSchema>,
): Promise<void> {
  await inTx(k, async (t) => {
    await updateUser(t.db, userId, { name, locale });
    await recordActivity(t, { actor: userId, action: 'identity.account-changed', subject: `user:${userId}` });
  });
}
