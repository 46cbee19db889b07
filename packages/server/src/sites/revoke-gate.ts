import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { gateOf } from './find-gate.ts';
import { failSites } from './problems.ts';
import { requireSite } from './require-site.ts';
import { markGateRevoked } from './store-gates.ts';

/**
 * Switches a gate off: what it delivers from now on is refused, and it learns nothing of tokens any more. Again: nothing.
 * @throws `site-not-found`, `gate-not-found`
 */
export async function revokeGate(
  k: Kernel,
  input: { siteId: string; partyId: string; gateId: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    await requireSite(t, input.siteId, input.partyId);
    const gate = await gateOf(t, input.gateId);
    if (gate?.siteId !== input.siteId) throw failSites('gate-not-found');
    if (!(await markGateRevoked(t.db, gate.id, t.clock.now()))) return;
    const subject = `gate:${gate.id}`;
    await recordActivity(t, { actor: input.actor, action: 'sites.gate-revoked', subject });
    await emit(t, 'sites.gate-revoked', { gateId: gate.id, siteId: gate.siteId });
  });
}
