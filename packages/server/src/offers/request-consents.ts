import { inTx, type Kernel } from '../kernel/index.ts';
import { requireWork } from '../works/index.ts';
import { askForConsents } from './ask-for-consents.ts';
import { lockTerms, selectOffers, selectWithdrawnUpTo } from './store.ts';

/** After somebody accepted a share: asks them about the newest published terms, too. Nothing where there are none. */
export async function requestConsents(k: Kernel, { workId }: { workId: string }): Promise<void> {
  await inTx(k, async (t) => {
    await lockTerms(t.db, workId);
    const work = await requireWork(t, workId);
    const [newest] = await selectOffers(t.db, workId);
    if (work.state !== 'registered' || !newest) return;
    if (newest.version <= (await selectWithdrawnUpTo(t.db, workId))) return;
    await askForConsents(t, { offer: newest, before: undefined });
  });
}
