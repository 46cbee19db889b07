import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPrivateKey, type KeyPair, sign as signWith } from '@clearway/protocol';
import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { Db } from './database/connect.ts';
import type { Random } from './ids.ts';

/** A signing key; its private half can be used, not read. Fits `signNote` of the protocol. */
export type SigningKey = KeyPair & {
  /** First 16 hex digits of the SHA-256 of the public key. */
  readonly kid: string;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
};

/** The instance's keys, made on first use, wrapped with the master key at rest (AES-256-GCM). */
export type KeyRing = {
  /** The active Ed25519 key for a purpose, e.g. `log`. */
  signing(purpose: string): Promise<SigningKey>;
  /** Keyed hash (HMAC-SHA-256, hex) under the secret of a purpose: for tokens and addresses at rest. */
  hmac(purpose: string, text: string): Promise<string>;
  /**
   * A text as it may lie at rest: AES-256-GCM under the key of a purpose, in base64. `about` names the place it belongs to
   * (e.g. a row's id); moved elsewhere it does not open.
   */
  seal(purpose: string, text: string, about: string): Promise<string>;
  /** The text that `seal` hid. Fails when text, purpose or place are others. */
  open(purpose: string, sealed: string, about: string): Promise<string>;
};

/** Reads the master key from the environment's value or from a file made on first start (mode 0600). */
export function loadMasterKey(
  directory: string,
  fromEnvironment: string | undefined,
  random: Random,
): Uint8Array {
  if (fromEnvironment) {
    const key = Buffer.from(fromEnvironment, 'base64');
    if (key.length !== 32) throw new Error('CLEARWAY_MASTER_KEY must be 32 bytes in base64.');
    return key;
  }
  const path = join(directory, 'secret', 'master.key');
  mkdirSync(join(directory, 'secret'), { recursive: true, mode: 0o700 });
  if (!existsSync(path))
    writeFileSync(path, `${Buffer.from(random(32)).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new Error(`${path} does not hold a 32-byte key in base64.`);
  return key;
}

type Row = { kid: string; algorithm: string; public_key: Buffer | null; wrapped_secret: Buffer };

/** Opens the ring over the database. A wrong master key fails with the first use of any key. */
export function openKeyRing(db: Db, masterKey: Uint8Array, clock: Clock, random: Random): KeyRing {
  const known = new Map<string, Promise<{ row: Row; secret: Buffer }>>();

  const unwrap = (wrapped: Buffer, about: string): Buffer => {
    try {
      return decrypt(masterKey, wrapped, about);
    } catch (cause) {
      throw new Error(
        'A key cannot be opened with this master key. Restore the right CLEARWAY_MASTER_KEY or secret/master.key.',
        { cause },
      );
    }
  };

  const make = async (algorithm: string): Promise<{ secret: Buffer; publicKey: Buffer | null }> => {
    if (algorithm !== 'Ed25519') return { secret: Buffer.from(random(32)), publicKey: null };
    const seed = Buffer.from(random(32));
    const { publicKey } = await importPrivateKey(new Uint8Array(seed));
    return { secret: seed, publicKey: Buffer.from(publicKey) };
  };

  const load = async (purpose: string, algorithm: string) => {
    const find = () =>
      sql<Row>`select kid, algorithm, public_key, wrapped_secret from kernel.keys
        where purpose = ${purpose} and retired_at is null`.execute(db);
    let row = (await find()).rows[0];
    if (!row) {
      const { secret, publicKey } = await make(algorithm);
      const kid = createHash('sha256')
        .update(publicKey ?? random(32))
        .digest('hex')
        .slice(0, 16);
      await sql`insert into kernel.keys (kid, purpose, algorithm, public_key, wrapped_secret, created_at)
        values (${kid}, ${purpose}, ${algorithm}, ${publicKey}, ${encrypt(masterKey, random(12), secret, `${kid}|${purpose}`)}, ${clock.now()})
        on conflict do nothing`.execute(db);
      row = (await find()).rows[0]!;
    }
    return { row, secret: unwrap(row.wrapped_secret, `${row.kid}|${purpose}`) };
  };
  const get = (purpose: string, algorithm: string) => {
    const cacheKey = `${algorithm}|${purpose}`;
    let entry = known.get(cacheKey);
    if (!entry) {
      entry = load(purpose, algorithm);
      known.set(cacheKey, entry);
      // A failed look-up must not be remembered.
      entry.catch(() => known.delete(cacheKey));
    }
    return entry;
  };

  return {
    async signing(purpose) {
      const { row, secret } = await get(purpose, 'Ed25519');
      const pair = await importPrivateKey(new Uint8Array(secret));
      return { ...pair, kid: row.kid, sign: (bytes) => signWith(pair.privateKey, new Uint8Array(bytes)) };
    },
    async hmac(purpose, text) {
      const { secret } = await get(purpose, 'HMAC-SHA256');
      return createHmac('sha256', secret).update(text).digest('hex');
    },
    async seal(purpose, text, about) {
      const { secret } = await get(purpose, SEALING);
      return encrypt(secret, random(12), Buffer.from(text), `${purpose}|${about}`).toString('base64');
    },
    async open(purpose, sealed, about) {
      const { secret } = await get(purpose, SEALING);
      return decrypt(secret, Buffer.from(sealed, 'base64'), `${purpose}|${about}`).toString();
    },
  };
}

const SEALING = 'AES-256-GCM';
const IV_BYTES = 12;
const TAG_BYTES = 16;

function encrypt(key: Uint8Array, iv: Uint8Array, clear: Uint8Array, about: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(clear), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Uint8Array, sealed: Buffer, about: string): Buffer {
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(about)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
