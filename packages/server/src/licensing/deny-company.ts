import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { findParties, type Party } from '../parties/index.ts';
import { failLicensing } from './problems.ts';
import { deleteDenial, insertDenial, selectDenied } from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Denial = { readonly holderId: string; readonly licenseeId: string; readonly actor: string };

/**
 * A holder's no to one company: nothing she holds a share in is quoted to it from now on. Agreements that run are not
 * touched. Throws `company-unknown`.
 */
export async function denyCompany(k: Kernel, { holderId, licenseeId, actor }: Denial): Promise<void> {
  await inTx(k, async (t) => {
    const party = UUID.test(licenseeId) ? (await findParties(t, [licenseeId])).get(licenseeId) : undefined;
    if (party?.kind !== 'organisation' || party.id === holderId) throw failLicensing('company-unknown');
    if (!(await insertDenial(t.db, holderId, licenseeId, t.clock.now()))) return;
    await recordActivity(t, {
      actor,
      action: 'licensing.company-denied',
      subject: `party:${holderId}`,
      detail: { company: licenseeId },
    });
  });
}

/** Takes the no back. Without one nothing happens. */
export async function allowCompany(k: Kernel, { holderId, licenseeId, actor }: Denial): Promise<void> {
  if (!UUID.test(licenseeId)) return;
  await inTx(k, async (t) => {
    if (!(await deleteDenial(t.db, holderId, licenseeId))) return;
    await recordActivity(t, {
      actor,
      action: 'licensing.company-allowed',
      subject: `party:${holderId}`,
      detail: { company: licenseeId },
    });
  });
}

/** The companies a holder said no to, oldest first. */
export async function deniedCompanies(k: Kernel, holderId: string): Promise<{ party: Party; at: Date }[]> {
  const denied = await selectDenied(k.db, holderId);
  const parties = await findParties(
    k,
    denied.map(({ licenseeId }) => licenseeId),
  );
  return denied.flatMap(({ licenseeId, at }) => {
    const party = parties.get(licenseeId);
    return party ? [{ party, at }] : [];
  });
}
