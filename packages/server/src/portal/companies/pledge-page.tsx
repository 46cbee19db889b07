import { z } from 'zod';
import {
  currentPledge,
  listPledges,
  type ProvenSite,
  pledgeHash,
  provenSites,
  signPledge,
  withdrawPledge,
} from '../../campaign/index.ts';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { actingParty, type Party, requireParty } from '../../parties/index.ts';
import { ActionForm, Choices, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { methodName } from './companies-page.tsx';
import { speakText } from './company-messages.ts';

const form = z.object({ host: z.string().max(300), version: z.coerce.number().int() });

/** `/companies/pledge`: the text, and for companies the place where it is signed. */
export function pledgePage(): Router {
  const router = createRouter();
  router.get('/companies/pledge', (c) => page(c));
  router.post('/companies/pledge', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const who = { partyId: party.id, userId: user.id };
    const fields = await formFields(c);
    try {
      if (fields.action === 'withdraw') await withdrawPledge(c.get('k'), who);
      else await signPledge(c.get('k'), { ...who, ...checkFields(form, fields) });
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
    return c.redirect('/companies/pledge?done', 303);
  });
  return router;
}

async function page(c: HttpContext, problem?: Problem) {
  const locale = c.get('locale');
  const text = speakText(locale).pledge;
  const pledge = currentPledge();
  const words = pledge.texts[locale];
  const party = await actingParty(c);
  return renderPage(
    c,
    { title: text.title, description: text.description, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <section>
        <h2>{words.title}</h2>
        <p>{words.intro}</p>
        <ol>
          {words.promises.map((promise) => (
            <li>{promise}</li>
          ))}
        </ol>
        <p class="hint">
          {text.version(pledge.version, formatDate(locale, new Date(`${pledge.publishedOn}T00:00:00Z`)))}.{' '}
          {text.hash}: <code>{await pledgeHash(pledge)}</code>
        </p>
      </section>
      <section>
        <h2>{text.sign}</h2>
        {party?.kind === 'organisation' ? (
          await forCompany(c, party)
        ) : (
          <p>
            {text.actFor} <a href="/organisations">{text.organisations}</a>
          </p>
        )}
      </section>
      <p>
        <a href="/companies">{text.list}</a>
      </p>
    </>,
  );
}

async function forCompany(c: HttpContext, party: Party) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = speakText(locale).pledge;
  const pledge = currentPledge();
  const [signed] = await listPledges(k, party.id);
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const sites = await provenSites(k, party.id);
  return (
    <>
      {signed && (
        <>
          <p>
            {signed.version === pledge.version
              ? text.signed(party.name, formatDate(locale, signed.signedAt, zone))
              : text.older(signed.version)}
          </p>
          <p class="hint">{text.withdrawHint}</p>
          <ActionForm action="/companies/pledge" label={text.withdraw}>
            <input type="hidden" name="action" value="withdraw" />
          </ActionForm>
        </>
      )}
      {signed?.version !== pledge.version && sites.length === 0 && (
        <p>
          {text.needSite} <a href="/sites">{text.sites}</a>
        </p>
      )}
      {signed?.version !== pledge.version && sites.length > 0 && (
        <form method="post" action="/companies/pledge">
          <input type="hidden" name="version" value={pledge.version.toString()} />
          <SiteChoice c={c} legend={text.website} sites={sites} zone={zone} />
          <button type="submit" name="action" value="sign">
            {text.button(party.name)}
          </button>
        </form>
      )}
    </>
  );
}

type SiteChoiceProps = { c: HttpContext; legend: string; sites: readonly ProvenSite[]; zone: string };

/** Which of one's proven websites stands for the company. */
export function SiteChoice({ c, legend, sites, zone }: SiteChoiceProps) {
  const locale = c.get('locale');
  const text = speakText(locale).pledge;
  return (
    <Choices
      name="host"
      legend={legend}
      value={sites[0]?.host}
      required
      options={sites.map(({ host, method, checkedAt }) => ({
        value: host,
        label: host,
        hint: text.website1(methodName(locale, method), formatDate(locale, checkedAt, zone)),
      }))}
    />
  );
}
