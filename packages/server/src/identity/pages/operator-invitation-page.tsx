import {
  createRouter,
  formatDate,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { Facts, ProblemNotice, renderPage } from '../../web/index.ts';
import { acceptOperatorInvitation, readOperatorInvitation } from '../accept-operator.ts';
import { currentUser } from '../current-user.ts';
import { operatorText } from '../operator-messages.ts';
import { instanceName } from '../send-sign-in-link.ts';
import { startSession } from '../start-session.ts';

const HEADERS = { 'X-Robots-Tag': 'noindex' };

/** `/operators/:token`: an invitation to run the instance. Opening it decides nothing; mail scanners open links. */
export function operatorInvitationPage(): Router {
  const router = createRouter();
  router.get('/operators/:token', (c) => page(c, c.req.param('token')));
  router.post('/operators/:token', async (c) => {
    const token = c.req.param('token');
    try {
      const signedIn = (await currentUser(c))?.id;
      const about = { token, locale: c.get('locale'), signedIn };
      const { user } = await acceptOperatorInvitation(c.get('k'), about);
      // A new session: operators' are shorter.
      await startSession(c, user.id);
      return c.redirect('/operator', 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return page(c, token, error);
    }
  });
  return router;
}

async function page(c: HttpContext, token: string, problem?: Problem) {
  const k = c.get('k');
  const locale = c.get('locale');
  const words = operatorText(locale).join;
  const user = await currentUser(c);
  const open = await readOperatorInvitation(k, token).catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  const shown = open instanceof Problem ? open : problem;
  const zone = (await readInstance(k))?.instance.zone;
  return renderPage(
    c,
    { title: words.title, headers: HEADERS, ...(shown ? { status: shown.status } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={shown} locale={locale} />
      {!(open instanceof Problem) && (
        <>
          <p class="lead">{words.intro(await instanceName(k))}</p>
          <Facts
            rows={[
              [words.mailbox, open.email],
              [words.until, formatDate(locale, open.expiresAt, zone)],
            ]}
          />
          <p>{words.means}</p>
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
              {!open.account && <p>{words.newAccount(open.name)}</p>}
              <button type="submit">{words.button}</button>
            </form>
          )}
        </>
      )}
    </>,
  );
}
