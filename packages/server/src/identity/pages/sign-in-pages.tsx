import { z } from 'zod';
import {
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type ProblemPage,
  type Router,
  wantsPage,
} from '../../kernel/index.ts';
import { Field, PasskeyButton, ProblemNotice, renderPage } from '../../web/index.ts';
import { currentUser } from '../current-user.ts';
import { signOut } from '../end-session.ts';
import { keepForm, withKept } from '../kept-form.ts';
import { limitMailTo } from '../limits.ts';
import { text } from '../messages.ts';
import { AFTER_SIGN_IN, safeNext } from '../model.ts';
import { postedForm } from '../posted-form.ts';
import { proofText } from '../proof-messages.ts';
import { relyingPartyOf } from '../relying-party.ts';
import { sendSignInLink } from '../send-sign-in-link.ts';

/** A missing or doubled field is an empty address, and that is refused with a plain sentence. */
const signInForm = z.object({
  email: z.string().catch(''),
  next: z.string().optional().catch(undefined),
});

/** `/sign-in`, what follows it, and `/sign-out`. */
export function signInPages(): Router {
  const router = createRouter();

  router.get('/sign-in', async (c) => {
    const next = c.req.query('next');
    if (await currentUser(c)) return c.redirect(safeNext(next), 303);
    return render(c, { email: '', next });
  });

  router.post('/sign-in', async (c) => {
    const form = signInForm.parse(await formFields(c));
    try {
      limitMailTo(c, form.email);
      await sendSignInLink(c.get('k'), { ...form, locale: c.get('locale') });
      return c.redirect('/sign-in/sent', 303);
    } catch (error) {
      if (error instanceof Problem) return render(c, form, error);
      throw error;
    }
  });

  router.get('/sign-in/sent', (c) => {
    const words = text(c.get('locale')).signIn;
    return renderPage(
      c,
      { title: words.sentTitle },
      <>
        <h1>{words.sentTitle}</h1>
        <p class="lead">{words.sent}</p>
        <p>{words.sentHint}</p>
        <p>
          <a href="/sign-in">{words.again}</a>
        </p>
      </>,
    );
  });

  router.post('/sign-out', async (c) => {
    await signOut(c);
    return c.redirect('/sign-in', 303);
  });
  return router;
}

async function render(c: HttpContext, form: { email: string; next?: string | undefined }, problem?: Problem) {
  const locale = c.get('locale');
  const words = text(locale).signIn;
  const next = safeNext(form.next);
  const { shows } = await c.get('face')();
  const passkeys = shows !== 'campaign' && relyingPartyOf(c.get('k')) !== undefined;
  return renderPage(
    c,
    {
      title: words.title,
      scripts: passkeys ? ['passkeys.js'] : [],
      ...(problem ? { status: problem.status, headers: problem.headers } : {}),
    },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{words.intro}</p>
      <form method="post" action="/sign-in">
        {next !== AFTER_SIGN_IN && <input type="hidden" name="next" value={next} />}
        <Field
          name="email"
          type="email"
          label={words.email}
          value={form.email.slice(0, 300)}
          required
          autocomplete="email"
          maxLength={254}
        />
        <button type="submit">{words.send}</button>
      </form>
      {passkeys && (
        <PasskeyButton
          words={proofText(locale).use}
          kind="use"
          at="/api/passkey-sign-in"
          next={next}
          label={proofText(locale).use.signIn}
          tone="quiet"
        />
      )}
      {shows === 'licensing' ? (
        <p class="hint">
          {words.nobody} <a href="/sign-up">{words.signUp}</a>
        </p>
      ) : (
        <>
          <p class="hint">
            {words.noAccount} <a href="/declaration">{words.sign}</a>
          </p>
          <p class="hint">
            {words.company} <a href="/sign-up">{words.signUp}</a>
          </p>
        </>
      )}
    </>,
  );
}

/** Where people go who must do something else first. */
const FIRST: { readonly [code: string]: string } = {
  'sign-in-required': '/sign-in',
  'step-up-required': '/step-up',
  'acting-changed': '/acting-changed',
};

/**
 * Leads people who must first sign in, prove who they are or say for whom they act to the page for that, and back to where
 * they were with what they had typed; other problems go to `page`.
 */
export function firstThings(page: ProblemPage): ProblemPage {
  return async (c, problem) => {
    const first = FIRST[problem.code];
    if (first === undefined || !wantsPage(c)) return page(c, problem);
    const { pathname, search } = new URL(c.req.url);
    // The address of a form need not be a page; the page the form was on is.
    const kept = await keepForm(c);
    const back = safeNext(c.req.method === 'GET' ? `${pathname}${search}` : (await postedForm(c))?.from);
    return c.redirect(`${first}?next=${encodeURIComponent(kept ? withKept(back, kept) : back)}`, 303);
  };
}
