import type { Kernel } from '../../kernel/index.ts';

/**
 * All that is kept of where a sign-up came from: a keyed hash of the network (as `networkOf` says it, IPv4 /24 or IPv6
 * /48), so that what came from one network can be told apart from the rest, and nobody can read or guess the address.
 */
export async function networkHash(k: Kernel, network: string | undefined): Promise<string | null> {
  return network ? k.keys.hmac('campaign-network', network) : null;
}
