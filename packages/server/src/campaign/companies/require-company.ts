import type { Kernel } from '../../kernel/index.ts';
import { findParties, mayAct, type Party } from '../../parties/index.ts';
import { listSites } from '../../sites/index.ts';
import { fail } from './problems.ts';

/** Who says something for a company. */
export type Who = { readonly partyId: string; readonly userId: string };

/** The organisation somebody may sign for. Throws `company-needed`, `company-signer-needed`. */
export async function requireCompany(k: Kernel, { partyId, userId }: Who): Promise<Party> {
  const party = (await findParties(k, [partyId])).get(partyId);
  if (party?.kind !== 'organisation') throw fail('company-needed');
  if (!(await mayAct(k, { userId, partyId, as: 'signer' }))) throw fail('company-signer-needed');
  return party;
}

/** A website of a party whose control is proven now and disputed by nobody. */
export type ProvenSite = { readonly host: string; readonly method: string; readonly checkedAt: Date };

/** The websites that show who a party is. A profile on somebody else's platform is none. */
export async function provenSites(k: Kernel, partyId: string): Promise<ProvenSite[]> {
  const sites = await listSites(k, partyId);
  return sites.flatMap(({ site, state, proof, contested }) =>
    site.kind === 'host' && state === 'proven' && proof && !contested
      ? [{ host: site.host, method: proof.method, checkedAt: proof.checkedAt }]
      : [],
  );
}
