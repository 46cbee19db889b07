import { z } from 'zod';
import {
  companyLinks,
  correctEntry,
  correctionSchema,
  decideReply,
  decisionSchema,
  enterMailedReply,
  entrySchema,
  linkCompany,
  linkSchema,
  listEntries,
  mailedReplySchema,
  unlinkCompany,
  waitingReplies,
  writeEntry,
} from '../../campaign/index.ts';
import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  LOCALES,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { findParties } from '../../parties/index.ts';
import { ActionForm, Field, Notice, ProblemNotice, renderPage, Select, Table } from '../../web/index.ts';
import { companyDeskText } from './desk-messages.ts';
import { EntryList, NewEntry, type Typed } from './entry-forms.tsx';
import { readCompanies } from './read-companies.ts';
import { requirePage } from './read-company.ts';

const kindForm = z.object({ kind: z.enum(['commitment', 'request']) });
const unlinkForm = z.object({ partyId: z.uuid() });
const slugForm = z.object({ slug: z.string().max(100) });

type Act = (c: HttpContext, fields: Typed, by: string) => Promise<void>;
type Show = (c: HttpContext, typed: Typed, problem?: Problem) => Promise<Response>;

/** `/operator/companies`, `/operator/companies/:slug`, `/operator/impact`: what operators decide and write down. */
export function companyDeskPages(): Router {
  const router = createRouter();
  const desk = (path: string, act: Act, show: Show) => {
    router.get(path, async (c) => {
      await requireOperator(c);
      return show(c, {});
    });
    router.post(path, async (c) => {
      const { id: by } = await requireOperator(c);
      const fields = await formFields(c);
      try {
        await act(c, fields, by);
      } catch (error) {
        if (error instanceof Problem) return show(c, fields, error);
        throw error;
      }
      return c.redirect(`${c.req.path}?done`, 303);
    });
  };
  desk('/operator/companies', decide, listPage);
  desk('/operator/companies/:slug', writeDown, companyPage);
  desk('/operator/impact', writeDown, impactPage);
  return router;
}

async function decide(c: HttpContext, fields: Typed, by: string): Promise<void> {
  const k = c.get('k');
  switch (fields.action) {
    case 'link': {
      const { slug } = await requirePage(k, checkFields(slugForm, fields).slug);
      return linkCompany(k, { ...checkFields(linkSchema, fields), slug, by });
    }
    case 'unlink':
      return unlinkCompany(k, { ...checkFields(unlinkForm, fields), by });
    default:
      return decideReply(k, { ...checkFields(decisionSchema, fields), by });
  }
}

async function writeDown(c: HttpContext, fields: Typed, by: string): Promise<void> {
  const k = c.get('k');
  const slug = c.req.param('slug');
  const page = slug === undefined ? undefined : await requirePage(k, slug);
  if (fields.action === 'correct') {
    const retracted = fields.retracted === 'yes';
    const { id } = checkFields(z.object({ id: z.uuid() }), fields);
    return correctEntry(k, { ...checkFields(correctionSchema, { ...fields, retracted }), id, by });
  }
  if (!page) {
    await writeEntry(k, { ...checkFields(entrySchema, fields), kind: 'impact', slug: null, by });
  } else if (fields.action === 'reply') {
    await enterMailedReply(k, { ...checkFields(mailedReplySchema, fields), slug: page.slug, by });
  } else {
    const { kind } = checkFields(kindForm, fields);
    await writeEntry(k, { ...checkFields(entrySchema, fields), kind, slug: page.slug, by });
  }
}

const listPage: Show = async (c, _typed, problem) => {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = companyDeskText(locale);
  const [{ companies, unclear }, waiting, links] = await Promise.all([
    readCompanies(k),
    waitingReplies(k),
    companyLinks(k),
  ]);
  const nameOf = (slug: string) => companies.find((one) => one.slug === slug)?.name ?? slug;
  const parties = await findParties(
    k,
    links.map(({ partyId }) => partyId),
  );
  return renderPage(
    c,
    { title: text.title, wide: true, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <Outcome c={c} problem={problem} />
      <h2>{text.waiting}</h2>
      <p>{waiting.length === 0 ? text.waitingNone : text.waitingHint}</p>
      {waiting.map((reply) => (
        <section>
          <h3>{nameOf(reply.slug)}</h3>
          <p>{text.from(reply.evidence)}</p>
          <blockquote lang={reply.locale}>{reply.words}</blockquote>
          <form method="post" action="/operator/companies">
            <input type="hidden" name="id" value={reply.id} />
            <Field
              name="reason"
              id={`f-reason-${reply.id}`}
              label={text.decisionReason}
              required
              maxLength={500}
            />
            <button type="submit" name="decision" value="accept">
              {text.accept}
            </button>{' '}
            <button type="submit" name="decision" value="refuse" class="quiet">
              {text.refuse}
            </button>
          </form>
        </section>
      ))}
      {unclear.length > 0 && (
        <>
          <h2>{text.unclear}</h2>
          <p>{text.unclearHint}</p>
          <Table
            caption={text.unclear}
            captionHidden
            head={[text.unclearHead.name, text.unclearHead.like, text.unclearHead.decide]}
            rows={unclear.map(({ partyId, name, takenFor }) => [
              name,
              <a href={`/companies/${takenFor.slug}`}>{takenFor.name}</a>,
              <form method="post" action="/operator/companies">
                <input type="hidden" name="partyId" value={partyId} />
                <input type="hidden" name="slug" value={takenFor.slug} />
                <Field
                  name="evidence"
                  id={`f-evidence-${partyId}`}
                  label={text.evidence}
                  required
                  maxLength={300}
                />
                <Field
                  name="reason"
                  id={`f-reason-${partyId}`}
                  label={text.decisionReason}
                  required
                  maxLength={500}
                />
                <button type="submit" name="action" value="link">
                  {text.same(takenFor.name)}
                </button>
              </form>,
            ])}
          />
        </>
      )}
      {links.length > 0 && (
        <>
          <h2>{text.links}</h2>
          <Table
            caption={text.links}
            captionHidden
            head={[text.linksHead.page, text.linksHead.party, text.linksHead.why, text.linksHead.undo]}
            rows={links.map((link) => [
              <a href={`/companies/${link.slug}`}>{nameOf(link.slug)}</a>,
              parties.get(link.partyId)?.name ?? '–',
              `${link.evidence}: ${link.reason}`,
              <ActionForm action="/operator/companies" label={text.unlink}>
                <input type="hidden" name="action" value="unlink" />
                <input type="hidden" name="partyId" value={link.partyId} />
              </ActionForm>,
            ])}
          />
        </>
      )}
      <h2>{text.pages}</h2>
      <p>{text.pagesHint}</p>
      <ul class="links many">
        {companies.map(({ slug, name }) => (
          <li>
            <a href={`/operator/companies/${slug}`}>{name}</a>
          </li>
        ))}
      </ul>
    </>,
  );
};

const companyPage: Show = async (c, typed, problem) => {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const all = companyDeskText(locale);
  const text = all.page;
  const { slug, name } = await requirePage(k, c.req.param('slug') ?? '');
  const entries = await listEntries(k, { slug });
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const action = `/operator/companies/${slug}`;
  const mine = typed.action === 'reply';
  const value = (field: string) => (mine ? String(typed[field] ?? '') : undefined);
  return renderPage(
    c,
    { title: text.title(name), ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title(name)}</h1>
      <p class="lead">{text.lead}</p>
      <Outcome c={c} problem={problem} />
      <p>
        <a href={`/companies/${slug}`}>{text.toPage}</a>
      </p>
      <EntryList locale={locale} entries={entries} action={action} typed={typed} zone={zone} />
      <NewEntry locale={locale} kind="commitment" action={action} title={text.commitment} typed={typed} />
      <NewEntry locale={locale} kind="request" action={action} title={text.request} typed={typed} />
      <section>
        <h2>{text.reply}</h2>
        <form method="post" action={action}>
          <Field
            name="words"
            id="f-reply-words"
            label={text.replyWords}
            rows={8}
            required
            maxLength={5_000}
            value={value('words')}
          />
          <Select
            name="locale"
            id="f-reply-locale"
            label={text.locale}
            value={value('locale') ?? locale}
            options={LOCALES.map((each) => ({ value: each, label: all.locales[each] }))}
          />
          <Field
            name="address"
            label={text.address}
            type="email"
            required
            maxLength={300}
            value={value('address')}
          />
          <Field
            name="reason"
            id="f-reply-reason"
            label={text.replyReason}
            required
            maxLength={500}
            value={value('reason')}
          />
          <button type="submit" name="action" value="reply">
            {text.replyAdd}
          </button>
        </form>
      </section>
    </>,
  );
};

const impactPage: Show = async (c, typed, problem) => {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { impact: text, page } = companyDeskText(locale);
  const entries = await listEntries(k, { kind: 'impact' });
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const action = '/operator/impact';
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <Outcome c={c} problem={problem} />
      <p>
        <a href="/impact">{text.toPage}</a>
      </p>
      <EntryList locale={locale} entries={entries} action={action} typed={typed} zone={zone} />
      <NewEntry locale={locale} kind="impact" action={action} title={page.add} typed={typed} />
    </>,
  );
};

function Outcome({ c, problem }: { c: HttpContext; problem: Problem | undefined }) {
  const locale = c.get('locale');
  return (
    <>
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>{companyDeskText(locale).done}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
    </>
  );
}
