import type { Kernel } from '../kernel/index.ts';
import { findParties, mayAct, type Party } from '../parties/index.ts';
import { failLicensing } from './problems.ts';

/** The company somebody signs for. Throws `licensee-needed` for a person, `not-a-signer`. */
export async function requireSigner(k: Kernel, who: { userId: string; licenseeId: string }): Promise<Party> {
  const { userId, licenseeId } = who;
  const party = (await findParties(k, [licenseeId])).get(licenseeId);
  if (!(await mayAct(k, { userId, partyId: licenseeId, as: 'signer' }))) throw failLicensing('not-a-signer');
  if (party?.kind !== 'organisation') throw failLicensing('licensee-needed');
  return party;
}
