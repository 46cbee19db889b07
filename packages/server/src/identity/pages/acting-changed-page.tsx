import { createRouter, formFields, type HttpContext, type Router } from '../../kernel/index.ts';
import { renderPage } from '../../web/index.ts';
import { actFor, currentMembership } from '../act-for.ts';
import { requireSession } from '../current-user.ts';
import { membershipOf } from '../find-members.ts';
import { keptForm } from '../kept-form.ts';
import { safeNext } from '../model.ts';
import { proofText } from '../proof-messages.ts';

const HERE = '/acting-changed';

/** `/acting-changed`: a form was opened for one and sent when acting for another; the person says for whom it is meant. */
export function actingChangedPage(): Router {
  const router = createRouter();
  router.get(HERE, (c) => render(c));
  router.post(HERE, async (c) => {
    const { organisation = '', next } = await formFields(c);
    await actFor(c, String(organisation) === '' ? null : String(organisation));
    return c.redirect(safeNext(typeof next === 'string' ? next : undefined), 303);
  });
  return router;
}

async function render(c: HttpContext) {
  const { user } = await requireSession(c);
  const words = proofText(c.get('locale')).changed;
  const next = safeNext(c.req.query('next'));
  const kept = await keptForm(c, new URL(next, 'http://here.invalid').searchParams.get('kept') ?? undefined);
  const now = (await currentMembership(c))?.name ?? user.name;
  const [, organisationId] = kept?.openedFor?.split('.') ?? [];
  const nameBefore = organisationId
    ? (await membershipOf(c.get('k'), { userId: user.id, organisationId }))?.name
    : user.name;
  return renderPage(
    c,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      {!kept && (
        <>
          <p class="lead">{words.introOther}</p>
          <p>
            <a class="button" href={next}>
              {words.open}
            </a>
          </p>
        </>
      )}
      {kept && (
        <>
          <p class="lead">{words.intro(nameBefore ?? words.gone, now)}</p>
          {nameBefore && (
            <form method="post" action={HERE}>
              <input type="hidden" name="organisation" value={organisationId ?? ''} />
              <input type="hidden" name="next" value={next} />
              <button type="submit" class="main">
                {words.before(nameBefore)}
              </button>
            </form>
          )}
          <p>
            <a class="button" href={next}>
              {words.now(now)}
            </a>
          </p>
        </>
      )}
    </>,
  );
}
