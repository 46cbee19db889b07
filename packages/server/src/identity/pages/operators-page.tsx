import { z } from 'zod';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { ActionForm, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { requireOperator } from '../current-user.ts';
import { inviteOperator, withdrawOperatorInvitation } from '../invite-operator.ts';
import { listOperators, openOperatorInvitations } from '../list-operators.ts';
import type { User } from '../model.ts';
import { operatorText } from '../operator-messages.ts';
import { removeOperator } from '../remove-operator.ts';

const HERE = '/operator/people';
const form = z.object({ email: z.string().max(1_000), name: cleanLine(200) });
type Typed = { readonly [field: string]: string | string[] | undefined };

/** `/operator/people`: who runs the instance; inviting and removing. */
export function operatorsPage(): Router {
  const router = createRouter();
  router.get(HERE, async (c) => render(c, await requireOperator(c), {}));
  router.post(HERE, (c) =>
    act(c, async (actor, typed) => {
      const { email, name } = checkFields(form, typed);
      await inviteOperator(c.get('k'), { email, name, actor, locale: c.get('locale') });
    }),
  );
  router.post(`${HERE}/invitations/:id/withdraw`, (c) =>
    act(c, (actor) => withdrawOperatorInvitation(c.get('k'), { id: c.req.param('id'), actor })),
  );
  router.post(`${HERE}/:user/remove`, (c) =>
    act(c, (actor) => removeOperator(c.get('k'), { userId: c.req.param('user'), actor })),
  );
  return router;
}

async function act(c: HttpContext, action: (actor: string, typed: Typed) => Promise<void>) {
  const user = await requireOperator(c);
  const typed = await formFields(c);
  try {
    await action(user.id, typed);
    return c.redirect(c.req.path === `${HERE}/${user.id}/remove` ? '/account' : HERE, 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return render(c, user, typed, error);
  }
}

async function render(c: HttpContext, user: User, typed: Typed, problem?: Problem) {
  const locale = c.get('locale');
  const words = operatorText(locale).people;
  const k = c.get('k');
  const zone = (await readInstance(k))?.instance.zone;
  const [operators, invited] = [await listOperators(k), await openOperatorInvitations(k)];
  const alone = operators.length === 1;
  const value = (name: string) => (problem ? String(typed[name] ?? '').slice(0, 500) : '');
  return renderPage(
    c,
    { title: words.title, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{words.intro}</p>
      {alone && <Notice tone="warn">{words.alone}</Notice>}
      <Table
        caption={words.operators}
        head={[words.name, words.email, words.since, words.change]}
        rows={operators.map((one) => [
          one.id === user.id ? `${one.name} (${words.you})` : one.name,
          one.emailConfirmedAt ? one.email : words.local,
          formatDate(locale, one.createdAt, zone),
          !alone && (
            <ActionForm
              action={`${HERE}/${one.id}/remove`}
              label={one.id === user.id ? words.leave : words.remove(one.name)}
              tone="danger"
            />
          ),
        ])}
      />
      {invited.length > 0 && (
        <Table
          caption={words.invited}
          head={[words.name, words.email, words.until, words.change]}
          rows={invited.map(({ id, name, email, expiresAt }) => [
            name,
            email,
            formatDate(locale, expiresAt, zone),
            <ActionForm action={`${HERE}/invitations/${id}/withdraw`} label={words.withdraw} />,
          ])}
        />
      )}
      <h2>{words.invite}</h2>
      <form method="post" action={HERE}>
        <Field name="name" label={words.name} value={value('name')} required maxLength={200} />
        <Field
          name="email"
          type="email"
          label={words.email}
          hint={words.inviteHint}
          value={value('email')}
          required
          maxLength={254}
        />
        <button type="submit">{words.send}</button>
      </form>
      <p>
        <a href="/operator">{words.back}</a>
      </p>
    </>,
  );
}
