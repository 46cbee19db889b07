import { z } from 'zod';
import {
  createRouter,
  failCommon,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Field, Notice, PasskeyButton, ProblemNotice, renderPage } from '../../web/index.ts';
import { requireSession } from '../current-user.ts';
import { listPasskeys } from '../list-passkeys.ts';
import { safeNext } from '../model.ts';
import { proofText } from '../proof-messages.ts';
import { relyingPartyOf } from '../relying-party.ts';
import { isRecent } from '../require-recent-proof.ts';
import { markRecent, proveByCode, sendCode } from '../step-up.ts';

const HERE = '/step-up';
const form = z.object({ code: z.string().catch(''), next: z.string().optional().catch(undefined) });

/** `/step-up`: proving once more who one is, and back to the form that waits. */
export function stepUpPage(): Router {
  const router = createRouter();

  router.get(HERE, async (c) => {
    const session = await requireSession(c);
    const next = safeNext(c.req.query('next'));
    if (isRecent(c, session)) return c.redirect(next, 303);
    return render(c, next, { sent: c.req.query('sent') !== undefined });
  });

  router.post(HERE, async (c) => {
    const { code, next } = form.parse(await formFields(c));
    try {
      await proveByCode(c, code);
      return c.redirect(safeNext(next), 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'sign-in-required') throw error;
      return render(c, safeNext(next), { sent: true, problem: error });
    }
  });

  router.post(`${HERE}/code`, async (c) => {
    const next = safeNext(form.parse(await formFields(c)).next);
    try {
      await sendCode(c);
      return c.redirect(`${HERE}?sent&next=${encodeURIComponent(next)}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'sign-in-required') throw error;
      return render(c, next, { sent: false, problem: error });
    }
  });

  // The people of a demo world have mailboxes nobody reads; anyone may be any of them there anyway.
  router.post(`${HERE}/demo`, async (c) => {
    if (!c.get('k').site.demo) throw failCommon('not-found');
    await markRecent(c, 'demo');
    return c.redirect(safeNext(form.parse(await formFields(c)).next), 303);
  });
  return router;
}

async function render(c: HttpContext, next: string, state: { sent: boolean; problem?: Problem }) {
  const { user } = await requireSession(c);
  const { sent, problem } = state;
  const k = c.get('k');
  const locale = c.get('locale');
  const words = proofText(locale).stepUp;
  const { heading, confirm } = proofText(locale).use;
  const passkeys = relyingPartyOf(k) ? await listPasskeys(k, user.id) : [];
  const back = <input type="hidden" name="next" value={next} />;
  return renderPage(
    c,
    {
      title: words.title,
      scripts: passkeys.length > 0 ? ['passkeys.js'] : [],
      ...(problem ? { status: problem.status, headers: problem.headers } : {}),
    },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{words.intro}</p>
      {/[?&]kept=/.test(next) && <p>{words.kept}</p>}
      {passkeys.length > 0 && (
        <PasskeyButton
          words={proofText(locale).use}
          kind="use"
          at="/api/step-up"
          next={next}
          label={confirm}
        />
      )}
      <h2>{words.byMail}</h2>
      {user.emailConfirmedAt === null ? (
        <Notice tone="warn">{words.noMailbox}</Notice>
      ) : (
        <>
          <p>{sent ? words.sent(user.email) : words.byMailIntro(user.email)}</p>
          {sent && (
            <form method="post" action={HERE}>
              {back}
              <Field
                name="code"
                label={words.code}
                required
                autocomplete="one-time-code"
                inputMode="numeric"
                maxLength={20}
              />
              <button type="submit" class="main">
                {words.confirm}
              </button>
            </form>
          )}
          <form method="post" action={`${HERE}/code`}>
            {back}
            <button type="submit" class={sent ? 'quiet' : 'main'}>
              {sent ? words.again : words.send}
            </button>
          </form>
        </>
      )}
      {k.site.demo && (
        <form method="post" action={`${HERE}/demo`}>
          {back}
          <p class="hint">{words.demo}</p>
          <button type="submit" class="quiet">
            {words.demoButton}
          </button>
        </form>
      )}
      {passkeys.length === 0 && relyingPartyOf(k) && (
        <p class="hint">
          {heading}: <a href="/account/passkeys">{proofText(locale).passkeys.sectionLink}</a>
        </p>
      )}
    </>,
  );
}
