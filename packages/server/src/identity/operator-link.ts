import { type HttpContext, inTx, type Kernel } from '../kernel/index.ts';
import { ensureOperator } from './ensure-user.ts';
import { makeLink } from './make-link.ts';
import { text } from './messages.ts';
import { OPERATOR_LINK_MS } from './model.ts';
import { startSession } from './start-session.ts';
import { deleteOpenOperatorLinks } from './store.ts';
import { selectOperators } from './store-operators.ts';

/** Where the operator goes after signing in by the local link. */
export const OPERATOR_HOME = '/operator/setup';

/**
 * A link that signs in the operator: for one use, within one hour; earlier ones that nobody used stop working. Show it
 * only to who has the machine.
 */
export async function createOperatorLink(k: Kernel): Promise<string> {
  return inTx(k, async (t) => {
    await deleteOpenOperatorLinks(t.db);
    return makeLink(t, { purpose: 'operator', user_id: null, next: OPERATOR_HOME }, OPERATOR_LINK_MS);
  });
}

/** Whether nobody has signed in as operator yet, so that a start of the server prints a link. */
export async function needsOperatorLink(k: Kernel): Promise<boolean> {
  return (await selectOperators(k.db)).length === 0;
}

export async function signInOperator(c: HttpContext): Promise<void> {
  const k = c.get('k');
  const locale = c.get('locale');
  const user = await inTx(k, (t) => ensureOperator(t, text(locale).operatorName, locale));
  await startSession(c, user.id);
}
