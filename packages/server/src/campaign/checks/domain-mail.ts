import { sql } from 'kysely';
import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import type { SignatoryRow } from '../store.ts';
import { endChecks, insertCheck } from './store-checks.ts';
import {
  deleteOfficialDomain,
  type OfficialDomain,
  selectOfficialDomain,
  selectOfficialDomains,
  upsertOfficialDomain,
} from './store-domains.ts';
import { selectNames } from './store-names.ts';

const STRETCH = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Records that a confirmed mailbox lies at an official domain, if it does. */
export async function checkDomainMail(t: Kernel, row: Pick<SignatoryRow, 'id' | 'email'>): Promise<void> {
  const { domain } = readMailbox(row.email);
  if (!(await selectOfficialDomain(t.db, domain))) return;
  await insertCheck(t.db, {
    id: t.ids.id(),
    signatoryId: row.id,
    method: 'domain-mail',
    detail: domain,
    at: t.clock.now(),
  });
}

/** Says that mail at a domain belongs to an organisation; those who signed from there are checked by it at once. */
export async function addOfficialDomain(k: Kernel, about: OfficialDomain & { by: string }): Promise<void> {
  const { domain } = readMailbox(`somebody@${about.domain}`);
  await inTx(k, async (t) => {
    await upsertOfficialDomain(t.db, { ...about, domain, at: t.clock.now() });
    const subject = `domain:${domain}`;
    await recordActivity(t, { actor: about.by, action: 'campaign.official-domain-added', subject });
    for (let after = FIRST; ; ) {
      const stretch = await selectNames(t.db, after, STRETCH);
      for (const one of stretch)
        if (one.own && one.email.toLowerCase().endsWith(`@${domain}`)) await checkDomainMail(t, one);
      if (stretch.length < STRETCH) return;
      after = stretch.at(-1)!.id;
    }
  });
}

/** Takes a domain from the list, and the checks that rest on it. */
export async function removeOfficialDomain(
  k: Kernel,
  { domain, by }: { domain: string; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const which = sql<boolean>`c.method = 'domain-mail' and c.detail = ${domain}`;
    await endChecks(t.db, which, { endedFor: 'domain', by, reason: '', at: t.clock.now() });
    await deleteOfficialDomain(t.db, domain);
    const subject = `domain:${domain}`;
    await recordActivity(t, { actor: by, action: 'campaign.official-domain-removed', subject });
  });
}

/** The domains, by name. */
export function listOfficialDomains(k: Kernel): Promise<OfficialDomain[]> {
  return selectOfficialDomains(k.db);
}
