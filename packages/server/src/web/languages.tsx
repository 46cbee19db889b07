import type { Locale } from '../kernel/index.ts';
import type { Typed } from './fill-form.ts';
import { commonText } from './messages.ts';

const NAMES = { en: 'English', de: 'Deutsch' } as const;

type Props = {
  readonly locale: Locale;
  /** Path and query of the page. */
  readonly at: string;
  /** The form the page answers, and the page that form was on. */
  readonly posted?: (Typed & { readonly from: string | undefined }) | undefined;
  /** Whether what was sent was not taken. */
  readonly refused: boolean;
};

/**
 * The way to the same page in the other language. A page that answers a form has no address of its own: the way leads to the
 * page of the form, and where the form was refused takes along what was typed.
 */
export function Languages({ locale, at, posted, refused }: Props) {
  const label = <span>{commonText(locale).language}: </span>;
  const other = locale === 'en' ? 'de' : 'en';
  const here = <span aria-current="true">{NAMES[locale]}</span>;
  const order = (there: unknown) => (locale === 'en' ? [here, ' · ', there] : [there, ' · ', here]);
  if (posted && refused && posted.fields.length > 0)
    return (
      <form method="post" action={`/language?lang=${other}&action=${encodeURIComponent(posted.action)}`}>
        {posted.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p>
          {label}
          {order(
            <button class="link" type="submit" lang={other}>
              {NAMES[other]}
            </button>,
          )}
        </p>
      </form>
    );
  return (
    <p>
      {label}
      {order(
        <a href={withLanguage(posted?.from ?? at, other)} lang={other} hreflang={other}>
          {NAMES[other]}
        </a>,
      )}
    </p>
  );
}

function withLanguage(at: string, locale: Locale): string {
  // Two slashes at the start would name another host.
  const url = new URL(`http://here.invalid${at.replace(/^\/+/, '/')}`);
  url.searchParams.set('lang', locale);
  return `${url.pathname}${url.search}`;
}
