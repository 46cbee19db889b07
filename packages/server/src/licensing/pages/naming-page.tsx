import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { ActionForm, Checkbox, Empty, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { nameInPublic, readNaming, stopNaming } from '../name-in-public.ts';
import { namingText } from '../naming-messages.ts';

/** `/publicity`: whether a company is named as a licensee, by its own yes. */
export function namingPages(): Router {
  const router = createRouter();
  router.get('/publicity', (c) => page(c));
  router.post('/publicity', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const fields = await formFields(c);
    const who = { licenseeId: party.id, userId: user.id };
    try {
      if (fields.action === 'off') await stopNaming(c.get('k'), who);
      else
        await nameInPublic(c.get('k'), {
          ...who,
          linkLicenses: fields.linkLicenses === 'yes',
          stayEarlier: fields.stayEarlier === 'yes',
        });
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
    return c.redirect('/publicity?done', 303);
  });
  return router;
}

async function page(c: HttpContext, problem?: Problem) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const party = await requireParty(c);
  const text = namingText(locale);
  const { naming, inForce } = await readNaming(k, party.id);
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>
            {text.done} <a href="/companies">{text.list}</a>
          </p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      {party.kind !== 'organisation' ? (
        <Empty title={text.off}>
          <p>
            {text.company} <a href="/organisations">{text.organisations}</a>
          </p>
        </Empty>
      ) : (
        <>
          <p>{text.shown}</p>
          <p>{text.live}</p>
          <p>
            <strong>{naming ? text.on(formatDate(locale, naming.since, zone)) : text.off}</strong>
          </p>
          {!inForce && !naming && (
            <p>
              {text.noAgreement} <a href="/catalogue">{text.toCatalogue}</a>
            </p>
          )}
          {(inForce || naming) && (
            <form method="post" action="/publicity">
              <Checkbox name="linkLicenses" label={text.links} checked={naming?.linkLicenses === true} />
              <Checkbox name="stayEarlier" label={text.earlier} checked={naming?.stayEarlier === true} />
              <button type="submit" name="action" value="on">
                {naming ? text.change : text.switchOn}
              </button>
            </form>
          )}
          {naming && (
            <ActionForm action="/publicity" label={text.switchOff} tone="quiet">
              <input type="hidden" name="action" value="off" />
            </ActionForm>
          )}
        </>
      )}
    </>,
  );
}
