import { createRouter, type Router } from '../../kernel/index.ts';
import { keepForm, withKept } from '../kept-form.ts';
import { safeNext } from '../model.ts';
import { openedFor } from '../opened-for.ts';
import { postedForm } from '../posted-form.ts';

/**
 * `POST /language?lang=`: the other language for a page that answered a form. What had been typed goes back into the form it
 * came from; the form itself is not sent again.
 */
export function languageRoute(): Router {
  const router = createRouter();
  router.post('/language', async (c) => {
    const posted = await postedForm(c);
    const back = new URL(safeNext(posted?.from), 'http://here.invalid');
    back.searchParams.set('lang', c.get('locale'));
    const path = `${back.pathname}${back.search}`;
    const action = safeNext(c.req.query('action'));
    const kept = posted && (await keepForm(c, { ...posted, action }));
    const next = kept ? withKept(path, kept) : path;
    const changed = posted?.openedFor !== undefined && posted.openedFor !== (await openedFor(c));
    return c.redirect(changed ? `/acting-changed?next=${encodeURIComponent(next)}` : next, 303);
  });
  return router;
}
