import { setCookie } from 'hono/cookie';
import { clientAddress, type HttpContext, inTx } from '../kernel/index.ts';
import { findUser } from './find-user.ts';
import { agentFamily, networkOf, sessionLifeMs } from './model.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';
import { deleteSessionByHash, insertSession } from './store.ts';

/**
 * Signs the user in on this device: a new session with a new token, whatever cookie came with the request (that
 * session ends), so that nobody can prepare a session for somebody else. Throws `sign-in-required` when the account
 * no longer exists.
 */
export async function startSession(c: HttpContext, userId: string): Promise<void> {
  const k = c.get('k');
  const before = readSessionCookie(c);
  const { token, life, locale } = await inTx(k, async (t) => {
    const user = await findUser(t, userId);
    if (!user) throw fail('sign-in-required');
    if (before !== undefined) await deleteSessionByHash(t.db, await hashToken(t, before));
    const now = t.clock.now();
    const token = t.ids.secret();
    const life = sessionLifeMs(user.operator);
    const id = t.ids.id();
    await insertSession(t.db, {
      id,
      user_id: userId,
      token_hash: await hashToken(t, token),
      previous_hash: null,
      created_at: now,
      last_seen_at: now,
      rotated_at: now,
      expires_at: new Date(now.getTime() + life),
      agent: agentFamily(c.req.header('User-Agent')),
      network: networkOf(clientAddress(c)),
      acting_for: null,
      proven_at: now,
    });
    await recordActivity(t, { actor: userId, action: 'identity.signed-in', subject: `user:${userId}` });
    c.set('signedIn', Promise.resolve({ user, sessionId: id, actingFor: null, provenAt: now }));
    return { token, life, locale: user.locale };
  });
  writeSessionCookie(c, token, life);
  setCookie(c, 'lang', locale, { path: '/', sameSite: 'Lax', maxAge: 31_536_000, httpOnly: true });
}

/** Only the keyed hash of a session's token is kept. */
export function hashToken(
  k: { keys: { hmac(purpose: string, text: string): Promise<string> } },
  token: string,
) {
  return k.keys.hmac('session', token);
}
