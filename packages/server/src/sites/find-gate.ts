import { timingSafeEqual } from 'node:crypto';
import type { Kernel } from '../kernel/index.ts';
import type { Gate } from './model.ts';
import { GATE_SECRET } from './register-gate.ts';
import { requireSite } from './require-site.ts';
import { findGate, gatesOfSite, secretHmacOf } from './store-gates.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The gate, also one that was switched off; undefined for none. */
export async function gateOf(k: Kernel, gateId: string): Promise<Gate | undefined> {
  return UUID.test(gateId) ? findGate(k.db, gateId) : undefined;
}

/** The gates of a site, oldest first, also those that were switched off. Throws `site-not-found`. */
export async function listGates(k: Kernel, input: { siteId: string; partyId?: string }): Promise<Gate[]> {
  const site = await requireSite(k, input.siteId, input.partyId);
  return gatesOfSite(k.db, site.id);
}

/** The running gate with this id and secret; undefined for a wrong one, in the same time. */
export async function gateWithSecret(k: Kernel, gateId: string, secret: string): Promise<Gate | undefined> {
  const given = Buffer.from(await k.keys.hmac(GATE_SECRET, secret), 'hex');
  const kept = UUID.test(gateId) ? await secretHmacOf(k.db, gateId) : undefined;
  const fits = timingSafeEqual(given, kept === undefined ? Buffer.alloc(32) : Buffer.from(kept, 'hex'));
  return fits && kept !== undefined ? findGate(k.db, gateId) : undefined;
}
