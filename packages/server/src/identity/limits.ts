import { clientAddress, failCommon, type HttpContext, type Limit } from '../kernel/index.ts';
import { readAddress } from './address.ts';
import { networkOf } from './model.ts';

const HOUR = 3_600_000;
const PER_ADDRESS: Limit = { name: 'sign-in-address', per: 10, windowMs: HOUR, burst: 5 };
const PER_NETWORK: Limit = { name: 'sign-in-network', per: 120, windowMs: HOUR, burst: 30 };

/**
 * Holds back who asks for mail too often, counted the same for known and unknown addresses. Throws
 * `too-many-requests` and `email-invalid`.
 */
export function limitMailTo(c: HttpContext, email: string): void {
  const { key } = readAddress(email);
  const { limits } = c.get('k');
  const wait = limits.take(PER_NETWORK, networkOf(clientAddress(c))) || limits.take(PER_ADDRESS, key);
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
}
