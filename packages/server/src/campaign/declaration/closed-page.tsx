import { createRouter, formatTime, type HttpContext, type Problem, type Router } from '../../kernel/index.ts';
import { renderPage } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import { closedUntil, declarationToSign } from './declaration.ts';

/** Stands before the public pages while a campaign collects in secret; whoever has the link may sign. */
export function closedPage(): Router {
  const router = createRouter();
  for (const path of ['/', '/declaration', '/wall', '/sign', '/milestones', '/press']) {
    // Before the page, not instead of it: what is sent is judged by whoever takes it.
    router.use(path, async (c, next) => {
      if (c.req.method !== 'GET') return next();
      const invited = path === '/sign' && (await hasKey(c, c.req.query('collect')));
      return !invited && (await closedUntil(c.get('k'))) ? renderClosed(c) : next();
    });
  }
  return router;
}

async function hasKey(c: HttpContext, key: string | undefined): Promise<boolean> {
  return key !== undefined && (await declarationToSign(c.get('k'), key)) !== undefined;
}

/** Says when the campaign opens, and to who sent something that it takes nothing before. */
export async function renderClosed(c: HttpContext, problem?: Problem): Promise<Response> {
  const locale = c.get('locale');
  const text = deskText(locale).closed;
  const until = await closedUntil(c.get('k'));
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      {until && <p class="lead">{text.lead(formatTime(locale, until))}</p>}
      {problem && (
        <>
          <p>{text.signing}</p>
          <p class="code">
            <code>{problem.code}</code>
          </p>
        </>
      )}
    </>,
  );
}
