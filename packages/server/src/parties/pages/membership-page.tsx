import { z } from 'zod';
import {
  acceptMembership,
  actFor,
  currentUser,
  organisationText,
  readMembership,
  startSession,
} from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Facts, Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { partyName } from '../model.ts';
import { organisationWords } from '../organisation-messages.ts';
import { type Typed, typedText } from './organisation-fields.tsx';

const nameForm = z.object({ name: partyName });
const HEADERS = { 'X-Robots-Tag': 'noindex' };

/** `/memberships/:token`: an invitation to act for an organisation. Opening it decides nothing; mail scanners open links. */
export function membershipPage(): Router {
  const router = createRouter();

  router.get('/memberships/:token', (c) => page(c, c.req.param('token'), {}, undefined));

  router.post('/memberships/:token', async (c) => {
    const token = c.req.param('token');
    const typed = await formFields(c);
    try {
      const signedIn = (await currentUser(c))?.id;
      const name = signedIn === undefined ? await nameOf(c, token, typed) : '';
      const { user, organisationId } = await acceptMembership(c.get('k'), {
        token,
        name,
        locale: c.get('locale'),
        signedIn,
      });
      if (signedIn === undefined) await startSession(c, user.id);
      await actFor(c, organisationId);
      return c.redirect('/organisations', 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return page(c, token, typed, error);
    }
  });
  return router;
}

/** A new account needs a name; before that, the link must be good. */
async function nameOf(c: HttpContext, token: string, typed: Typed): Promise<string> {
  const { account } = await readMembership(c.get('k'), token);
  return account ? '' : checkFields(nameForm, typed).name;
}

async function page(c: HttpContext, token: string, typed: Typed, problem: Problem | undefined) {
  const locale = c.get('locale');
  const words = organisationWords(locale).join;
  const user = await currentUser(c);
  const open = await readMembership(c.get('k'), token).catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  const shown = open instanceof Problem ? open : problem;
  return renderPage(
    c,
    { title: words.title, headers: HEADERS, ...(shown ? { status: shown.status } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={shown} locale={locale} />
      {!(open instanceof Problem) && (
        <>
          <p class="lead">{words.intro(open.organisation)}</p>
          <Facts
            rows={[
              [words.mailbox, open.email],
              [organisationText(locale).roles[open.role], organisationText(locale).roleMeaning[open.role]],
              [words.until, formatDate(locale, open.expiresAt)],
            ]}
          />
          {open.account && !user ? (
            <>
              <p>{words.signInFirst}</p>
              <p>
                <a class="button" href={`/sign-in?next=${encodeURIComponent(c.req.path)}`}>
                  {words.signIn}
                </a>
              </p>
            </>
          ) : (
            <form method="post" action={c.req.path}>
              {!user && (
                <>
                  <p>{words.newAccount}</p>
                  <Field
                    name="name"
                    label={words.name}
                    hint={words.nameHint}
                    value={typedText(typed, 'name')}
                    required
                    maxLength={200}
                    autocomplete="name"
                  />
                </>
              )}
              <button type="submit">{words.button(open.organisation)}</button>
            </form>
          )}
        </>
      )}
    </>,
  );
}
