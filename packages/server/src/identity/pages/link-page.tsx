import { createRouter, type HttpContext, Problem, type Router } from '../../kernel/index.ts';
import { ProblemNotice, renderPage } from '../../web/index.ts';
import { requireUser } from '../current-user.ts';
import { text } from '../messages.ts';
import { openLink } from '../open-link.ts';
import { fail } from '../problems.ts';
import { type OpenLink, readLink } from '../read-link.ts';

/** `/l/:token`: opening shows a button, because mail scanners open links; only the button acts. */
export function linkPage(): Router {
  const router = createRouter();

  router.get('/l/:token', async (c) => {
    try {
      const link = await readLink(c.get('k'), c.req.param('token'));
      if (link.purpose === 'change-address' && (await requireUser(c)).id !== link.user.id)
        throw fail('link-other-account');
      return await renderLink(c, link);
    } catch (error) {
      return renderProblem(c, error);
    }
  });

  router.post('/l/:token', async (c) => {
    try {
      return c.redirect(await openLink(c, c.req.param('token')), 303);
    } catch (error) {
      return renderProblem(c, error);
    }
  });
  return router;
}

const HEADERS = { 'X-Robots-Tag': 'noindex' };

function renderLink(c: HttpContext, link: OpenLink) {
  const words = text(c.get('locale')).link;
  const { title, intro, button } = wordsOf(link, text(c.get('locale')));
  return renderPage(
    c,
    { title, headers: HEADERS },
    <>
      <h1>{title}</h1>
      <p class="lead">{intro}</p>
      <form method="post" action={c.req.path}>
        <button type="submit">{button}</button>
      </form>
      <p class="hint">{words.hint}</p>
    </>,
  );
}

function wordsOf(link: OpenLink, { link: words, signUp }: ReturnType<typeof text>) {
  switch (link.purpose) {
    case 'sign-in':
      return { title: words.title, intro: words.asWho(link.user.email), button: words.button };
    case 'sign-up':
      return { title: signUp.title, intro: signUp.taken(link.email), button: signUp.button };
    case 'change-address':
      return { title: words.changeTitle, intro: words.changeIntro(link.email), button: words.changeButton };
    case 'operator':
      return { title: words.operatorTitle, intro: words.operatorIntro, button: words.operatorButton };
  }
}

function renderProblem(c: HttpContext, error: unknown) {
  if (!(error instanceof Problem) || error.code === 'sign-in-required') throw error;
  const locale = c.get('locale');
  const words = text(locale).link;
  return renderPage(
    c,
    { title: words.title, status: error.status, headers: HEADERS },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={error} locale={locale} />
      <p>
        <a href="/sign-in">{words.askAgain}</a>
      </p>
    </>,
  );
}
