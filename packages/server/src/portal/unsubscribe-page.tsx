import { createRouter, failCommon, type Router, readUnsubscribe, unsubscribe } from '../kernel/index.ts';
import { ActionForm, Notice, renderPage } from '../web/index.ts';
import { portalText } from './messages.ts';

/** `/unsubscribe/…`: opening it changes nothing; the button does, and so does a mail program's one click (RFC 8058). */
export function unsubscribePage(): Router {
  const router = createRouter();
  router.get('/unsubscribe/:token', async (c) => {
    const text = portalText(c.get('locale')).unsubscribe;
    if (!(await readUnsubscribe(c.get('k'), c.req.param('token')))) throw failCommon('not-found');
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.ask}</p>
        <ActionForm action={c.req.path} label={text.button} tone="main" />
      </>,
    );
  });
  router.post('/unsubscribe/:token', async (c) => {
    const text = portalText(c.get('locale')).unsubscribe;
    if (!(await unsubscribe(c.get('k'), c.req.param('token')))) throw failCommon('not-found');
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      </>,
    );
  });
  return router;
}
