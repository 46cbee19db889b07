import { z } from 'zod';
import { inTx, type Kernel } from '../kernel/index.ts';
import { CHALLENGE_MS } from './model.ts';
import { failProof } from './proof-problems.ts';
import { requireRelyingParty } from './relying-party.ts';
import { type ChallengeRow, insertChallenge, markChallengeUsed, selectChallenge } from './store-passkeys.ts';

/** What is asked of a passkey: to be added, or to sign in or prove once more, in which session. */
export type Asked = { readonly purpose: ChallengeRow['purpose']; readonly sessionId: string | null };

const clientData = z.object({ type: z.string(), challenge: z.string(), origin: z.string() });
const TYPES = { add: 'webauthn.create', 'sign-in': 'webauthn.get', 'step-up': 'webauthn.get' } as const;

/** A fresh challenge in base64url, good for one answer within five minutes; only its keyed hash is kept. */
export async function makeChallenge(k: Kernel, { purpose, sessionId }: Asked): Promise<string> {
  const challenge = k.ids.secret();
  const now = k.clock.now();
  await insertChallenge(k.db, {
    id: k.ids.id(),
    challenge_hash: await hashOf(k, challenge),
    purpose,
    session_id: sessionId,
    created_at: now,
    expires_at: new Date(now.getTime() + CHALLENGE_MS),
    used_at: null,
  });
  return challenge;
}

/**
 * Uses up the challenge that a passkey's answer names, whatever becomes of the answer; answers the challenge. Throws
 * `passkey-invalid`, `passkey-challenge-unknown`, `-used` and `-expired`, and `passkey-wrong-origin`.
 */
export async function takeChallenge(k: Kernel, clientDataJSON: string, asked: Asked): Promise<string> {
  const { type, challenge, origin } = readClientData(clientDataJSON);
  if (type !== TYPES[asked.purpose]) throw failProof('passkey-invalid', { detail: type.slice(0, 40) });
  const row = await selectChallenge(k.db, await hashOf(k, challenge));
  if (row?.purpose !== asked.purpose || row.session_id !== asked.sessionId)
    throw failProof('passkey-challenge-unknown');
  const mine = await inTx(k, (t) => markChallengeUsed(t.db, row.id, t.clock.now()));
  if (!mine) throw failProof('passkey-challenge-used');
  if (row.expires_at <= k.clock.now()) throw failProof('passkey-challenge-expired');
  if (origin !== requireRelyingParty(k).origin)
    throw failProof('passkey-wrong-origin', { detail: origin.slice(0, 200) });
  return challenge;
}

function readClientData(encoded: string): z.infer<typeof clientData> {
  try {
    return clientData.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch (cause) {
    throw failProof('passkey-invalid', { cause });
  }
}

function hashOf(k: Kernel, challenge: string): Promise<string> {
  return k.keys.hmac('passkey-challenge', challenge);
}

/** The problem behind a refusal of the WebAuthn library, which tells its reasons in words only. */
export function problemOf(cause: unknown) {
  const words = cause instanceof Error ? `${cause.name} ${cause.message}` : '';
  if (/user verification/i.test(words)) return failProof('passkey-without-person', { cause });
  if (/counter value/i.test(words)) return failProof('passkey-count-went-back', { cause });
  if (/RP ID/i.test(words)) return failProof('passkey-wrong-origin', { cause });
  return failProof('passkey-invalid', { cause });
}
