import { isIP } from 'node:net';
import { isPublicAddress } from '@clearway/net';
import type { HttpContext } from './router.ts';

/**
 * The address the request came from; empty when there is no connection (a request made inside the process). Behind a
 * proxy, that is a peer with a private or loopback address, it is the last entry of `X-Forwarded-For`: the one the
 * proxy wrote itself. What a public peer says about its address is ignored.
 */
export function clientAddress(c: HttpContext): string {
  // The Node adapter hands over its request as `incoming`; other callers hand over nothing.
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const peer = plain(env?.incoming?.socket?.remoteAddress ?? '');
  if (isPublicAddress(peer)) return peer;
  const forwarded = plain(c.req.header('X-Forwarded-For')?.split(',').pop()?.trim() ?? '');
  return isIP(forwarded) === 0 ? peer : forwarded;
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
