import { formatTime, type Locale } from '../../kernel/index.ts';
import { countryName, craftName } from '../../parties/index.ts';
import { Facts, Field } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import type { OpenReview } from '../reviews/store-reviews.ts';
import { OUTCOMES } from './decide-review.ts';

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
