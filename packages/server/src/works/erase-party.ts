import { emit, inTx, type Kernel, type Subscriber } from '../kernel/index.ts';
import { eraseRecords } from '../transparency/index.ts';
import { forgetInvitee } from './forget-invitee.ts';
import { claimSubject, workSubject } from './log-claims.ts';
import type { Claim } from './model.ts';
import { requireWork } from './read-work.ts';
import {
  emptyWork,
  forgetFiles,
  hashInUse,
  lockWork,
  selectClaims,
  selectClaimsOfParty,
  selectManifestations,
  selectRegisteredBy,
  updateClaim,
  updateRegistrant,
} from './store.ts';
import { clearAuthorityNames, closeInvitations } from './store-invitations.ts';

/**
 * Removes what is personal about a party that was erased. Its shares are taken back; works it held with others go on
 * under the next holder, without the file; works only it held are withdrawn and emptied. The log keeps its leaves,
 * which say nothing without their records. Sends `works.withdrawn` for emptied works.
 */
export async function erasePartyFromWorks(k: Kernel, partyId: string): Promise<void> {
  await inTx(k, async (t) => {
    const registered = await selectRegisteredBy(t.db, partyId);
    for (const id of registered) await lockWork(t.db, id);
    for (const claim of await selectClaimsOfParty(t.db, partyId)) await eraseClaim(t, claim);
    await clearAuthorityNames(t.db, partyId);
    for (const id of registered) await passOnOrEmpty(t, id);
  });
}

async function eraseClaim(t: Kernel, claim: Claim): Promise<void> {
  await eraseRecords(t, claimSubject(claim.id));
  await closeInvitations(t.db, claim.id, 'replaced', t.clock.now());
  await updateClaim(t.db, {
    ...claim,
    name: '',
    email: null,
    note: null,
    wishPpm: null,
    authorityHolderName: null,
    state: 'withdrawn',
    answeredAt: t.clock.now(),
  });
}

async function passOnOrEmpty(t: Kernel, workId: string): Promise<void> {
  const work = await requireWork(t, workId);
  const files = (await selectManifestations(t.db, workId)).filter(({ kind }) => kind === 'file');
  const claims = await selectClaims(t.db, workId);
  const heir = claims.find(({ state }) => state === 'accepted');
  if (heir) {
    await updateRegistrant(t.db, workId, heir.partyId);
    await forgetFiles(t.db, workId);
  } else {
    for (const claim of claims) {
      await eraseClaim(t, claim);
      await forgetInvitee(t, claim);
    }
    await emptyWork(t.db, workId, t.clock.now());
    await eraseRecords(t, workSubject(workId));
    if (work.state === 'registered') await emit(t, 'works.withdrawn', { workId });
  }
  for (const { sha256 } of files) {
    if (sha256 && !(await hashInUse(t.db, sha256))) await t.blobs.remove(sha256);
  }
}

/** Events this module follows. */
export const worksSubscribers: readonly Subscriber[] = [
  {
    name: 'works.erase-party',
    on: 'parties.party-erased',
    handle: (k, payload) => erasePartyFromWorks(k, String(payload.partyId)),
  },
];
