import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { selectMailDomains, upsertMailDomain } from './store-holds.ts';

let known: ReadonlySet<string> | undefined;

/**
 * Whether signatures from a mail domain are looked at by a person before they count. What the operator said about the
 * domain, or one it belongs to, comes before the list that ships with the software.
 */
export async function isHeldDomain(k: Kernel, domain: string): Promise<boolean> {
  known ??= disposableEmailBlocklistSet();
  const names = domainAndParents(domain);
  const rulings = new Map((await selectMailDomains(k.db, names)).map((row) => [row.domain, row.ruling]));
  for (const name of names) {
    const ruling = rulings.get(name);
    if (ruling) return ruling === 'held';
    if (known.has(name)) return true;
  }
  return false;
}

/** `a.b.example` → itself, `b.example`. */
function domainAndParents(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'));
}

/** Says that signatures from a domain are held or count at once, from now on. */
export async function ruleMailDomain(
  k: Kernel,
  about: { domain: string; ruling: 'held' | 'accepted'; reason: string; operatorId: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const { domain, ruling, reason, operatorId } = about;
    await upsertMailDomain(t.db, {
      domain,
      ruling,
      reason,
      decided_by: operatorId,
      decided_at: t.clock.now(),
    });
    const action = `campaign.mail-domain-${ruling}`;
    await recordActivity(t, { actor: operatorId, action, subject: `mail-domain:${domain}` });
  });
}
