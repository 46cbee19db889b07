import { isIP } from 'node:net';
import type { Kernel } from '../kernel/index.ts';
import { failProof } from './proof-problems.ts';

/** What passkeys are bound to (WebAuthn §5.1.2): a host name, and the origin in which pages ask. */
export type RelyingParty = { readonly id: string; readonly origin: string };

/** Undefined where browsers offer no passkeys: an IP address, or a host without https other than localhost. */
export function relyingPartyOf(k: Kernel): RelyingParty | undefined {
  const { hostname, origin, protocol } = new URL(k.site.baseUrl);
  const named = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
  const safe = protocol === 'https:' || hostname === 'localhost';
  return named && safe ? { id: hostname, origin } : undefined;
}

/** As `relyingPartyOf`. Throws `passkeys-impossible`. */
export function requireRelyingParty(k: Kernel): RelyingParty {
  const party = relyingPartyOf(k);
  if (!party) throw failProof('passkeys-impossible');
  return party;
}
