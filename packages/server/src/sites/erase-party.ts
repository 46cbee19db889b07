import { emit, inTx, type Kernel, type Subscriber } from '../kernel/index.ts';
import { allSitesOfParty, deleteSite, latestProof } from './store.ts';

/** Removes all sites of a party with their proofs and statements: an address on the web names its owner. */
export async function erasePartyFromSites(k: Kernel, partyId: string): Promise<void> {
  await inTx(k, async (t) => {
    for (const { id: siteId, releasedAt } of await allSitesOfParty(t.db, partyId)) {
      const proof = await latestProof(t.db, siteId);
      await deleteSite(t.db, siteId);
      const inForce = proof?.validUntil !== undefined && proof.validUntil > t.clock.now();
      if (inForce && releasedAt === undefined)
        await emit(t, 'sites.control-lost', { siteId, partyId, reason: 'erased' });
    }
  });
}

/** What sites does when something happens elsewhere. */
export const sitesSubscribers: readonly Subscriber[] = [
  {
    name: 'sites.erase-party',
    on: 'parties.party-erased',
    handle: (k, payload) => erasePartyFromSites(k, String(payload.partyId)),
  },
];
