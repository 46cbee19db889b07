import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { findParties, requireParty } from '../../parties/index.ts';
import { Choices, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { requireWork } from '../../works/index.ts';
import { termsChanges } from '../compare-terms.ts';
import { consentText } from '../consent-messages.ts';
import { decideConsent, decisionsSchema } from '../decide-consent.ts';
import { offersText } from '../messages.ts';
import type { OfferDocument } from '../offer-document.ts';
import { useSentence } from '../offer-text.ts';
import { listVersions } from '../read-versions.ts';
import { grantedAiUses, type Use } from '../terms.ts';
import type { Typed } from '../terms-form.ts';
import { keepTyped } from './keep-typed.tsx';
import { Changes, TermsText } from './standing-parts.tsx';

/** `/works/:id/consent`: a holder reads what changed and says yes or no, use by use. */
export function consentPages(): Router {
  const router = createRouter();
  router.get('/works/:id/consent', (c) => consentPage(c));
  router.post('/works/:id/consent', async (c) => {
    const typed = await formFields(c);
    return keepTyped(c, typed, () => decide(c, typed));
  });
  return router;
}

async function decide(c: HttpContext, typed: Typed): Promise<Response> {
  const user = await requireUser(c);
  const party = await requireParty(c);
  const decisions = Object.entries(typed).flatMap(([name, answer]) =>
    name.startsWith('use.') ? [{ use: name.slice(4), answer }] : [],
  );
  const read = decisionsSchema.safeParse({ decisions });
  if (!read.success) return consentPage(c, typed);
  const offerId = typeof typed.offer === 'string' ? typed.offer : '';
  try {
    await decideConsent(c.get('k'), { offerId, partyId: party.id, actor: user.id, ...read.data });
    return c.redirect(`${c.req.path}?kept=yes`, 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return consentPage(c, typed, error);
  }
}

async function consentPage(c: HttpContext, typed: Typed = {}, problem?: Problem): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const party = await requireParty(c);
  const workId = c.req.param('id') ?? '';
  const versions = await listVersions(k, { workId, partyId: party.id });
  const work = await requireWork(k, workId);
  const { zone } = await requireInstance(k);
  const text = offersText(locale);
  const words = consentText(locale);
  const [newest, before] = versions;
  const title = words.title(work.title);
  const uses = newest && newest.state !== 'withdrawn' ? grantedAiUses(newest.terms) : [];
  if (!newest || uses.length === 0) {
    return renderPage(
      c,
      { title, status: problem?.status ?? 200 },
      <>
        <h1>{title}</h1>
        <ProblemNotice problem={problem} locale={locale} />
        <p>{words.nothing}</p>
        <p>
          <a href={`/works/${work.id}`}>{work.title}</a>
        </p>
      </>,
    );
  }
  const publisher = (await findParties(k, [newest.publishedBy])).get(newest.publishedBy);
  const changes = termsChanges(locale, before, newest);
  const mine = (use: Use) =>
    newest.consents.find((one) => one.partyId === party.id && one.use === use)?.state ?? 'pending';
  const document = JSON.parse(newest.document) as OfferDocument;
  return renderPage(
    c,
    { title, status: problem?.status ?? 200 },
    <>
      <h1>{title}</h1>
      {c.req.query('kept') === 'yes' && <Notice tone="good">{words.kept}</Notice>}
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">
        {words.intro(publisher?.name ?? '', newest.version, formatDate(locale, newest.publishedAt, zone))}
      </p>
      <section>
        <h2>{before ? text.versions.changed : text.publicPage.terms}</h2>
        {changes.length === 0 && <p>{text.versions.noOfferChange}</p>}
        <Changes locale={locale} changes={changes} />
      </section>
      <p>{words.silence}</p>
      <form method="post" action={c.req.path}>
        <input type="hidden" name="offer" value={newest.id} />
        {uses.map((use) => (
          <Choices
            name={`use.${use}`}
            legend={text.use[use]}
            hint={`${useSentence(locale, use, newest.terms[use], newest.currency)} ${words.mine}: ${words[mine(use)]}.`}
            value={
              typedAnswer(typed, use) ?? { consented: 'yes', declined: 'no', pending: undefined }[mine(use)]
            }
            required
            options={[
              { value: 'yes', label: words.yes },
              { value: 'no', label: words.no },
            ]}
          />
        ))}
        <button type="submit">{words.send}</button>
      </form>
      <section>
        <h2>{words.full}</h2>
        <TermsText text={document.text[locale]} />
        <p class="hint">
          {text.publicPage.hash}: <code>{newest.sha256}</code>
        </p>
        <p>
          <a href={`/w/${work.id}/versions`}>{text.publicPage.versions}</a>
        </p>
      </section>
    </>,
  );
}

function typedAnswer(typed: Typed, use: Use): string | undefined {
  const answer = typed[`use.${use}`];
  return typeof answer === 'string' ? answer : undefined;
}
