import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Why an IP address is not a public one, or `undefined` when it is.
 *
 * Public is what the IANA special-purpose registries leave: IPv4 unicast, IPv6 inside 2000::/3. Forms that carry an IPv4
 * address (mapped, compatible, 6to4, Teredo, NAT64) are refused as a whole, except the NAT64 well-known prefix
 * 64:ff9b::/96 (RFC 6052) around a public IPv4 address, which is how IPv6-only hosts reach the IPv4 internet.
 *
 * @param address an address in its strict textual form; `010.0.0.1`, `0x7f.1` and zone ids are refused as unreadable.
 * @example
 * refusedAddressReason('10.0.0.1') // => 'private address'
 * refusedAddressReason('9.9.9.9') // => undefined
 */
export function refusedAddressReason(address: string): string | undefined {
  if (isIP(address) === 0 || address.includes('%')) return 'unreadable address';
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return refusedRange(parsed.range());
  const bytes = parsed.toByteArray();
  if (parsed.match(ipaddr.IPv6.parse('64:ff9b::'), 96)) {
    const reason = refusedAddressReason(bytes.slice(12).join('.'));
    return reason === undefined ? undefined : `NAT64 form of a ${reason}`;
  }
  if (parsed.range() === 'unicast' && (bytes[0]! & 0xe0) !== 0x20) return 'unassigned address';
  return refusedRange(parsed.range());
}

/**
 * True when the address is an ordinary public one; see {@link refusedAddressReason}.
 *
 * @example
 * isPublicAddress('::ffff:127.0.0.1') // => false
 */
export function isPublicAddress(address: string): boolean {
  return refusedAddressReason(address) === undefined;
}

/** One spelling per address, so that two can be compared; the empty string for what is not an address. */
export function canonicalAddress(address: string): string {
  return isIP(address) === 0 ? '' : ipaddr.parse(address).toString();
}

function refusedRange(range: string): string | undefined {
  return range === 'unicast' ? undefined : `${range} address`;
}

// RFC 6761, 6762, 7686, 8375, 9476 and the ICANN reservation of .internal, plus names home routers hand out.
const LOCAL_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'home.arpa',
  'lan',
  'intranet',
  'corp',
  'home',
  'onion',
  'alt',
];

/**
 * Why a host name (in the form the WHATWG URL parser gives it) can not be a public one, or `undefined`.
 * IP literals are not names: give those to {@link refusedAddressReason}.
 *
 * @example
 * refusedNameReason('printer.lan') // => 'names under .lan are local'
 * refusedNameReason('example.com') // => undefined
 */
export function refusedNameReason(host: string): string | undefined {
  const name = host.toLowerCase();
  if (name.endsWith('.')) return 'name ends in a dot';
  if (name.length > 253) return 'name is too long';
  const labels = name.split('.');
  if (labels.length < 2) return 'name has one label';
  if (labels.some((label) => !/^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)))
    return 'name is malformed';
  const suffix = LOCAL_SUFFIXES.find((local) => name.endsWith(`.${local}`));
  return suffix === undefined ? undefined : `names under .${suffix} are local`;
}
