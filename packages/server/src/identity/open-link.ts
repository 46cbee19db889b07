import { type HttpContext, inTx } from '../kernel/index.ts';
import { changeAddress } from './change-address.ts';
import { currentSession, requireSession } from './current-user.ts';
import { ensureUser } from './ensure-user.ts';
import { OPERATOR_HOME, signInOperator } from './operator-link.ts';
import { fail } from './problems.ts';
import { takeLink } from './read-link.ts';
import { startSession } from './start-session.ts';
import { updateUser } from './store.ts';

/**
 * Does what a link is for, and uses it up in the same transaction: signs in, makes an account, or changes the address. Answers the path
 * to go to. Throws `link-unknown`, `link-used`, `link-expired`; for a new address also `sign-in-required`,
 * `link-other-account` and `address-taken`, after which the link can still be used.
 */
export async function openLink(c: HttpContext, token: string): Promise<string> {
  const outer = c.get('k');
  // Looked up before the transaction: if that rolls back, a change of the session's token must stay.
  await currentSession(c);
  return inTx(outer, async (t) => {
    const link = await takeLink(t, token);
    c.set('k', t);
    try {
      if (link.purpose === 'operator') {
        await signInOperator(c);
        return OPERATOR_HOME;
      }
      if (link.purpose === 'sign-up') {
        const made = await ensureUser(t, link);
        await startSession(c, made.id);
        return link.next;
      }
      if (link.purpose === 'change-address') {
        const { user, sessionId } = await requireSession(c);
        if (user.id !== link.user.id) throw fail('link-other-account');
        await changeAddress(t, { userId: user.id, email: link.email, emailKey: link.emailKey, sessionId });
        return '/account';
      }
      await updateUser(t.db, link.user.id, { email_confirmed_at: t.clock.now() });
      await startSession(c, link.user.id);
      return link.next;
    } finally {
      c.set('k', outer);
    }
  });
}
