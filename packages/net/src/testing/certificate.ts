import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** PEM texts: the throw-away authority to trust, and what the server shows. */
export type TestCertificate = { readonly ca: string; readonly cert: string; readonly key: string };

/**
 * A throw-away certificate authority and one server certificate for the given names and IP addresses (X.509 v3, RFC 5280,
 * P-256), valid 2020 to 2049. For tests and the selftest: the authority's key is forgotten at once.
 *
 * @example
 * const { ca, cert, key } = createTestCertificate(['shop.example', '127.0.0.1']);
 * const server = createServer({ cert, key }, handler);
 * const fetch = createFetch({ ca, allowOrigins: ['https://127.0.0.1:8443'] });
 */
export function createTestCertificate(hosts: readonly string[]): TestCertificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = name('Clearway throw-away authority');
  const subject = name('Clearway throw-away server');
  const caExtensions = [extension('551d13', true, sequence(der(0x01, Buffer.from([0xff]))))];
  const alternatives = hosts.map((host) =>
    isIP(host) === 0
      ? der(0x82, Buffer.from(host, 'latin1'))
      : der(0x87, Buffer.from(ipaddr.parse(host).toByteArray())),
  );
  const serverExtensions = [extension('551d11', false, sequence(...alternatives))];
  return {
    ca: pem(certificate(issuer, issuer, authority.publicKey, caExtensions, authority.privateKey)),
    cert: pem(certificate(issuer, subject, server.publicKey, serverExtensions, authority.privateKey)),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function certificate(
  issuer: Buffer,
  subject: Buffer,
  publicKey: KeyObject,
  extensions: readonly Buffer[],
  signer: KeyObject,
): Buffer {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const serial = createHash('sha256').update(spki).digest().subarray(0, 16);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const algorithm = sequence(objectId('2a8648ce3d040302'));
  const validity = sequence(time('200101000000Z'), time('491231235959Z'));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    issuer,
    validity,
    subject,
    spki,
    der(0xa3, sequence(...extensions)),
  );
  return sequence(
    body,
    algorithm,
    der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, signer)])),
  );
}

function name(commonName: string): Buffer {
  return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(commonName)))));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [der(0x01, Buffer.from([0xff]))] : [];
  return sequence(objectId(id), ...flag, der(0x04, value));
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function time(text: string): Buffer {
  return der(0x17, Buffer.from(text));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.alloc(3, 0x82);
  length.writeUInt16BE(content.length, 1);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
