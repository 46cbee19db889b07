import type { Locale } from '../../kernel/index.ts';
import { craftName } from '../../parties/index.ts';
import type { Check, PublicSignatory } from '../model.ts';
import { CheckLine } from './check-line.tsx';
import { wallText } from './wall-messages.ts';

/** Featured signatories, each with the checks beyond the e-mail by method and date; nothing where nobody is featured. */
export function FeaturedNames(props: {
  locale: Locale;
  featured: readonly (PublicSignatory & { readonly checks: readonly Check[] })[];
}) {
  const { locale, featured } = props;
  const text = wallText(locale);
  if (featured.length === 0) return null;
  return (
    <section class="featured" aria-labelledby="featured">
      <h2 id="featured">{text.featured}</h2>
      <p class="hint">{text.featuredHint}</p>
      <ul>
        {featured.map(({ id, name, craft, town, checks }) => (
          <li>
            <a href={`/signed/${id}`}>
              <bdi>{name}</bdi>
            </a>
            <small>
              {craftName(locale, craft)}
              {town && ` · ${town}`}
            </small>
            {checks.map((check) => (
              <small>
                <CheckLine locale={locale} check={check} />
              </small>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
