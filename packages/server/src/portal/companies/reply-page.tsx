import {
  companyLinks,
  provenSites,
  repliesOf,
  replySchema,
  sendReply,
  withdrawReply,
} from '../../campaign/index.ts';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  LOCALES,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { actingParty, type Party, requireParty } from '../../parties/index.ts';
import { ActionForm, Field, Notice, ProblemNotice, renderPage, Select, Table } from '../../web/index.ts';
import { speakText } from './company-messages.ts';
import { SiteChoice } from './pledge-page.tsx';
import { requirePage } from './read-company.ts';

type Typed = { readonly [name: string]: string | string[] };

/** `/companies/:slug/reply`: where a company says something to its page. */
export function replyPage(): Router {
  const router = createRouter();
  router.get('/companies/:slug/reply', (c) => page(c, {}));
  router.post('/companies/:slug/reply', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const k = c.get('k');
    const { slug } = await requirePage(k, c.req.param('slug'));
    const who = { partyId: party.id, userId: user.id, slug };
    const fields = await formFields(c);
    try {
      if (fields.action === 'withdraw') {
        await withdrawReply(k, who);
        return c.redirect(`/companies/${slug}`, 303);
      }
      const state = await sendReply(k, { ...who, ...checkFields(replySchema, fields) });
      return c.redirect(`/companies/${slug}/reply?${state}`, 303);
    } catch (error) {
      if (error instanceof Problem) return page(c, fields, error);
      throw error;
    }
  });
  return router;
}

async function page(c: HttpContext, typed: Typed, problem?: Problem) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const company = await requirePage(k, c.req.param('slug') ?? '');
  const text = speakText(locale).reply;
  const party = await actingParty(c);
  const done = (['published', 'waiting'] as const).find(
    (each) => c.req.query(each === 'published' ? 'public' : each) !== undefined,
  );
  return renderPage(
    c,
    { title: text.title(company.name), ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title(company.name)}</h1>
      <p class="lead">{text.lead}</p>
      {done && !problem && (
        <Notice tone="good">
          <p>{text[done]}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <p>{text.first}</p>
      <p>{text.mail}</p>
      {party?.kind === 'organisation' ? (
        await forCompany(c, { party, slug: company.slug, typed })
      ) : (
        <p>
          {text.actFor} <a href="/organisations">{speakText(locale).pledge.organisations}</a>
        </p>
      )}
      <p>
        <a href={`/companies/${company.slug}`}>{text.page}</a>
      </p>
    </>,
  );
}

async function forCompany(
  c: HttpContext,
  { party, slug, typed }: { party: Party; slug: string; typed: Typed },
) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { reply: text, pledge, locales } = speakText(locale);
  const [sites, sent, links] = await Promise.all([
    provenSites(k, party.id),
    repliesOf(k, { partyId: party.id, slug }),
    companyLinks(k),
  ]);
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const known = links.some((link) => link.partyId === party.id && link.slug === slug);
  const action = `/companies/${slug}/reply`;
  return (
    <>
      {sites.length === 0 ? (
        <p>
          {pledge.needSite} <a href="/sites">{pledge.sites}</a>
        </p>
      ) : (
        <form method="post" action={action}>
          <SiteChoice c={c} legend={text.website} sites={sites} zone={zone} />
          <Field
            name="words"
            label={text.words}
            hint={text.wordsHint}
            rows={10}
            required
            maxLength={5_000}
            value={String(typed.words ?? '')}
          />
          <Select
            name="locale"
            label={text.locale}
            value={String(typed.locale ?? locale)}
            options={LOCALES.map((value) => ({ value, label: locales[value] }))}
          />
          <button type="submit" name="action" value="send">
            {text.button}
          </button>
        </form>
      )}
      {sent.length > 0 && (
        <Table
          caption={text.own}
          head={[text.head.sent, text.head.state, text.head.reason, text.head.words]}
          rows={sent.map((one) => [
            formatDate(locale, one.sentAt, zone),
            text.states[one.state],
            one.reason ?? '–',
            <span lang={one.locale}>{one.words}</span>,
          ])}
        />
      )}
      {known && sent.some(({ state }) => state === 'public') && (
        <ActionForm action={action} label={text.withdraw}>
          <input type="hidden" name="action" value="withdraw" />
        </ActionForm>
      )}
    </>
  );
}
