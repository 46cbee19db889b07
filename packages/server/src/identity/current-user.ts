import type { HttpContext, Kernel } from '../kernel/index.ts';
import { findUser } from './find-user.ts';
import { ROTATE_MS, ROTATION_GRACE_MS, SEEN_MS, sessionLifeMs, type User } from './model.ts';
import { fail } from './problems.ts';
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie.ts';
import { hashToken } from './start-session.ts';
import { type SessionRow, selectSessionByHash, updateSession } from './store.ts';

/** Who is signed in, and by which session. */
export type SignedIn = {
  readonly user: User;
  readonly sessionId: string;
  /** The organisation chosen in this session; whether the person still belongs to it says `actingFor(c)`. */
  readonly actingFor: string | null;
  /** When the session last proved who it is: at sign-in, or since by a passkey or a code. */
  readonly provenAt: Date;
};

declare module '../kernel/http/router.ts' {
  interface HttpVariables {
    signedIn?: Promise<SignedIn | undefined>;
  }
}

/** The person signed in, or undefined. Looked up once per request; extends the session and changes its token daily. */
export async function currentUser(c: HttpContext): Promise<User | undefined> {
  return (await currentSession(c))?.user;
}

/** As `currentUser`, with the session's id. */
export function currentSession(c: HttpContext): Promise<SignedIn | undefined> {
  const known = c.get('signedIn');
  if (known) return known;
  const found = lookUp(c);
  c.set('signedIn', found);
  return found;
}

/** The person signed in. Throws `sign-in-required`, which pages answer with the way to the sign-in page. */
export async function requireUser(c: HttpContext): Promise<User> {
  return (await requireSession(c)).user;
}

/** As `requireUser`, with the session's id. */
export async function requireSession(c: HttpContext): Promise<SignedIn> {
  const found = await currentSession(c);
  if (!found) throw fail('sign-in-required');
  return found;
}

/** The operator signed in. Throws `sign-in-required` or `operator-required`. */
export async function requireOperator(c: HttpContext): Promise<User> {
  const user = await requireUser(c);
  if (!user.operator) throw fail('operator-required');
  return user;
}

async function lookUp(c: HttpContext): Promise<SignedIn | undefined> {
  const token = readSessionCookie(c);
  if (token === undefined) return undefined;
  const k = c.get('k');
  const now = k.clock.now();
  const hash = await hashToken(k, token);
  const session = await selectSessionByHash(k.db, hash, now);
  const late = session && session.token_hash !== hash && ageOf(session.rotated_at, now) > ROTATION_GRACE_MS;
  const user = session && !late ? await findUser(k, session.user_id) : undefined;
  if (!session || !user) {
    clearSessionCookie(c);
    return undefined;
  }
  if (session.token_hash === hash) await keepAlive(c, k, session, token, sessionLifeMs(user.operator));
  return { user, sessionId: session.id, actingFor: session.acting_for, provenAt: session.proven_at };
}

async function keepAlive(c: HttpContext, k: Kernel, session: SessionRow, token: string, life: number) {
  const now = k.clock.now();
  const seen = { last_seen_at: now, expires_at: new Date(now.getTime() + life) };
  if (ageOf(session.rotated_at, now) >= ROTATE_MS) {
    const next = k.ids.secret();
    const rotation = {
      token_hash: await hashToken(k, next),
      previous_hash: session.token_hash,
      rotated_at: now,
    };
    // Of two requests at the same moment one rotates; the other goes on with the token it has.
    if (await updateSession(k.db, session.id, session.token_hash, { ...seen, ...rotation }))
      writeSessionCookie(c, next, life);
  } else if (ageOf(session.last_seen_at, now) >= SEEN_MS) {
    if (await updateSession(k.db, session.id, session.token_hash, seen)) writeSessionCookie(c, token, life);
  }
}

function ageOf(at: Date, now: Date): number {
  return now.getTime() - at.getTime();
}
