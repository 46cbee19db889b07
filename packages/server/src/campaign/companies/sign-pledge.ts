import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { currentPledge, pledgeHash } from './pledge-text.ts';
import { fail } from './problems.ts';
import { provenSites, requireCompany, type Who } from './require-company.ts';
import { endPledge, insertPledge, type Pledge, selectPledges } from './store-pledges.ts';

/**
 * A company signs the pledge in force. `host` is one of its websites whose control is proven now; `version` is the one
 * the page showed. A newer version replaces the older signature.
 * Throws `company-needed`, `company-signer-needed`, `company-site-needed`, `pledge-outdated`, `pledge-signed`.
 */
export async function signPledge(
  k: Kernel,
  input: Who & { readonly host: string; readonly version: number },
): Promise<void> {
  const pledge = currentPledge();
  const sha256 = await pledgeHash(pledge);
  await inTx(k, async (t) => {
    await requireCompany(t, input);
    const { partyId, userId } = input;
    const site = (await provenSites(t, partyId)).find(({ host }) => host === input.host);
    if (!site) throw fail('company-site-needed');
    if (input.version !== pledge.version) throw fail('pledge-outdated');
    const [before] = await selectPledges(t.db, { partyId, live: true });
    if (before?.version === pledge.version) throw fail('pledge-signed');
    const signedAt = t.clock.now();
    if (before) await endPledge(t.db, { partyId, by: userId, at: signedAt });
    const { host, method, checkedAt } = site;
    const { version } = pledge;
    await insertPledge(t.db, {
      ...{ id: t.ids.id(), partyId, version, sha256, host, method, checkedAt, signedAt },
      signedBy: userId,
    });
    await recordActivity(t, {
      actor: userId,
      action: 'campaign.pledge-signed',
      subject: `party:${partyId}`,
      detail: { version },
    });
  });
}

/** Takes the pledge of a company back; it is no longer shown as pledged. Throws `company-needed`, `company-signer-needed`. */
export async function withdrawPledge(k: Kernel, who: Who): Promise<void> {
  await inTx(k, async (t) => {
    await requireCompany(t, who);
    const { partyId, userId } = who;
    if (!(await endPledge(t.db, { partyId, by: userId, at: t.clock.now() }))) return;
    await recordActivity(t, {
      actor: userId,
      action: 'campaign.pledge-withdrawn',
      subject: `party:${partyId}`,
    });
  });
}

/** Pledges that stand, oldest first; of one party, or of all. */
export function listPledges(k: Kernel, partyId?: string): Promise<Pledge[]> {
  return selectPledges(k.db, { partyId, live: true });
}
