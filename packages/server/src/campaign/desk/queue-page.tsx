import {
  checkFields,
  createRouter,
  formatNumber,
  formatTime,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { countryName, craftName } from '../../parties/index.ts';
import { Empty, Facts, Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { requireModerator } from '../partners/require-moderator.ts';
import { rosterText } from '../roster/roster-messages.ts';
import { countWaiting } from '../roster/store-rosters.ts';
import { decideReview, decisionSchema, OUTCOMES, openReviews } from './decide-review.ts';
import { deskText } from './desk-messages.ts';
import type { OpenReview } from './store-desk.ts';

const PATH = '/operator/campaign/queue';

/** `/operator/campaign/queue`: names that are held, reports and evidence, each decided with a reason. */
export function queuePage(): Router {
  const router = createRouter();
  router.get(PATH, (c) => page(c));
  router.post(`${PATH}/:id`, async (c) => {
    const { id: by } = await requireModerator(c);
    const fields = await formFields(c);
    try {
      const decision = checkFields(decisionSchema, fields);
      await decideReview(c.get('k'), { ...decision, reviewId: c.req.param('id'), by });
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
    return c.redirect(PATH, 303);
  });
  return router;
}

async function page(c: HttpContext, problem?: Problem) {
  const moderator = await requireModerator(c);
  const locale = c.get('locale');
  const { queue: text, desk } = deskText(locale);
  const { reviews } = await openReviews(c.get('k'));
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      {moderator.operator && (
        <p>
          <a href="/operator/campaign">{desk.back}</a>
        </p>
      )}
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p>
        <a href="/operator/campaign/rosters">
          {rosterText(locale).desk.waiting(formatNumber(locale, await countWaiting(c.get('k').db)))}
        </a>
      </p>
      {reviews.length === 0 && (
        <Empty title={text.empty}>
          <p>{text.emptyText}</p>
        </Empty>
      )}
      {reviews.map((review) => (
        <ReviewCard locale={locale} review={review} path={PATH} />
      ))}
    </>,
  );
}

/** What waits, and the buttons that decide it. `path` is where the decision goes. */
export function ReviewCard({ locale, review, path }: { locale: Locale; review: OpenReview; path: string }) {
  const { queue: text, report } = deskText(locale);
  const grounds: { readonly [ground: string]: string } = report.grounds;
  const place = [craftName(locale, review.craft), review.town, countryName(locale, review.country)];
  return (
    <section aria-labelledby={`r-${review.id}`}>
      <h2 id={`r-${review.id}`}>
        {text.kinds[review.kind]}: <bdi>{review.name}</bdi>
      </h2>
      <Facts
        rows={[
          [text.entry, place.filter(Boolean).join(' · ')],
          ...(review.ground
            ? [[text.ground[review.kind], grounds[review.ground] ?? <bdi>{review.ground}</bdi>] as const]
            : []),
          ...(review.words ? [[text.words, review.words] as const] : []),
          [text.since, formatTime(locale, review.openedAt)],
        ]}
      />
      <form method="post" action={`${path}/${review.id}`}>
        <Field name="answer" id={`a-${review.id}`} label={text.answer} rows={3} required maxLength={2_000} />
        {review.kind === 'name' && (
          <Field
            name="town"
            id={`t-${review.id}`}
            label={text.town}
            value={review.town ?? ''}
            maxLength={100}
          />
        )}
        {OUTCOMES[review.kind].map((outcome) => (
          <>
            <button
              type="submit"
              name="outcome"
              value={outcome}
              class={outcome === 'removed' || outcome === 'refused' ? 'danger' : 'quiet'}
            >
              {text.outcomes[outcome]}
            </button>{' '}
          </>
        ))}
      </form>
    </section>
  );
}
