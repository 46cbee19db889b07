import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, refusedAddressReason, refusedNameReason } from './address.ts';

const REFUSED_V4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
const REFUSED_V6: [string, number][] = [
  ['0000000000000000', 8], // unspecified, loopback, mapped, compatible, NAT64, translated
  ['0100000000000000', 64],
  ['2001000000000000', 23], // Teredo, benchmark, ORCHID
  ['20010db800000000', 32],
  ['2002000000000000', 16],
  ['3fff000000000000', 20],
  ['5f00000000000000', 16],
  ['4000000000000000', 3],
  ['fc00000000000000', 7],
  ['fe80000000000000', 10],
  ['fec0000000000000', 10],
  ['ff00000000000000', 8],
];

const publicV4 = fc.ipV4().filter((text) => isPublicAddress(text));
const refusedV4 = fc
  .constantFrom(...REFUSED_V4)
  .chain(([base, bits]) =>
    fc.integer({ min: 0, max: 2 ** (32 - bits) - 1 }).map((host) => dotted(number(base) + host)),
  );
const refusedV6 = fc
  .tuple(fc.constantFrom(...REFUSED_V6), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }))
  .map(([[prefix, bits], random]) => {
    const host = random & ((1n << BigInt(128 - bits)) - 1n);
    return colons((BigInt(`0x${prefix}`) << 64n) | host);
  });

describe('refusedAddressReason', () => {
  it('accepts ordinary addresses', () => {
    for (const address of [
      '93.184.216.34',
      '1.1.1.1',
      '8.8.8.8',
      '172.15.0.1',
      '172.32.0.1',
      '100.128.0.1',
    ]) {
      expect(isPublicAddress(address), address).toBe(true);
    }
    for (const address of ['2606:4700:4700::1111', '2a00:1450:4001:82a::200e', '64:ff9b::8.8.8.8']) {
      expect(isPublicAddress(address), address).toBe(true);
    }
  });

  it('refuses every IPv4 address of the special ranges', () => {
    fc.assert(fc.property(refusedV4, (address) => !isPublicAddress(address)));
  });

  it('refuses every IPv6 address of the special ranges, but NAT64 of a public one', () => {
    fc.assert(
      fc.property(
        refusedV6,
        (address) => address.startsWith('64:ff9b:0:0:0:0:') || !isPublicAddress(address),
      ),
    );
  });

  it('refuses IPv6 forms that carry a refused IPv4 address', () => {
    fc.assert(
      fc.property(refusedV4, (address) => {
        const hex = number(address).toString(16).padStart(8, '0');
        const [high, low] = [hex.slice(0, 4), hex.slice(4)];
        const forms = [
          `::ffff:${address}`,
          `::${high}:${low}`,
          `::ffff:0:${address}`,
          `64:ff9b::${address}`,
          `64:ff9b:1::${address}`,
          `2002:${high}:${low}::1`,
          `2001:0:${high}:${low}::`,
        ];
        for (const form of forms) expect(isPublicAddress(form), form).toBe(false);
      }),
    );
  });

  it('accepts what is in no special range, for IPv4', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const special = REFUSED_V4.some(
          ([base, bits]) => number(address) >>> (32 - bits) === number(base) >>> (32 - bits),
        );
        const anycast = /^192\.(31\.196|52\.193|175\.48)\./.test(address);
        return isPublicAddress(address) === !(special || anycast);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses spellings that are not strict', () => {
    for (const text of [
      '0x7f.1',
      '127.1',
      '2130706433',
      '010.0.0.1',
      '8.8.8.8 ',
      '2606::1%eth0',
      '',
      '1.2.3.4.5',
    ]) {
      expect(refusedAddressReason(text), text).toBe('unreadable address');
    }
  });

  it('sees through decimal, octal and hex spellings once the URL parser normalised them', () => {
    fc.assert(
      fc.property(fc.oneof(refusedV4, publicV4), fc.nat(3), (address, style) => {
        const octets = address.split('.').map(Number);
        const spelled = [
          String(number(address)),
          `0x${number(address).toString(16)}`,
          octets.map((octet) => `0${octet.toString(8)}`).join('.'),
          `${octets[0]}.${number(address) & 0xffffff}`,
        ][style]!;
        const host = new URL(`http://${spelled}/`).hostname;
        expect(isIPv4(host)).toBe(true);
        expect(host).toBe(address);
      }),
    );
  });
});

describe('refusedNameReason', () => {
  it('accepts public names', () => {
    for (const name of [
      'example.org',
      'a.b-c.example.co.uk',
      'xn--bcher-kva.example',
      '_clearway.example.org',
    ]) {
      expect(refusedNameReason(name), name).toBeUndefined();
    }
  });

  it('refuses local and malformed names', () => {
    const names = [
      'localhost',
      'localhost.',
      'db',
      'printer.local',
      'metadata.google.internal',
      'x.localhost',
    ];
    names.push(
      'router.home.arpa',
      'example.org.',
      'example..org',
      '-a.example',
      `${'a'.repeat(64)}.example`,
      '',
    );
    names.push(`${'a.'.repeat(130)}example`, 'LOCALHOST', 'x.LOCAL');
    for (const name of names) expect(refusedNameReason(name), name).toBeDefined();
  });
});

function number(dottedText: string): number {
  return dottedText.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
}

function colons(value: bigint): string {
  const hex = value.toString(16).padStart(32, '0');
  return Array.from({ length: 8 }, (_, i) =>
    Number.parseInt(hex.slice(i * 4, i * 4 + 4), 16).toString(16),
  ).join(':');
}
