import type { Kernel, Payload } from '../kernel/index.ts';
import type { Activity } from './model.ts';
import { insertActivity, selectActivity } from './store.ts';

/**
 * Writes one line of the activity log in the open transaction. `actor` is a user's id, `system` or `operator`; `subject`
 * is `<kind>:<id>`. Lines are never changed, so `detail` holds ids and codes, never names, addresses or texts.
 */
export async function recordActivity(
  t: Kernel,
  entry: { actor: string; action: string; subject: string; detail?: Payload },
): Promise<void> {
  const { actor, action, subject, detail = {} } = entry;
  await insertActivity(t.db, { actor, action, subject, detail, at: t.clock.now() });
}

/** Lines of the log, newest first; `before` is the `seq` of the last line of the page before. At most 200. */
export async function listActivity(
  k: Kernel,
  about: { subject?: string; actor?: string; before?: string; limit: number },
): Promise<Activity[]> {
  const { before, limit, ...rest } = about;
  const rows = await selectActivity(k.db, {
    ...rest,
    limit: Math.min(Math.max(limit, 1), 200),
    ...(before === undefined ? {} : { before: BigInt(before) }),
  });
  return rows.map(({ seq, ...row }) => ({ ...row, seq: seq.toString() }));
}
