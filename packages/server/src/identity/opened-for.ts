import type { MiddlewareHandler } from 'hono';
import type { HttpContext, HttpEnv } from '../kernel/index.ts';
import { actingState } from './act-for.ts';
import { currentSession } from './current-user.ts';
import { OPENED_FOR } from './posted-form.ts';
import { fail } from './problems.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Forms that choose for whom one acts, or who one is: they are right whatever was chosen before. */
const CHOOSING =
  /^\/(?:acting|acting-changed|language|sign-in|sign-out|sign-up|step-up(?:\/\w+)?|demo\/as\/[^/]+|l\/[^/]+)$/;

/**
 * For whom a form is opened: the person, and the organisation the session acts for. Every form of a page carries it, so that
 * what was written for one never goes to another.
 */
export async function openedFor(c: HttpContext): Promise<string | undefined> {
  const session = await currentSession(c);
  if (!session) return undefined;
  const { membership } = await actingState(c);
  return membership ? `${session.user.id}.${membership.organisationId}` : session.user.id;
}

/**
 * Refuses a form that was opened for somebody else than the session acts for now: `acting-changed`, and `acting-ended`
 * where the person has left the organisation. A form that does not say is let through: programs have no pages.
 */
export function formGuard(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const { method, path } = c.req;
    if (method !== 'POST' || path.startsWith('/api/') || CHOOSING.test(path)) return next();
    if (readSessionCookie(c) === undefined) return next();
    // A form with a file is read once, by whoever stores the file; the guard is called from there.
    c.set('formGuard', (fields) => check(c, fields[OPENED_FOR]));
    if ((c.req.header('Content-Type') ?? '').startsWith('application/x-www-form-urlencoded'))
      await check(c, new URLSearchParams(await c.req.text()).get(OPENED_FOR) ?? undefined);
    return next();
  };
}

async function check(c: HttpContext, opened: unknown): Promise<void> {
  if (typeof opened !== 'string') return;
  const now = await openedFor(c);
  if (now === undefined || now === opened) return;
  if ((await actingState(c)).ended) throw fail('acting-ended');
  throw fail('acting-changed');
}
