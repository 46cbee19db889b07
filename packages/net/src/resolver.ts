import { lookup, Resolver as SystemResolver } from 'node:dns/promises';
import { NetError } from './errors.ts';

/** One address of a host. */
export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6 };

/** How names become addresses and TXT records. A parameter everywhere, so that tests and the selftest can bring their own. */
export type Resolver = {
  /** All addresses of a host. Throws {@link NetError} `net-dns-failed` when there is none. */
  resolve(host: string): Promise<ResolvedAddress[]>;
  /** All TXT records of a name, each with its strings joined and read as UTF-8; empty when the name has none. */
  txt(name: string): Promise<string[]>;
};

/** `servers` are `ip` or `ip:port`; `timeoutMs` (default 3000) is per DNS query, which is tried twice. */
export type ResolverOptions = { readonly servers?: readonly string[]; readonly timeoutMs?: number };

/**
 * A resolver: the system's (hosts file included for addresses), or the given DNS servers only.
 *
 * With `servers`, `localhost` is still answered with the loopback addresses, as RFC 6761 section 6.3 asks.
 *
 * @throws NetError `net-dns-failed` from `resolve` (no address) and from both when the servers fail.
 * @example
 * const resolver = createResolver({ servers: ['127.0.0.1:5353'] })
 * const found = await resolver.resolve('localhost')
 * found[0].address // => '127.0.0.1'
 */
export function createResolver(options: ResolverOptions = {}): Resolver {
  const dns = new SystemResolver({ timeout: options.timeoutMs ?? 3000, tries: 2 });
  if (options.servers !== undefined) dns.setServers([...options.servers]);
  const resolve =
    options.servers === undefined ? resolveBySystem : (host: string) => resolveByServers(dns, host);
  return { resolve, txt: (name) => readTxt(dns, name) };
}

async function resolveBySystem(host: string): Promise<ResolvedAddress[]> {
  try {
    const found = await lookup(host, { all: true, order: 'ipv4first' });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } catch (error) {
    throw dnsError(host, error);
  }
}

async function resolveByServers(dns: SystemResolver, host: string): Promise<ResolvedAddress[]> {
  if (host === 'localhost' || host.endsWith('.localhost')) {
    return [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
  }
  const [v4, v6] = await Promise.allSettled([dns.resolve4(host), dns.resolve6(host)]);
  const found: ResolvedAddress[] = [];
  if (v4.status === 'fulfilled') found.push(...v4.value.map((address) => ({ address, family: 4 as const })));
  if (v6.status === 'fulfilled') found.push(...v6.value.map((address) => ({ address, family: 6 as const })));
  if (found.length > 0) return found;
  throw dnsError(host, v4.status === 'rejected' ? v4.reason : undefined);
}

async function readTxt(dns: SystemResolver, name: string): Promise<string[]> {
  try {
    // Node gives the bytes as Latin-1.
    return (await dns.resolveTxt(name)).map((strings) =>
      Buffer.from(strings.join(''), 'latin1').toString('utf8'),
    );
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
    throw dnsError(name, error);
  }
}

function dnsError(name: string, cause: unknown): NetError {
  return new NetError('net-dns-failed', `The name ${name} could not be looked up.`, errorCode(cause), cause);
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
