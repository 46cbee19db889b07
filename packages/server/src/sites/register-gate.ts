import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import type { Gate } from './model.ts';
import { failSites } from './problems.ts';
import { requireHeldSite } from './require-site.ts';
import { latestProof } from './store.ts';
import { gatesOfSite, insertGate } from './store-gates.ts';

/** Purpose of the keyed hash under which a gate's secret is kept. */
export const GATE_SECRET = 'gate-secret';

const MAX_GATES = 50;
/** 43 digits carry 258 bits: the last two must be zero, so that a key has one spelling. */
const PUBLIC_KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/**
 * Registers a gate of a site whose control is proven. The gate keeps its private key; `secret` (256 bits, base64url) is
 * told once: with the gate's id as user name it asks for the state of tokens.
 * @param input `publicKey` is the base64 of 32 bytes (Ed25519); `partyId` the owner of the site.
 * @throws `site-not-found`, `site-released`, `gate-site-unproven`, `gate-key-invalid`, `gate-limit-reached`
 */
export async function registerGate(
  k: Kernel,
  input: { siteId: string; partyId: string; name: string; publicKey: string; actor: string },
): Promise<{ gate: Gate; secret: string }> {
  if (!PUBLIC_KEY.test(input.publicKey)) throw failSites('gate-key-invalid');
  const secret = Buffer.from(k.random(32)).toString('base64url');
  const secretHmac = await k.keys.hmac(GATE_SECRET, secret);
  return inTx(k, async (t) => {
    const site = await requireHeldSite(t, input.siteId, input.partyId);
    const now = t.clock.now();
    const proof = await latestProof(t.db, site.id);
    if (site.kind !== 'host' || proof?.validUntil === undefined || proof.validUntil <= now) {
      throw failSites('gate-site-unproven');
    }
    const running = (await gatesOfSite(t.db, site.id)).filter(({ revokedAt }) => revokedAt === undefined);
    if (running.length >= MAX_GATES) throw failSites('gate-limit-reached');
    const gate = {
      id: t.ids.id(),
      siteId: site.id,
      name: input.name,
      publicKey: new Uint8Array(Buffer.from(input.publicKey, 'base64')),
      createdAt: now,
    };
    await insertGate(t.db, gate, secretHmac);
    const subject = `gate:${gate.id}`;
    await recordActivity(t, { actor: input.actor, action: 'sites.gate-registered', subject });
    return { gate: { ...gate, revokedAt: undefined }, secret };
  });
}
