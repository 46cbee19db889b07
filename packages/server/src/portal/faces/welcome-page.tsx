import { z } from 'zod';
import { actFor, startSession } from '../../identity/index.ts';
import { checkFields, createRouter, formFields, type HttpContext, type Router } from '../../kernel/index.ts';
import { Empty, Notice, renderPage } from '../../web/index.ts';
import { arrive, checkTrusted } from './arrive.ts';
import { facesText } from './messages.ts';

const handed = z.object({
  from: z.url({ protocol: /^https?$/ }).max(300),
  code: z.string().regex(/^[\w-]{20,200}$/),
});

/** `/welcome`: where a campaign hands its signatories on to. Looking at it fetches nothing; the button does. */
export function welcomePage(): Router {
  const router = createRouter();

  router.get('/welcome', async (c) => {
    if (c.req.query('from') === undefined) return nobodySent(c);
    const given = checkFields(handed, c.req.query());
    await checkTrusted(c.get('k'), given.from);
    const text = facesText(c.get('locale')).welcome;
    const from = new URL(given.from).host;
    return renderPage(
      c,
      // The code is in the address of this page.
      { title: text.title, headers: { 'Referrer-Policy': 'no-referrer' } },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead(from)}</p>
        <p>{text.text(from)}</p>
        <form method="post" action="/welcome">
          <input type="hidden" name="from" value={given.from} />
          <input type="hidden" name="code" value={given.code} />
          <p>
            <button type="submit">{text.button}</button>
          </p>
        </form>
        <p class="hint">{text.not}</p>
      </>,
    );
  });

  router.post('/welcome', async (c) => {
    const arrived = await arrive(c.get('k'), checkFields(handed, await formFields(c)));
    if (!arrived) return openMail(c);
    await startSession(c, arrived.userId);
    if (arrived.organisationId !== null) await actFor(c, arrived.organisationId);
    return c.redirect('/rights', 303);
  });

  return router;
}

function openMail(c: HttpContext) {
  const text = facesText(c.get('locale')).welcome;
  return renderPage(
    c,
    { title: text.mailTitle },
    <>
      <h1>{text.mailTitle}</h1>
      <Notice tone="info">
        <p>{text.mailText}</p>
      </Notice>
    </>,
  );
}

function nobodySent(c: HttpContext) {
  const text = facesText(c.get('locale')).welcome;
  return renderPage(
    c,
    { title: text.title },
    <>
      <h1>{text.title}</h1>
      <Empty title={text.emptyTitle}>
        <p>{text.emptyText}</p>
        <p>
          <a class="button" href="/sign-in">
            {text.emptyLink}
          </a>
        </p>
      </Empty>
    </>,
  );
}
