import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { inTx, type Kernel, Problem } from '../kernel/index.ts';
import { type Asked, makeChallenge, problemOf, takeChallenge } from './passkey-challenge.ts';
import { failProof } from './proof-problems.ts';
import { recordActivity } from './record-activity.ts';
import { requireRelyingParty } from './relying-party.ts';
import { lockPasskey, type PasskeyRow, selectPasskeys, updatePasskey } from './store-passkeys.ts';

/**
 * What the browser needs to use a passkey (`PublicKeyCredentialRequestOptionsJSON`, WebAuthn §5.5). For a sign-in no
 * passkey is named: the person chooses, and nobody learns which accounts have one. Throws `passkeys-impossible`.
 */
export async function passkeyRequestOptions(k: Kernel, asked: Asked & { readonly userId?: string }) {
  const { id: rpID } = requireRelyingParty(k);
  const challenge = await makeChallenge(k, asked);
  const own = asked.userId === undefined ? [] : await selectPasskeys(k.db, asked.userId);
  return generateAuthenticationOptions({
    rpID,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    allowCredentials: own.map(({ credential_id, transports }) => ({ id: credential_id, transports })),
    userVerification: 'required',
    timeout: 300_000,
  });
}

/**
 * Checks a passkey's answer and answers whose it is. Throws `passkey-challenge-unknown`, `-used`, `-expired`,
 * `passkey-wrong-origin`, `passkey-unknown`, `passkey-without-person`, `passkey-count-went-back` (which is also written into
 * the activity log) and `passkey-invalid`.
 */
export async function provePasskey(
  k: Kernel,
  { answer, ...asked }: Asked & { readonly answer: AuthenticationResponseJSON },
): Promise<string> {
  const challenge = await takeChallenge(k, answer.response.clientDataJSON, asked);
  let suspect: PasskeyRow | undefined;
  try {
    return await inTx(k, async (t) => {
      const row = await lockPasskey(t.db, answer.id);
      if (!row) throw failProof('passkey-unknown');
      suspect = row;
      const { newCounter, credentialBackedUp } = await check(t, row, answer, challenge);
      const changes = {
        sign_count: BigInt(newCounter),
        synced: credentialBackedUp,
        last_used_at: t.clock.now(),
      };
      await updatePasskey(t.db, { id: row.id, userId: row.user_id }, changes);
      return row.user_id;
    });
  } catch (error) {
    if (suspect && error instanceof Problem && error.code === 'passkey-count-went-back')
      await recordActivity(k, {
        actor: 'system',
        action: 'identity.passkey-count-went-back',
        subject: `user:${suspect.user_id}`,
        detail: { passkey: suspect.id },
      });
    throw error;
  }
}

async function check(
  k: Kernel,
  row: PasskeyRow,
  response: AuthenticationResponseJSON,
  expectedChallenge: string,
) {
  const { id, origin } = requireRelyingParty(k);
  const handle = response.response.userHandle;
  if (handle && Buffer.from(handle, 'base64url').toString() !== row.user_id)
    throw failProof('passkey-invalid');
  try {
    const result = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: row.credential_id,
        publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
        counter: Number(row.sign_count),
      },
    });
    if (result.verified) return result.authenticationInfo;
  } catch (error) {
    throw problemOf(error);
  }
  throw failProof('passkey-invalid');
}
