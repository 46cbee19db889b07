import { currentUser, requireOperator, startSession } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { ActionForm, Facts, Field, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import {
  acceptModeratorInvitation,
  inviteModerator,
  listModerators,
  readModeratorInvitation,
  removeModerator,
  withdrawModeratorInvitation,
} from './invite-moderator.ts';
import { partnerText } from './partner-messages.ts';

const HERE = '/operator/campaign/moderators';

/** `/operator/campaign/moderators`: who decides for the campaign; `/moderators/:token`: an invitation to. */
export function moderatorPages(): Router {
  const router = createRouter();
  router.get(HERE, (c) => page(c));
  router.post(HERE, async (c) => {
    const { id: by } = await requireOperator(c);
    try {
      await changeModerators(c, { partnerId: null, by });
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
    return c.redirect(HERE, 303);
  });
  router.get('/moderators/:token', (c) => invitation(c, c.req.param('token')));
  router.post('/moderators/:token', async (c) => {
    const token = c.req.param('token');
    try {
      const signedIn = (await currentUser(c))?.id;
      const about = { token, locale: c.get('locale'), signedIn };
      const { userId, isNew } = await acceptModeratorInvitation(c.get('k'), about);
      if (isNew) await startSession(c, userId);
      return c.redirect('/account', 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return invitation(c, token, error);
    }
  });
  return router;
}

/** What a posted form of `ModeratorList` asks for. */
export async function changeModerators(
  c: HttpContext,
  { partnerId, by }: { partnerId: string | null; by: string },
): Promise<void> {
  const k = c.get('k');
  const fields = await formFields(c);
  const text = (name: string) => String(fields[name] ?? '');
  if (fields.action === 'remove') return removeModerator(k, { userId: text('user'), partnerId, by });
  if (fields.action === 'withdraw') return withdrawModeratorInvitation(k, { id: text('id'), by });
  return inviteModerator(k, {
    name: text('name'),
    email: text('email'),
    partnerId,
    by,
    locale: c.get('locale'),
  });
}

async function page(c: HttpContext, problem?: Problem) {
  await requireOperator(c);
  const locale = c.get('locale');
  const text = partnerText(locale).moderators;
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <p>
        <a href="/operator/campaign">{deskText(locale).desk.back}</a>
      </p>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <ModeratorList locale={locale} action={HERE} list={await listModerators(c.get('k'), null)} />
    </>,
  );
}

/** Who moderates, who is invited, and the form that invites. */
export function ModeratorList(props: {
  locale: Locale;
  action: string;
  list: Awaited<ReturnType<typeof listModerators>>;
}) {
  const { locale, action, list } = props;
  const text = partnerText(locale).moderators;
  return (
    <>
      {list.moderators.length === 0 && <p>{text.none}</p>}
      {list.moderators.length > 0 && (
        <Table
          caption={text.title}
          captionHidden
          head={[text.name, text.email, text.since, text.change]}
          rows={list.moderators.map(({ userId, user, addedAt }) => [
            user?.name ?? userId,
            user?.email ?? '',
            formatDate(locale, addedAt),
            <ActionForm action={action} label={text.remove(user?.name ?? '')} tone="danger">
              <input type="hidden" name="action" value="remove" />
              <input type="hidden" name="user" value={userId} />
            </ActionForm>,
          ])}
        />
      )}
      {list.invited.length > 0 && (
        <Table
          caption={text.invited}
          head={[text.name, text.email, text.until, text.change]}
          rows={list.invited.map(({ id, name, email, expiresAt }) => [
            name,
            email ?? '',
            formatDate(locale, expiresAt),
            <ActionForm action={action} label={text.withdraw}>
              <input type="hidden" name="action" value="withdraw" />
              <input type="hidden" name="id" value={id} />
            </ActionForm>,
          ])}
        />
      )}
      <h2>{text.invite}</h2>
      <form method="post" action={action}>
        <Field name="name" id="moderator-name" label={text.name} required maxLength={200} />
        <Field name="email" id="moderator-email" type="email" label={text.email} required maxLength={300} />
        <button type="submit" name="action" value="invite">
          {text.send}
        </button>
      </form>
    </>
  );
}

async function invitation(c: HttpContext, token: string, problem?: Problem) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = partnerText(locale).invitation;
  const user = await currentUser(c);
  const open = await readModeratorInvitation(k, token).catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  const shown = open instanceof Problem ? open : problem;
  const head = {
    title: text.title,
    headers: { 'X-Robots-Tag': 'noindex' },
    ...(shown ? { status: shown.status } : {}),
  };
  if (open instanceof Problem)
    return renderPage(
      c,
      head,
      <>
        <h1>{text.title}</h1>
        <ProblemNotice problem={open} locale={locale} />
      </>,
    );
  const where = open.partner === undefined ? text.campaign : text.partner(open.partner);
  return renderPage(
    c,
    head,
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">
        {(await requireInstance(k)).name}: {text.intro(where)}
      </p>
      <Facts rows={[[text.mailbox, open.email]]} />
      <p>{text.means}</p>
      <p>{text.until(formatDate(locale, open.expiresAt))}</p>
      {open.account && !user ? (
        <>
          <p>{text.signInFirst}</p>
          <p>
            <a class="button" href={`/sign-in?next=${encodeURIComponent(c.req.path)}`}>
              {text.signIn}
            </a>
          </p>
        </>
      ) : (
        <form method="post" action={c.req.path}>
          {!open.account && <p>{text.newAccount(open.name)}</p>}
          <button type="submit">{text.button}</button>
        </form>
      )}
    </>,
  );
}
