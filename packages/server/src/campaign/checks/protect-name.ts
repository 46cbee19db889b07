import { recordActivity } from '../../identity/index.ts';
import { enqueue, inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { checkName } from '../model.ts';
import { fail } from '../problems.ts';
import { lockSignatory } from '../store.ts';
import { keysOf, looksLike, shapeOf } from './fold-name.ts';
import { holdsFor, settle } from './hold-signature.ts';
import {
  deleteProtectedName,
  insertProtectedName,
  type ProtectedName,
  selectNames,
  selectProtectedNames,
} from './store-names.ts';

const STRETCH = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Puts a name on the protected list. Whoever signs with it, or with what looks like it, waits for a moderator; those who
 * signed before are looked through in the background. Throws `protected-name-known`, `name-not-a-name`.
 */
export async function protectName(
  k: Kernel,
  about: { name: string; reason: string; by: string; signatoryId?: string },
): Promise<void> {
  const name = checkName(about.name);
  await inTx(k, async (t) => {
    const id = t.ids.id();
    const added = await insertProtectedName(t.db, {
      id,
      name,
      keys: keysOf(shapeOf(name)),
      reason: about.reason,
      signatoryId: about.signatoryId ?? null,
      addedBy: about.by,
      addedAt: t.clock.now(),
    });
    if (!added) throw fail('protected-name-known');
    await recordActivity(t, { actor: about.by, action: 'campaign.name-protected', subject: `name:${id}` });
    await enqueue(t, { kind: screenNamesJob.kind, payload: { name } });
  });
}

/** Takes a name from the list. What waits because of it still waits for its decision. */
export async function unprotectName(k: Kernel, { id, by }: { id: string; by: string }): Promise<void> {
  await inTx(k, async (t) => {
    await deleteProtectedName(t.db, id);
    await recordActivity(t, { actor: by, action: 'campaign.name-unprotected', subject: `name:${id}` });
  });
}

/** The protected list, by name. */
export function listProtectedNames(k: Kernel): Promise<ProtectedName[]> {
  return selectProtectedNames(k.db);
}

/** Holds signatures that look like a protected name; answers how many. */
export async function screenNames(k: Kernel, name: string): Promise<number> {
  const wanted = shapeOf(name);
  let held = 0;
  for (let after = FIRST; ; ) {
    const stretch = await selectNames(k.db, after, STRETCH);
    for (const one of stretch) {
      if (!looksLike(shapeOf(one.name), wanted)) continue;
      held += await inTx(k, async (t) => {
        const row = await lockSignatory(t.db, one.id);
        if (row?.state !== 'confirmed') return 0;
        return (await settle(t, row, await holdsFor(t, row))).state === 'held' ? 1 : 0;
      });
    }
    if (stretch.length < STRETCH) return held;
    after = stretch.at(-1)!.id;
  }
}

/** Looks through those who signed before a name was protected. */
export const screenNamesJob: JobHandler = {
  kind: 'campaign.screen-names',
  async handle(k, job) {
    await screenNames(k, String(job.payload.name));
  },
};
