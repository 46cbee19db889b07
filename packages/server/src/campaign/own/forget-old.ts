import { eraseMailsAbout, inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { forgetConditions } from '../floods/store-clean-ups.ts';
import { forgetNetworks } from '../floods/store-floods.ts';
import { KEEP_INVALIDATED_MS, KEEP_NETWORK_MS, KEEP_PENDING_MS, KEEP_WITHDRAWN_MS } from '../model.ts';
import { KEEP_DRAFT_MS } from '../roster/model.ts';
import { forgetRosters } from '../roster/store-rosters.ts';
import { aboutSignatory } from '../signatory/about-mail.ts';
import { deleteOldSuppressions, deleteSignatories, selectForgettable } from '../store.ts';

const BATCH = 200;

/**
 * Ends retention: sign-ups nobody confirmed in 30 days, signatures withdrawn three years ago or taken out by a
 * clean-up a year ago and by what it went, networks after 90 days, suppressions past their time, lists
 * never submitted and invitations nobody answered after 30 days. Mails about them go too.
 */
export async function forgetOld(k: Kernel): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const done = await inTx(k, async (t) => {
      const now = t.clock.now().getTime();
      const before = {
        pending: new Date(now - KEEP_PENDING_MS),
        withdrawn: new Date(now - KEEP_WITHDRAWN_MS),
        invalidated: new Date(now - KEEP_INVALIDATED_MS),
      };
      const rows = await selectForgettable(t.db, before, BATCH);
      await eraseMailsAbout(t, rows.map(aboutSignatory));
      await deleteSignatories(t.db, rows);
      return rows.length;
    });
    forgotten += done;
    if (done < BATCH) break;
  }
  await inTx(k, async (t) => {
    const now = t.clock.now();
    await deleteOldSuppressions(t.db, now);
    await forgetRosters(t.db, new Date(now.getTime() - KEEP_DRAFT_MS));
    await forgetConditions(t.db, new Date(now.getTime() - KEEP_INVALIDATED_MS));
    await forgetNetworks(t.db, new Date(now.getTime() - KEEP_NETWORK_MS));
  });
  return forgotten;
}

/** The daily end of retention. */
export const forgetOldJob: JobHandler = {
  kind: 'campaign.forget-old',
  everyMs: 86_400_000,
  async handle(k) {
    await forgetOld(k);
  },
};
