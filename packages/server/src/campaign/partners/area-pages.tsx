import { z } from 'zod';
import {
  checkFields,
  cleanText,
  createRouter,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { asCraft, countryName, craftName } from '../../parties/index.ts';
import { Facts, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { decideReview } from '../desk/decide-review.ts';
import { ReviewCard } from '../desk/review-card.tsx';
import { decideHeld } from './decide-held.ts';
import { contactsCsv, exportContacts } from './export-contacts.ts';
import { partnerText } from './partner-messages.ts';
import { fail } from './problems.ts';
import { requireActivePartner, requirePartner } from './require-moderator.ts';
import { isReviewHere, listHeldOf, listReviewsOf, listSignatoriesOf } from './show-area.ts';
import { partnerCounts, partnerDays } from './show-partners.ts';
import type { HeldHere, Partner } from './store-partners.ts';

const DAYS = 60;
const answered = z.object({
  outcome: z.enum(['accepted', 'removed']),
  answer: cleanText(2_000).refine((text) => text !== '', 'must not be empty'),
});

/** `/partner/:source`: a partner's own counts, signatures and contacts, for its moderators. */
export function areaPages(): Router {
  const router = createRouter();
  router.get('/partner/:source', (c) => page(c));
  router.post('/partner/:source/held/:id', (c) =>
    act(c, async (partnerId, by) => {
      const decided = checkFields(answered, await formFields(c));
      await decideHeld(c.get('k'), {
        ...decided,
        partnerId,
        signatoryId: c.req.param('id') ?? '',
        by,
      });
    }),
  );
  router.post('/partner/:source/reviews/:id', (c) =>
    act(c, async (partnerId, by) => {
      const k = c.get('k');
      const reviewId = c.req.param('id') ?? '';
      if (!(await isReviewHere(k, partnerId, reviewId))) throw fail('held-not-here');
      const fields = (await formFields(c)) as { outcome: 'kept'; answer: string };
      await decideReview(k, { outcome: fields.outcome, answer: fields.answer, reviewId, by });
    }),
  );
  router.post('/partner/:source/export', async (c) => {
    const { user, partner } = await requirePartner(c);
    const format = (await formFields(c)).format === 'json' ? 'json' : 'csv';
    const about = { partnerId: partner.id, by: user.id, format } as const;
    try {
      const contacts = await exportContacts(c.get('k'), about);
      const body = format === 'csv' ? contactsCsv(contacts) : `${JSON.stringify(contacts, null, 2)}\n`;
      return c.body(body, 200, {
        'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="contacts-${partner.source}.${format}"`,
        'Cache-Control': 'no-store',
      });
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
  });
  return router;
}

async function act(c: HttpContext, action: (partnerId: string, by: string) => Promise<void>) {
  const { user, partner } = await requireActivePartner(c);
  try {
    await action(partner.id, user.id);
  } catch (error) {
    if (error instanceof Problem) return page(c, error);
    throw error;
  }
  return c.redirect(`/partner/${partner.source}`, 303);
}

async function page(c: HttpContext, problem?: Problem) {
  const { partner } = await requirePartner(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = partnerText(locale).area;
  const number = (n: number) => formatNumber(locale, n);
  const counts = await partnerCounts(k, partner.id);
  const days = await partnerDays(k, partner.id, DAYS);
  const names = await listSignatoriesOf(k, partner.id);
  return renderPage(
    c,
    {
      title: text.title(partner.name),
      ...(problem ? { status: problem.status, headers: problem.headers } : {}),
    },
    <>
      <h1>{text.title(partner.name)}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {partner.leftAt && (
        <Notice tone="warn">
          <p>{text.left}</p>
        </Notice>
      )}
      <Facts
        rows={[
          [text.figures.confirmed, number(counts.confirmed)],
          [text.figures.hidden, number(counts.hidden)],
          [text.figures.held, number(counts.held)],
          [text.figures.contacts, number(counts.contacts)],
        ]}
      />
      {days.length === 0 ? (
        <p>{text.noDays}</p>
      ) : (
        <Table
          caption={text.byDay}
          head={[text.day, text.count]}
          numbers={[1]}
          rows={days.map(({ day, count }) => [
            formatDate(locale, new Date(`${day}T00:00:00Z`)),
            number(count),
          ])}
        />
      )}
      <h2>{text.held}</h2>
      <p>{text.heldHint}</p>
      <Held c={c} partner={partner} held={await listHeldOf(k, partner.id)} />
      {!partner.leftAt && <Reviews c={c} partner={partner} />}
      {names.length > 0 && (
        <>
          <h2>{text.names}</h2>
          <p>{text.namesHint}</p>
          <Table
            caption={text.names}
            captionHidden
            head={[text.name, text.craft, text.country, text.date]}
            rows={names.map((one) => [
              <a href={`/signed/${one.id}`}>
                <bdi>{one.name}</bdi>
              </a>,
              craftName(locale, asCraft(one.craft) ?? 'other'),
              countryName(locale, one.country),
              formatDate(locale, one.confirmedAt),
            ])}
          />
        </>
      )}
      {!partner.leftAt && (
        <>
          <h2>{text.export}</h2>
          <p>{text.exportHint(number(counts.contacts))}</p>
          <form method="post" action={`/partner/${partner.source}/export`}>
            <button type="submit" name="format" value="csv">
              {text.csv}
            </button>{' '}
            <button type="submit" name="format" value="json" class="quiet">
              {text.json}
            </button>
          </form>
        </>
      )}
    </>,
  );
}

/** Reports and evidence about its own signatures. */
async function Reviews({ c, partner }: { c: HttpContext; partner: Partner }) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const own = await listReviewsOf(k, partner.id);
  if (own.length === 0) return null;
  return (
    <>
      <h2>{partnerText(locale).area.reports}</h2>
      {own.map((review) => (
        <ReviewCard locale={locale} review={review} path={`/partner/${partner.source}/reviews`} />
      ))}
    </>
  );
}

function Held({ c, partner, held }: { c: HttpContext; partner: Partner; held: readonly HeldHere[] }) {
  const locale = c.get('locale');
  const text = partnerText(locale).area;
  if (held.length === 0) return <p>{text.heldNone}</p>;
  const reasons: { readonly [reason: string]: string } = text.reasons;
  return (
    <>
      {held.map((one) => (
        <section aria-labelledby={`h-${one.id}`}>
          <h3 id={`h-${one.id}`}>
            <bdi>{one.name}</bdi>
          </h3>
          <Facts
            rows={[
              [text.craft, craftName(locale, asCraft(one.craft) ?? 'other')],
              [text.country, countryName(locale, one.country)],
              [text.domain, one.domain],
              [text.why, one.heldFor.map((reason) => reasons[reason] ?? reason).join(', ')],
              [text.date, formatDate(locale, one.confirmedAt)],
            ]}
          />
          {partner.leftAt ? null : one.heldFor.includes('name') || !one.heldFor.includes('mail-domain') ? (
            <p class="hint">{text.theirs}</p>
          ) : (
            <form method="post" action={`/partner/${partner.source}/held/${one.id}`}>
              <Field
                name="answer"
                id={`a-${one.id}`}
                label={text.reason}
                rows={2}
                required
                maxLength={2_000}
              />
              <button type="submit" name="outcome" value="accepted">
                {text.accept}
              </button>{' '}
              <button type="submit" name="outcome" value="removed" class="danger">
                {text.remove}
              </button>
            </form>
          )}
        </section>
      ))}
    </>
  );
}
