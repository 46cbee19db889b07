import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { authorityFor } from './answer-authority.ts';
import type { AuthorityInput } from './input.ts';
import { fail } from './problems.ts';
import { isId, requireWork } from './read-work.ts';
import { claimOf } from './send-invitation.ts';
import { lockWork, updateClaim } from './store.ts';

/**
 * Says for one work who may say yes to the party's own share. Throws `claim-unknown` (also for somebody else's),
 * `work-withdrawn`. Sends `works.authority-changed`.
 */
export async function setClaimAuthority(
  k: Kernel,
  {
    workId,
    claimId,
    partyId,
    actor,
    authority,
  }: { workId: string; claimId: string; partyId: string; actor: string; authority: AuthorityInput },
): Promise<void> {
  await inTx(k, async (t) => {
    const work = await requireWork(t, workId);
    if (work.state === 'withdrawn') throw fail('work-withdrawn');
    await lockWork(t.db, workId);
    if (!isId(claimId)) throw fail('claim-unknown');
    const claim = await claimOf(t, workId, claimId);
    if (claim.partyId !== partyId || claim.state !== 'accepted') throw fail('claim-unknown');
    await updateClaim(t.db, { ...claim, ...(await authorityFor(t, partyId, authority)) });
    await recordActivity(t, { actor, action: 'works.authority-changed', subject: `work:${workId}` });
    await emit(t, 'works.authority-changed', { workId, claimId, answer: authority.answer });
  });
}
