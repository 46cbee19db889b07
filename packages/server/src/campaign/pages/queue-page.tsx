import {
  checkFields,
  createRouter,
  formatNumber,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Empty, ProblemNotice, renderPage } from '../../web/index.ts';
import { decideReview, decisionSchema, openReviews } from '../desk/decide-review.ts';
import { ReviewCard } from '../desk/review-card.tsx';
import { deskText } from '../desk-messages.ts';
import { requireModerator } from '../partners/require-moderator.ts';
import { countWaitingRosters } from '../roster/find-roster.ts';
import { rosterText } from '../roster/roster-messages.ts';

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
          {rosterText(locale).desk.waiting(formatNumber(locale, await countWaitingRosters(c.get('k'))))}
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
