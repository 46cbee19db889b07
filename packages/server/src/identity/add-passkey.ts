import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { inTx, type Kernel } from '../kernel/index.ts';
import { type Passkey, toPasskey } from './list-passkeys.ts';
import type { User } from './model.ts';
import { makeChallenge, problemOf, takeChallenge } from './passkey-challenge.ts';
import { failProof } from './proof-problems.ts';
import { recordActivity } from './record-activity.ts';
import { requireRelyingParty } from './relying-party.ts';
import { instanceName } from './send-sign-in-link.ts';
import { lockUser } from './store.ts';
import { insertPasskey, type PasskeyRow, selectPasskeys } from './store-passkeys.ts';
import { tellOfPasskey } from './tell-of-passkey.ts';

const MOST = 20;
/** EdDSA, ES256, RS256 (RFC 8152, RFC 8812): what devices have. */
const ALGORITHMS = [-8, -7, -257];

/**
 * What the browser needs to make a passkey for the user (`PublicKeyCredentialCreationOptionsJSON`, WebAuthn §5.1.8).
 * Throws `passkeys-impossible`.
 */
export async function passkeyCreationOptions(
  k: Kernel,
  { user, sessionId }: { user: User; sessionId: string },
) {
  const { id: rpID } = requireRelyingParty(k);
  const challenge = await makeChallenge(k, { purpose: 'add', sessionId });
  const known = await selectPasskeys(k.db, user.id);
  return generateRegistrationOptions({
    rpName: await instanceName(k),
    rpID,
    userID: new Uint8Array(Buffer.from(user.id)),
    userName: user.email || user.name,
    userDisplayName: user.name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    attestationType: 'none',
    excludeCredentials: known.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
    timeout: 300_000,
  });
}

/**
 * Adds the passkey a browser made to the account, and says so by mail. Throws `passkey-challenge-unknown`, `-used`,
 * `-expired`, `passkey-wrong-origin`, `passkey-without-person`, `passkey-invalid`, `passkey-taken`, `too-many-passkeys`.
 */
export async function addPasskey(
  k: Kernel,
  about: { user: User; sessionId: string; name: string; answer: RegistrationResponseJSON },
): Promise<Passkey> {
  const { user, sessionId, name, answer } = about;
  const asked = { purpose: 'add', sessionId } as const;
  const challenge = await takeChallenge(k, answer.response.clientDataJSON, asked);
  const made = await check(k, answer, challenge);
  return inTx(k, async (t) => {
    // One after another, so that the number allowed holds.
    await lockUser(t.db, user.id);
    if ((await selectPasskeys(t.db, user.id)).length >= MOST) throw failProof('too-many-passkeys');
    const row: PasskeyRow = {
      id: t.ids.id(),
      user_id: user.id,
      credential_id: made.credential.id,
      public_key: Buffer.from(made.credential.publicKey).toString('base64url'),
      sign_count: BigInt(made.credential.counter),
      transports: answer.response.transports?.map((one) => one.slice(0, 20)).slice(0, 10) ?? [],
      synced: made.credentialBackedUp,
      name,
      created_at: t.clock.now(),
      last_used_at: null,
    };
    if (!(await insertPasskey(t.db, row))) throw failProof('passkey-taken');
    const detail = { passkey: row.id };
    const subject = `user:${user.id}`;
    await recordActivity(t, { actor: user.id, action: 'identity.passkey-added', subject, detail });
    await tellOfPasskey(t, user, 'added', name);
    return toPasskey(row);
  });
}

async function check(k: Kernel, response: RegistrationResponseJSON, expectedChallenge: string) {
  const { id, origin } = requireRelyingParty(k);
  try {
    const result = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (result.verified) return result.registrationInfo;
  } catch (error) {
    throw problemOf(error);
  }
  throw failProof('passkey-invalid');
}
