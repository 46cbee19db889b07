import type { Child } from 'hono/jsx';
import { z } from 'zod';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatDate,
  formatTime,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import {
  ActionForm,
  AskFirst,
  Empty,
  Field,
  Notice,
  PasskeyButton,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { removePasskey, renamePasskey } from '../change-passkey.ts';
import { requireSession, requireUser } from '../current-user.ts';
import { listPasskeys, type Passkey } from '../list-passkeys.ts';
import type { User } from '../model.ts';
import { proofText } from '../proof-messages.ts';
import { relyingPartyOf } from '../relying-party.ts';
import { requireRecentProof } from '../require-recent-proof.ts';

const HERE = '/account/passkeys';
const nameForm = z.object({ name: cleanLine(60) });

/** `/account/passkeys`: the keys that open the account; adding, renaming, removing. */
export function passkeysPage(): Router {
  const router = createRouter();
  router.get(HERE, async (c) => render(c, await requireUser(c)));

  router.get(`${HERE}/new`, async (c) => {
    await requireSession(c);
    await requireRecentProof(c);
    return renderAdd(c);
  });

  router.post(`${HERE}/:id`, (c) =>
    act(c, async (user, id) => {
      const { name } = checkFields(nameForm, await formFields(c));
      await renamePasskey(c.get('k'), { user, id, name });
      return HERE;
    }),
  );
  router.post(`${HERE}/:id/remove`, async (c) => {
    await requireSession(c);
    await requireRecentProof(c);
    return act(c, async (user, id) => {
      await removePasskey(c.get('k'), { user, id });
      return `${HERE}?removed`;
    });
  });
  return router;
}

/** The part of the account page that leads here. */
export async function passkeysSection(c: HttpContext, user: User): Promise<Child> {
  const words = proofText(c.get('locale')).passkeys;
  const { length } = await listPasskeys(c.get('k'), user.id);
  return (
    <>
      <h2>{words.section}</h2>
      <p>{words.sectionIntro(length)}</p>
      <p>
        <a href={HERE}>{words.sectionLink}</a>
      </p>
    </>
  );
}

async function act(c: HttpContext, action: (user: User, id: string) => Promise<string>): Promise<Response> {
  const user = await requireUser(c);
  try {
    return c.redirect(await action(user, c.req.param('id') ?? ''), 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return render(c, user, error);
  }
}

async function render(c: HttpContext, user: User, problem?: Problem) {
  const locale = c.get('locale');
  const words = proofText(locale).passkeys;
  const passkeys = await listPasskeys(c.get('k'), user.id);
  const zone = (await readInstance(c.get('k')))?.instance.zone;
  const done = c.req.query('added') !== undefined ? words.addedNow : words.removedNow;
  const said = c.req.query('added') !== undefined || c.req.query('removed') !== undefined;
  const add = (
    <p>
      <a class="button" href={`${HERE}/new`}>
        {words.add}
      </a>
    </p>
  );
  return renderPage(
    c,
    { title: words.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {said && !problem && (
        <Notice tone="good">
          <p>{done}</p>
        </Notice>
      )}
      <p class="lead">{words.intro}</p>
      {!relyingPartyOf(c.get('k')) && <Notice tone="warn">{words.impossible}</Notice>}
      {passkeys.length === 0 ? (
        <Empty title={words.emptyTitle}>
          <p>{words.empty}</p>
          {add}
        </Empty>
      ) : (
        <>
          <Table
            caption={words.list}
            head={[words.name, words.added, words.used, words.change]}
            rows={passkeys.map((one) => rowOf(locale, one, zone))}
          />
          {add}
        </>
      )}
      <p>
        <a href="/account">{words.back}</a>
      </p>
    </>,
  );
}

function rowOf(locale: Locale, { id, name, synced, createdAt, lastUsedAt }: Passkey, zone?: string): Child[] {
  const words = proofText(locale).passkeys;
  return [
    <>
      {name} <small>{synced ? words.synced : words.oneDevice}</small>
    </>,
    formatDate(locale, createdAt, zone),
    lastUsedAt ? formatTime(locale, lastUsedAt, zone) : words.never,
    <>
      <details>
        <summary>{words.renameIt}</summary>
        <form method="post" action={`${HERE}/${id}`}>
          <Field
            name="name"
            id={`name-${id}`}
            label={words.newName(name)}
            value={name}
            required
            maxLength={60}
          />
          <button type="submit" class="quiet">
            {words.rename}
          </button>
        </form>
      </details>
      <AskFirst label={words.remove} title={words.removeTitle(name)} cancel={words.keep} tone="danger">
        <p>{words.removeHint}</p>
        <ActionForm action={`${HERE}/${id}/remove`} label={words.remove} tone="danger" />
      </AskFirst>
    </>,
  ];
}

function renderAdd(c: HttpContext) {
  const locale = c.get('locale');
  const words = proofText(locale).passkeys;
  const possible = relyingPartyOf(c.get('k')) !== undefined;
  return renderPage(
    c,
    { title: words.addTitle, scripts: ['passkeys.js'] },
    <>
      <h1>{words.addTitle}</h1>
      <p class="lead">{words.addIntro}</p>
      {possible ? (
        <>
          <noscript>
            <Notice tone="warn">
              <p>{words.needsScript}</p>
            </Notice>
          </noscript>
          <Field
            name="passkeyName"
            label={words.name}
            hint={words.nameHint}
            value={words.firstName}
            required
            maxLength={60}
          />
          <PasskeyButton
            words={proofText(locale).use}
            kind="add"
            at="/api/passkeys"
            next={`${HERE}?added`}
            label={words.addNow}
          />
        </>
      ) : (
        <Notice tone="warn">{words.impossible}</Notice>
      )}
      <p>
        <a href={HERE}>{words.title}</a>
      </p>
    </>,
  );
}
