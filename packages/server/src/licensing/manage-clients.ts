import { timingSafeEqual } from 'node:crypto';
import { recordActivity } from '../identity/index.ts';
import { cleanLine, inTx, type Kernel } from '../kernel/index.ts';
import type { Client } from './model.ts';
import { failLicensing } from './problems.ts';
import { requireSigner } from './require-signer.ts';
import {
  insertClient,
  markClientRevoked,
  selectClient,
  selectClients,
  updateSecret,
} from './store-clients.ts';

export const clientName = cleanLine(200);
const MAX_CLIENTS = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Who = { readonly licenseeId: string; readonly userId: string };

/**
 * A new OAuth client of a company. The secret, 256 random bits in base64url, is answered once and kept as a keyed hash.
 * Throws `licensee-needed`, `not-a-signer`, `too-many-clients`.
 */
export async function createClient(
  k: Kernel,
  input: Who & { name: string },
): Promise<{ client: Client; secret: string }> {
  const { licenseeId, userId } = input;
  const name = clientName.parse(input.name);
  return inTx(k, async (t) => {
    await requireSigner(t, { userId, licenseeId });
    const inUse = (await selectClients(t.db, licenseeId)).filter(({ revokedAt }) => revokedAt === null);
    if (inUse.length >= MAX_CLIENTS) throw failLicensing('too-many-clients');
    const id = t.ids.id();
    const secret = t.ids.secret(32);
    const createdAt = t.clock.now();
    const client = { id, licenseeId, name, createdAt, rotatedAt: null, revokedAt: null };
    await insertClient(t.db, { ...client, secretHmac: await hashSecret(t, id, secret), createdBy: userId });
    await recordActivity(t, { actor: userId, action: 'licensing.client-created', subject: `client:${id}` });
    return { client, secret };
  });
}

/** The clients of a company, oldest first, revoked ones too. */
export function listClients(k: Kernel, licenseeId: string): Promise<Client[]> {
  return selectClients(k.db, licenseeId);
}

/** A new secret for a client; the old one is worth nothing at once. Throws as `createClient`, and `client-unknown`, `client-revoked`. */
export async function rotateClient(
  k: Kernel,
  input: Who & { clientId: string },
): Promise<{ client: Client; secret: string }> {
  return inTx(k, async (t) => {
    const client = await requireClient(t, input);
    const secret = t.ids.secret(32);
    const at = t.clock.now();
    if (!(await updateSecret(t.db, client.id, await hashSecret(t, client.id, secret), at)))
      throw failLicensing('client-revoked');
    const subject = `client:${client.id}`;
    await recordActivity(t, { actor: input.userId, action: 'licensing.client-rotated', subject });
    return { client: { ...client, rotatedAt: at }, secret };
  });
}

/** Ends a client for ever; a second time changes nothing. Throws as `createClient`, and `client-unknown`. */
export async function revokeClient(k: Kernel, input: Who & { clientId: string }): Promise<void> {
  await inTx(k, async (t) => {
    const client = await requireClient(t, input);
    if (!(await markClientRevoked(t.db, client.id, t.clock.now()))) return;
    const subject = `client:${client.id}`;
    await recordActivity(t, { actor: input.userId, action: 'licensing.client-revoked', subject });
  });
}

/** The client with this secret, or undefined: unknown, revoked and wrong are not told apart. */
export async function authenticateClient(
  k: Kernel,
  { id, secret }: { id: string; secret: string },
): Promise<Client | undefined> {
  const found = UUID.test(id) ? await selectClient(k.db, id) : undefined;
  const given = Buffer.from(await hashSecret(k, id, secret));
  if (!found || found.revokedAt !== null) return undefined;
  const { secretHmac, ...client } = found;
  return timingSafeEqual(given, Buffer.from(secretHmac)) ? client : undefined;
}

async function requireClient(t: Kernel, { licenseeId, userId, clientId }: Who & { clientId: string }) {
  await requireSigner(t, { userId, licenseeId });
  const found = UUID.test(clientId) ? await selectClient(t.db, clientId) : undefined;
  if (!found || found.licenseeId !== licenseeId) throw failLicensing('client-unknown');
  const { secretHmac: _hash, ...client } = found;
  return client;
}

function hashSecret(k: Kernel, id: string, secret: string): Promise<string> {
  return k.keys.hmac('client-secret', `${id}|${secret}`);
}
