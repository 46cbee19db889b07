import { z } from 'zod';
import { createRouter, formFields, type HttpContext, Problem, type Router } from '../../kernel/index.ts';
import { Field, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { requestAddressChange } from '../change-address.ts';
import { requireUser } from '../current-user.ts';
import { limitMailTo } from '../limits.ts';
import { text } from '../messages.ts';

/** A missing or doubled field is an empty address, and that is refused with a plain sentence. */
const form = z.object({ email: z.string().catch('') });

/** `/account/address`: a new e-mail address. */
export function addressPage(): Router {
  const router = createRouter();

  router.get('/account/address', (c) => render(c, ''));

  router.post('/account/address', async (c) => {
    const user = await requireUser(c);
    const { email } = form.parse(await formFields(c));
    try {
      limitMailTo(c, email);
      await requestAddressChange(c.get('k'), user.id, email);
      return c.redirect('/account/address?sent', 303);
    } catch (error) {
      if (error instanceof Problem) return render(c, email, error);
      throw error;
    }
  });
  return router;
}

async function render(c: HttpContext, email: string, problem?: Problem) {
  const user = await requireUser(c);
  const locale = c.get('locale');
  const words = text(locale).address;
  const sent = c.req.query('sent') !== undefined && !problem;
  return renderPage(
    c,
    { title: words.title, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <h1>{words.title}</h1>
      {sent && (
        <Notice tone="good">
          <p>
            <strong>{words.sentTitle}</strong>
          </p>
          <p>{words.sent}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <p>{words.intro(user.email)}</p>
      <form method="post" action="/account/address">
        <Field
          name="email"
          type="email"
          label={words.newAddress}
          hint={words.hint}
          value={email.slice(0, 300)}
          required
          autocomplete="email"
          maxLength={254}
        />
        <button type="submit">{words.send}</button>
      </form>
      <p>
        <a href="/account">{words.back}</a>
      </p>
    </>,
  );
}
