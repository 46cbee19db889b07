import type { HttpContext } from '../kernel/index.ts';
import { currentSession } from './current-user.ts';
import { PROOF_MS } from './model.ts';
import { failProof } from './proof-problems.ts';

/** Whether the session has proved who it is within the last 15 minutes. */
export function isRecent(c: HttpContext, { provenAt }: { readonly provenAt: Date }): boolean {
  return c.get('k').clock.now().getTime() - provenAt.getTime() < PROOF_MS;
}

/**
 * Before money or keys: the session must have proved who it is within the last 15 minutes, by signing in, by a passkey or
 * by a code sent by mail. Throws `step-up-required`, which pages answer with the way to `/step-up` and back, what was
 * typed included. Who comes without a session (a program with its own secret, a stranger) is left to the route.
 */
export async function requireRecentProof(c: HttpContext): Promise<void> {
  const session = await currentSession(c);
  if (session && !isRecent(c, session)) throw failProof('step-up-required');
}
