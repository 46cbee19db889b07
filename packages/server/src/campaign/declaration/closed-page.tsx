import { createRouter, formatTime, type Router } from '../../kernel/index.ts';
import { renderPage } from '../../web/index.ts';
import { deskText } from '../desk/desk-messages.ts';
import { closedUntil } from './declaration.ts';

/** Stands before the public pages while a campaign collects in secret; whoever has the link may sign. */
export function closedPage(): Router {
  const router = createRouter();
  for (const path of ['/', '/declaration', '/wall', '/sign', '/milestones', '/press']) {
    // Before the page, not instead of it: what is sent is judged by whoever takes it.
    router.use(path, async (c, next) => {
      if (c.req.method !== 'GET') return next();
      const invited = path === '/sign' && c.req.query('collect') !== undefined;
      const until = invited ? undefined : await closedUntil(c.get('k'));
      if (!until) return next();
      const locale = c.get('locale');
      const text = deskText(locale).closed;
      return renderPage(
        c,
        { title: text.title },
        <>
          <h1>{text.title}</h1>
          <p class="lead">{text.lead(formatTime(locale, until))}</p>
        </>,
      );
    });
  }
  return router;
}
