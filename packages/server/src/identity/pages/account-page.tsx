import type { Child } from 'hono/jsx';
import {
  checkFields,
  createRouter,
  formatTime,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import {
  ActionForm,
  Badge,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Select,
  Table,
} from '../../web/index.ts';
import { accountSchema, changeAccount } from '../change-account.ts';
import { requireSession, type SignedIn } from '../current-user.ts';
import { endOtherSessions, endSession, listSessions } from '../end-session.ts';
import { type AccountExporter, exportAccount } from '../export-account.ts';
import { text } from '../messages.ts';
import type { Session, User } from '../model.ts';
import { clearSessionCookie } from '../session-cookie.ts';
import { passkeysSection } from './passkeys-page.tsx';

/** A part of the account page that another module draws. */
export type AccountSection = (c: HttpContext, user: User) => Promise<Child>;

/** What other modules add to the account page and to the export. */
export type AccountParts = {
  readonly sections: readonly AccountSection[];
  readonly exporters: readonly AccountExporter[];
};

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
];

/** `/account`: who one is here, where one is signed in, and how to leave. */
export function accountPage(parts: AccountParts): Router {
  const router = createRouter();

  router.get('/account', async (c) => render(c, parts, await requireSession(c)));

  router.post('/account', async (c) => {
    const signedIn = await requireSession(c);
    const fields = await formFields(c);
    try {
      const form = checkFields(accountSchema, fields);
      await changeAccount(c.get('k'), signedIn.user.id, form);
      // `lang` makes the page, and the cookie, follow the choice.
      return c.redirect(`/account?saved&lang=${form.locale}`, 303);
    } catch (error) {
      if (error instanceof Problem) return render(c, parts, signedIn, { fields, problem: error });
      throw error;
    }
  });

  router.post('/account/sessions/end-others', async (c) => {
    const { user, sessionId } = await requireSession(c);
    await endOtherSessions(c.get('k'), user.id, sessionId);
    return c.redirect('/account', 303);
  });

  router.post('/account/sessions/:id/end', async (c) => {
    const { user, sessionId } = await requireSession(c);
    const id = c.req.param('id');
    await endSession(c.get('k'), user.id, id);
    if (id !== sessionId) return c.redirect('/account', 303);
    clearSessionCookie(c);
    return c.redirect('/sign-in', 303);
  });

  router.get('/account/data.json', async (c) => {
    const { user } = await requireSession(c);
    const data = await exportAccount(c.get('k'), user.id, parts.exporters);
    return c.body(`${JSON.stringify(data, null, 2)}\n`, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="my-data.json"',
      'Cache-Control': 'no-store',
    });
  });
  return router;
}

type Typed = { readonly fields: { readonly [name: string]: string | string[] }; readonly problem: Problem };

async function render(c: HttpContext, parts: AccountParts, { user, sessionId }: SignedIn, typed?: Typed) {
  const locale = c.get('locale');
  const words = text(locale).account;
  const sessions = await listSessions(c.get('k'), user.id);
  const zone = (await readInstance(c.get('k')))?.instance.zone;
  const sections: Child[] = [];
  for (const section of parts.sections) sections.push(await section(c, user));
  return renderPage(
    c,
    { title: words.title, ...(typed ? { status: typed.problem.status } : {}) },
    <>
      <h1>{words.title}</h1>
      {c.req.query('saved') !== undefined && !typed && (
        <Notice tone="good">
          <p>{words.saved}</p>
        </Notice>
      )}
      <ProblemNotice problem={typed?.problem} locale={locale} />
      <h2>{words.you}</h2>
      <form method="post" action="/account">
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          value={String(typed?.fields.name ?? user.name).slice(0, 500)}
          required
          maxLength={200}
          autocomplete="name"
        />
        <Select
          name="locale"
          label={words.language}
          hint={words.languageHint}
          options={LANGUAGES}
          value={user.locale}
        />
        <button type="submit">{words.save}</button>
      </form>
      <h2>{words.email}</h2>
      <p>{user.emailConfirmedAt ? words.emailIs(user.email) : words.emailLocal}</p>
      <p>
        <a href="/account/address">{words.changeEmail}</a>
      </p>
      {await passkeysSection(c, user)}
      {sections}
      <h2>{words.devices}</h2>
      <Table
        caption={words.devicesHint}
        head={[words.device, words.network, words.since, words.lastSeen, words.action]}
        rows={sessions.map((session) => sessionRow(session, session.id === sessionId, locale, zone))}
      />
      {sessions.length > 1 && <ActionForm action="/account/sessions/end-others" label={words.endOthers} />}
      <h2>{words.data}</h2>
      <p>{words.dataHint}</p>
      <p>
        <a href="/account/data.json">{words.download}</a>
      </p>
      <h2>{words.remove}</h2>
      <p>{words.removeHint}</p>
      <p>
        <a href="/account/delete">{words.removeLink}</a>
      </p>
    </>,
  );
}

function sessionRow(
  session: Session,
  own: boolean,
  locale: User['locale'],
  zone: string | undefined,
): Child[] {
  const words = text(locale).account;
  return [
    <>
      {session.agent || words.unknownAgent} {own && <Badge tone="good">{words.thisDevice}</Badge>}
    </>,
    session.network || words.unknownNetwork,
    formatTime(locale, session.createdAt, zone),
    formatTime(locale, session.lastSeenAt, zone),
    <ActionForm action={`/account/sessions/${session.id}/end`} label={words.end} />,
  ];
}
