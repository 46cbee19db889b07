import { requireOperator, type User } from '../../identity/index.ts';
import {
  createRouter,
  formatTime,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  readForm,
} from '../../kernel/index.ts';
import { ActionForm, Empty, Facts, Field, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { claimReview, decideReview, decisionSchema } from '../decide-review.ts';
import { listContested, listReviews, type WaitingReview } from '../list-reviews.ts';
import { sitesText } from '../messages.ts';

/** `/operator/reviews`: profiles a person has to look at, and places more than one party has proven. */
export function reviewPages(): Router {
  const router = createRouter();

  router.get('/operator/reviews', async (c) => {
    await requireOperator(c);
    return reviewsPage(c);
  });

  router.post('/operator/reviews/:id/claim', async (c) =>
    act(c, (user) => claimReview(c.get('k'), c.req.param('id'), user.id)),
  );

  router.post('/operator/reviews/:id/decision', async (c) =>
    act(c, async (user) => {
      const decided = await readForm(c, decisionSchema);
      await decideReview(c.get('k'), { reviewId: c.req.param('id'), by: user.id, ...decided });
    }),
  );
  return router;
}

async function act(c: HttpContext, action: (user: User) => Promise<void>): Promise<Response> {
  const user = await requireOperator(c);
  try {
    await action(user);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return reviewsPage(c, error);
  }
  return c.redirect('/operator/reviews', 303);
}

async function reviewsPage(c: HttpContext, problem?: Problem): Promise<Response> {
  const k = c.get('k');
  const locale = c.get('locale');
  const text = sitesText(locale).reviews;
  const [waiting, contested] = [await listReviews(k), await listContested(k)];
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {waiting.length === 0 ? (
        <Empty title={text.empty.title}>
          <p>{text.empty.body}</p>
        </Empty>
      ) : (
        <p class="lead">{text.intro}</p>
      )}
      {waiting.map((one) => (
        <ReviewCard locale={locale} {...one} />
      ))}
      {contested.length > 0 && (
        <Table
          caption={text.contested}
          head={[text.profile, text.owner]}
          rows={contested.map(({ site, owner }) => [`${site.host}${site.path}`, owner])}
        />
      )}
    </>,
  );
}

function ReviewCard({ locale, review, site, owner, code }: WaitingReview & { locale: Locale }) {
  const text = sitesText(locale).reviews;
  const reasons: { readonly [reason: string]: string } = text.reasons;
  const place = `${site.host}${site.path}`;
  const link = (
    <a href={site.url} rel="noreferrer noopener external">
      {site.url}
    </a>
  );
  return (
    <section aria-label={place}>
      <h2>{place}</h2>
      <Facts
        rows={[
          [text.profile, link],
          [text.owner, owner],
          [text.code, <code>{code}</code>],
          [text.since, formatTime(locale, review.createdAt)],
          [text.reason, reasons[review.reason] ?? review.reason],
        ]}
      />
      {review.claimedAt ? (
        <p>
          {text.claimed} {formatTime(locale, review.claimedAt)}
        </p>
      ) : (
        <ActionForm action={`/operator/reviews/${review.id}/claim`} label={text.claim} />
      )}
      <form method="post" action={`/operator/reviews/${review.id}/decision`}>
        <Field name="note" label={text.note} rows={3} maxLength={2000} required />
        <button type="submit" name="decision" value="confirmed" class="main">
          {text.confirm}
        </button>{' '}
        <button type="submit" name="decision" value="refused" class="danger">
          {text.refuse}
        </button>
      </form>
    </section>
  );
}
