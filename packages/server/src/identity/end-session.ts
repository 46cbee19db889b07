import { type HttpContext, inTx, type Kernel } from '../kernel/index.ts';
import { forgetKeptForms } from './kept-form.ts';
import type { Session } from './model.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { clearSessionCookie, readSessionCookie } from './session-cookie.ts';
import { hashToken } from './start-session.ts';
import { deleteSession, deleteSessionByHash, deleteSessions, selectSessions } from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where the user is signed in, last seen first. */
export async function listSessions(k: Kernel, userId: string): Promise<Session[]> {
  const rows = await selectSessions(k.db, userId, k.clock.now());
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    agent: row.agent,
    network: row.network,
  }));
}

/** Ends one of the user's sessions. Throws `session-unknown`. */
export async function endSession(k: Kernel, userId: string, sessionId: string): Promise<void> {
  await inTx(k, async (t) => {
    if (!UUID.test(sessionId) || !(await deleteSession(t.db, userId, sessionId)))
      throw fail('session-unknown');
    await recordActivity(t, { actor: userId, action: 'identity.session-ended', subject: `user:${userId}` });
  });
}

/** Ends all sessions of the user except `keep`; answers how many ended. */
export async function endOtherSessions(k: Kernel, userId: string, keep: string): Promise<number> {
  return inTx(k, async (t) => {
    const count = await deleteSessions(t.db, userId, keep);
    const detail = { count };
    await recordActivity(t, {
      actor: userId,
      action: 'identity.sessions-ended',
      subject: `user:${userId}`,
      detail,
    });
    return count;
  });
}

/** Signs out on this device. Nothing happens when nobody is signed in. */
export async function signOut(c: HttpContext): Promise<void> {
  const token = readSessionCookie(c);
  if (token !== undefined) await deleteSessionByHash(c.get('k').db, await hashToken(c.get('k'), token));
  await forgetKeptForms(c);
  clearSessionCookie(c);
  c.set('signedIn', Promise.resolve(undefined));
}
