import { readFile, writeFile } from 'node:fs/promises';
import {
  type CryptoKey,
  exportPrivateKey,
  fromBase64,
  generateKeyPair,
  importPrivateKey,
  type KeyLookup,
  parseStrict,
  toBase64,
} from '@clearway/protocol';

/** Who a gate is, and whom it believes. */
export interface GateKey {
  /** The id under which the clearing house knows this gate. */
  readonly gate: string;
  /** The id of the site it stands before. */
  readonly site: string;
  /** Signs usage; Ed25519. */
  readonly privateKey: CryptoKey;
  /** Keys that sign bundles. */
  readonly trust: KeyLookup;
  /** Tells the clearing house who fetches a bundle or delivers usage; not every one asks for it. */
  readonly secret?: string;
}

/**
 * Makes a key file: a new private key, and places for what the clearing house tells when the gate is registered. Returns the
 * public key, base64 of 32 bytes, to register. Throws `EEXIST` where there is a file already.
 */
export async function createGateKey(path: string): Promise<string> {
  const pair = await generateKeyPair();
  const privateKey = toBase64(await exportPrivateKey(pair.privateKey));
  const content = { gate: '', site: '', secret: '', privateKey, trust: {} };
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  return toBase64(pair.publicKey);
}

/**
 * Reads a key file: JSON with `gate`, `site`, `privateKey` (base64 of 32 bytes), `trust` (key id → base64 of a public key)
 * and perhaps `secret`. Throws an error that names the member that is missing or wrong.
 */
export async function readGateKey(path: string): Promise<GateKey> {
  const content = parseStrict(await readFile(path, 'utf8')) as Record<string, unknown>;
  const text = (name: string): string => {
    const value = content?.[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(
      `${path} says no "${name}". Register the gate at its site and write down what it is told there.`,
    );
  };
  const trust = new Map(
    Object.entries(content?.trust ?? {}).map(([kid, publicKey]) => [kid, fromBase64(String(publicKey))]),
  );
  if (trust.size === 0) throw new Error(`${path} trusts no key ("trust"); bundles could not be checked.`);
  const { privateKey } = await importPrivateKey(fromBase64(text('privateKey')));
  const secret = content.secret;
  return {
    gate: text('gate'),
    site: text('site'),
    privateKey,
    trust: (kid) => trust.get(kid),
    ...(typeof secret === 'string' && secret !== '' ? { secret } : {}),
  };
}
