import { z } from 'zod';
import { createRouter, formFields, type HttpContext, Problem, type Router } from '../../kernel/index.ts';
import { Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { requireUser } from '../current-user.ts';
import { deleteAccount } from '../delete-account.ts';
import { text } from '../messages.ts';
import { clearSessionCookie } from '../session-cookie.ts';

const form = z.object({ email: z.string().catch('') });

/** `/account/delete`: says what goes and what stays, and asks for the address as a confirmation. */
export function deletePage(): Router {
  const router = createRouter();

  router.get('/account/delete', (c) => render(c));

  router.post('/account/delete', async (c) => {
    const user = await requireUser(c);
    const { email } = form.parse(await formFields(c));
    try {
      await deleteAccount(c.get('k'), user.id, email);
    } catch (error) {
      if (error instanceof Problem) return render(c, error);
      throw error;
    }
    clearSessionCookie(c);
    return c.redirect('/account-deleted', 303);
  });

  router.get('/account-deleted', (c) => {
    const words = text(c.get('locale')).remove;
    return renderPage(
      c,
      { title: words.doneTitle },
      <>
        <h1>{words.doneTitle}</h1>
        <p class="lead">{words.done}</p>
      </>,
    );
  });
  return router;
}

async function render(c: HttpContext, problem?: Problem) {
  const user = await requireUser(c);
  const locale = c.get('locale');
  const words = text(locale).remove;
  return renderPage(
    c,
    { title: words.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p>{words.goes}</p>
      <p>{words.stays}</p>
      <p>{words.later}</p>
      <p>
        {words.signature} <a href="/me/signature">{words.signatureLink}</a>
      </p>
      <form method="post" action="/account/delete">
        <Field name="email" label={words.confirm(user.email)} required autocomplete="off" maxLength={254} />
        <button type="submit" class="danger">
          {words.button}
        </button>
      </form>
      <p>
        <a href="/account">{words.keep}</a>
      </p>
    </>,
  );
}
