import { isIP } from 'node:net';
import { canonicalAddress, refusedAddressReason, refusedNameReason } from './address.ts';
import { NetError } from './errors.ts';
import type { ResolvedAddress, Resolver } from './resolver.ts';

/** What may be fetched. `refuseAddress` and `ports` are fixed for users of the package; tests put loopback in their place. */
export type Policy = {
  readonly allowHttp: boolean;
  readonly allowOrigins: ReadonlySet<string>;
  readonly ports: ReadonlySet<string>;
  readonly refuseAddress: (address: string) => string | undefined;
};

/** A URL that passed, and the only addresses a connection for it may go to. */
export type Target = { readonly url: URL; readonly addresses: readonly ResolvedAddress[] };

export const PUBLIC_PORTS: ReadonlySet<string> = new Set(['', '80', '443']);
const MAX_URL_LENGTH = 8192;

/** Parses a URL and checks what can be checked without asking DNS. */
export function checkUrl(text: string, base: URL | undefined, policy: Policy): URL {
  const url = parseUrl(text, base);
  const allowed = policy.allowOrigins.has(url.origin);
  if (url.protocol !== 'https:' && (url.protocol !== 'http:' || !(policy.allowHttp || allowed))) {
    throw new NetError('net-scheme-refused', `Addresses starting with ${url.protocol} are not fetched.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new NetError('net-userinfo-refused', 'The address contains a user name or password.');
  }
  if (!allowed && !policy.ports.has(url.port)) {
    throw new NetError('net-port-refused', `Port ${url.port} is not fetched from.`);
  }
  const host = bareHost(url);
  if (!allowed && isIP(host) === 0) {
    const reason = refusedNameReason(host);
    if (reason !== undefined) throw addressRefused(host, reason);
  }
  url.hash = '';
  return url;
}

/**
 * Looks the host up once and checks every answer; one bad answer refuses the host, since a name with a public and a
 * private address is how such checks are got around.
 */
export async function resolveTarget(url: URL, resolver: Resolver, policy: Policy): Promise<Target> {
  const host = bareHost(url);
  const family = isIP(host);
  const found = family === 0 ? (await resolver.resolve(host)).map(({ address }) => address) : [host];
  const addresses = found.map((text) => {
    const address = canonicalAddress(text);
    if (address === '')
      throw new NetError('net-dns-failed', `The name ${host} has an unreadable address.`, text);
    return { address, family: isIP(address) === 6 ? (6 as const) : (4 as const) };
  });
  if (addresses.length === 0) throw new NetError('net-dns-failed', `The name ${host} has no address.`);
  if (policy.allowOrigins.has(url.origin)) return { url, addresses };
  for (const { address } of addresses) {
    const reason = policy.refuseAddress(address);
    if (reason !== undefined) throw addressRefused(host, `${address}: ${reason}`);
  }
  return { url, addresses };
}

/** The policy of the package's users. Throws TypeError for an entry that is not an origin. */
export function publicPolicy(allowHttp: boolean, allowOrigins: readonly string[]): Policy {
  return {
    allowHttp,
    allowOrigins: new Set(allowOrigins.map(parseOrigin)),
    ports: PUBLIC_PORTS,
    refuseAddress: refusedAddressReason,
  };
}

/** The host of a URL without the brackets of an IPv6 literal. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function parseOrigin(text: string): string {
  const { origin } = new URL(text);
  if (origin === 'null' || (text !== origin && text !== `${origin}/`)) {
    throw new TypeError(`not an origin (scheme, host, port): ${text}`);
  }
  return origin;
}

function parseUrl(text: string, base: URL | undefined): URL {
  if (text.length > MAX_URL_LENGTH) throw new NetError('net-url-invalid', 'The address is too long.');
  try {
    return new URL(text, base);
  } catch (cause) {
    throw new NetError('net-url-invalid', 'This is not a complete web address.', '', cause);
  }
}

function addressRefused(host: string, detail: string): NetError {
  return new NetError('net-address-refused', `${host} is not a public address.`, detail);
}
