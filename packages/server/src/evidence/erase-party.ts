import { inTx, type Kernel, type Subscriber } from '../kernel/index.ts';
import { eraseRecords } from '../transparency/index.ts';
import { caseSubject } from './open-case.ts';
import { checkSubject } from './record-check.ts';
import { emptyCases } from './store-cases.ts';
import { emptyChecks } from './store-checks.ts';

/**
 * Takes away the reports and cases of a party that was erased. Cases of others in which its name stands stay with them:
 * they are kept to establish claims.
 */
export async function erasePartyFromEvidence(k: Kernel, partyId: string): Promise<void> {
  await inTx(k, async (t) => {
    for (const id of await emptyChecks(t.db, partyId)) await eraseRecords(t, checkSubject(id));
    for (const id of await emptyCases(t.db, partyId)) await eraseRecords(t, caseSubject(id));
  });
}

/** Events this module follows. */
export const evidenceSubscribers: readonly Subscriber[] = [
  {
    name: 'evidence.erase-party',
    on: 'parties.party-erased',
    handle: (k, payload) => erasePartyFromEvidence(k, String(payload.partyId)),
  },
];
