import { z } from 'zod';
import { startSession } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Facts, Field, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import {
  acceptInvitation,
  askForShare,
  declineInvitation,
  type OpenInvitation,
  openInvitation,
} from '../answer-invitation.ts';
import { reasonSchema } from '../input.ts';
import { worksText } from '../messages.ts';
import { parseShare } from '../shares.ts';
import { pageText } from './messages.ts';
import { AuthorityFields } from './work-fields.tsx';
import { one, readAuthority, type Typed, typedShare } from './work-form.ts';

const nameForm = z.object({ name: cleanLine(200) });
const noteForm = z.object({ note: reasonSchema.default('') });

/** `/invitations/:token`: what a co-owner sees. Opening it decides nothing; mail scanners open links. */
export function invitationPage(): Router {
  const router = createRouter();
  router.get('/invitations/:token', async (c) => page(c, {}, undefined));
  router.post('/invitations/:token', async (c) => {
    const typed = await formFields(c);
    try {
      return await answer(c, typed);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return page(c, typed, error);
    }
  });
  return router;
}

async function answer(c: HttpContext, typed: Typed): Promise<Response> {
  const k = c.get('k');
  const token = c.req.param('token') ?? '';
  const decision = one(typed, 'decision');
  if (decision === 'accept') {
    const { name } = checkFields(nameForm, { name: one(typed, 'name') });
    const authority = readAuthority(typed);
    const { user, workId } = await acceptInvitation(k, { token, name, authority, locale: c.get('locale') });
    await startSession(c, user.id);
    return c.redirect(`/works/${workId}?done=accepted`, 303);
  }
  const { note } = checkFields(noteForm, typed);
  const text = pageText(c.get('locale')).invitation;
  if (decision === 'decline') {
    await declineInvitation(k, { token, reason: note });
    return said(c, text.declined);
  }
  await askForShare(k, { token, sharePpm: parseShare(one(typed, 'wish')), note });
  return said(c, text.asked);
}

function said(c: HttpContext, sentence: string): Promise<Response> {
  const { title } = pageText(c.get('locale')).invitation;
  return renderPage(
    c,
    { title },
    <>
      <h1>{title}</h1>
      <Notice tone="good">
        <p>{sentence}</p>
      </Notice>
    </>,
  );
}

async function page(c: HttpContext, typed: Typed, problem: Problem | undefined): Promise<Response> {
  const locale = c.get('locale');
  const text = pageText(locale).invitation;
  const token = c.req.param('token') ?? '';
  const open = await openInvitation(c.get('k'), token);
  return renderPage(
    c,
    {
      title: text.title,
      status: problem?.status ?? 200,
      // The address is a key: it must not travel on to other sites. `no-referrer` would also hide from us that the form
      // comes from here (Fetch standard, "serializing a request origin"), and it would be refused.
      headers: { 'Referrer-Policy': 'same-origin' },
    },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{text.lead(open.inviter, open.work.title)}</p>
      <About locale={locale} open={open} />
      <p>{text.meaning}</p>
      <h2>{text.accept}</h2>
      <form method="post" action={`/invitations/${token}`}>
        <Field
          name="name"
          label={text.name}
          value={typed.name === undefined ? open.claim.name : one(typed, 'name')}
          required
          maxLength={200}
          autocomplete="name"
        />
        <AuthorityFields
          locale={locale}
          typed={typed}
          party={{ craft: null, country: null }}
          legend={text.authority}
        />
        <p class="hint">{text.acceptHint(open.claim.email ?? '')}</p>
        <button type="submit" name="decision" value="accept">
          {text.acceptButton}
        </button>
      </form>
      <details>
        <summary>{text.other}</summary>
        <form method="post" action={`/invitations/${token}`}>
          <Field
            name="wish"
            label={text.wish}
            value={one(typed, 'wish')}
            required
            inputMode="decimal"
            maxLength={12}
          />
          <Field name="note" label={text.note} rows={3} maxLength={2000} />
          <button type="submit" name="decision" value="other-share" class="quiet">
            {text.otherButton}
          </button>
        </form>
      </details>
      <details>
        <summary>{text.decline}</summary>
        <form method="post" action={`/invitations/${token}`}>
          <Field id="f-reason" name="note" label={text.reason} rows={3} maxLength={2000} />
          <button type="submit" name="decision" value="decline" class="danger">
            {text.declineButton}
          </button>
        </form>
      </details>
    </>,
  );
}

function About({
  locale,
  open: { work, claim, inviter, expiresAt },
}: {
  locale: Locale;
  open: OpenInvitation;
}) {
  const text = pageText(locale).invitation;
  const words = worksText(locale);
  return (
    <Facts
      rows={[
        [text.work, work.title],
        [text.type, words.type[work.type]],
        [text.share, `${typedShare(locale, claim.sharePpm)} %`],
        [text.role, words.role[claim.role]],
        [text.inviter, inviter],
        [text.until, formatDate(locale, expiresAt)],
      ]}
    />
  );
}
