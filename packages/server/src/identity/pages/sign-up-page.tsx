import { z } from 'zod';
import {
  checkFields,
  cleanLine,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  textsInForce,
} from '../../kernel/index.ts';
import { Field, LegalLine, ProblemNotice, renderPage } from '../../web/index.ts';
import { limitMailTo } from '../limits.ts';
import { text } from '../messages.ts';
import { sendSignInLink } from '../send-sign-in-link.ts';

const form = z.object({ email: z.string().catch(''), name: cleanLine(200) });
type Typed = { readonly [field: string]: string | string[] };

/** `/sign-up`: an account for people who act for others and do not sign the declaration. */
export function signUpPage(): Router {
  const router = createRouter();
  router.get('/sign-up', (c) => render(c, {}));
  router.post('/sign-up', async (c) => {
    const typed = await formFields(c);
    try {
      const { email, name } = checkFields(form, typed);
      limitMailTo(c, email);
      await sendSignInLink(c.get('k'), { email, name, next: '/organisations', locale: c.get('locale') });
      return c.redirect('/sign-in/sent', 303);
    } catch (error) {
      if (error instanceof Problem) return render(c, typed, error);
      throw error;
    }
  });
  return router;
}

async function render(c: HttpContext, typed: Typed, problem?: Problem) {
  const locale = c.get('locale');
  const { signIn, signUp: words } = text(locale);
  const value = (name: string) => String(typed[name] ?? '').slice(0, 300);
  const { shows } = await c.get('face')();
  return renderPage(
    c,
    { title: words.title, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{shows === 'licensing' ? words.introAll : words.intro}</p>
      <form method="post" action="/sign-up">
        <Field
          name="name"
          label={words.name}
          value={value('name')}
          required
          autocomplete="name"
          maxLength={200}
        />
        <Field
          name="email"
          type="email"
          label={signIn.email}
          value={value('email')}
          required
          autocomplete="email"
          maxLength={254}
        />
        <button type="submit">{words.send}</button>
      </form>
      <LegalLine locale={locale} versions={await textsInForce(c.get('k'), ['participation', 'privacy'])} />
    </>,
  );
}
