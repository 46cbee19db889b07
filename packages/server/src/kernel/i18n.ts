/** The languages of the product. */
export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** A text, or a function that makes one from values. */
type Entry = string | ((...values: never[]) => string);
type Catalogue = { readonly [key: string]: Entry | Catalogue };

/** The same shape in another language: a missing or wrong text is a compile error. */
export type Translation<T extends Catalogue> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : T[K] extends Catalogue
        ? Translation<T[K]>
        : never;
};

/**
 * Declares a module's texts in all languages and answers a function that picks one.
 * @example
 * const text = defineMessages({ hello: (name: string) => `Hello ${name}` }, { hello: (name) => `Guten Tag ${name}` });
 * text('de').hello('Ada');
 */
export function defineMessages<const T extends Catalogue>(
  en: T,
  de: Translation<T>,
): (locale: Locale) => Translation<T> {
  const all = { en: en as unknown as Translation<T>, de };
  return (locale) => all[locale];
}

/**
 * The form of a text for a number of things. Both languages know one and more (Unicode CLDR: one, other); nought is more.
 * @example
 * plural(1, { one: 'One line', other: '1 lines' }); // => 'One line'
 */
export function plural(n: number, { one, other }: { readonly one: string; readonly other: string }): string {
  return n === 1 ? one : other;
}

/** The best language for an `Accept-Language` value; English when none fits (RFC 4647 look-up, two languages). */
export function pickLocale(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const q = parameters.find((p) => p.trim().startsWith('q='));
      return { language: tag.split('-')[0]!.toLowerCase(), q: q ? Number(q.trim().slice(2)) : 1 };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q);
  return LOCALES.find((locale) => locale === wanted.find((w) => isLocale(w.language))?.language) ?? 'en';
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

const TAG = { en: 'en-GB', de: 'de-DE' } as const;

/** A date as people of the language write it, in the given IANA zone. */
export function formatDate(locale: Locale, at: Date, zone = 'UTC'): string {
  return new Intl.DateTimeFormat(TAG[locale], { dateStyle: 'long', timeZone: zone }).format(at);
}

/** Date and time with the zone named. */
export function formatTime(locale: Locale, at: Date, zone = 'UTC'): string {
  const style = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(TAG[locale], { ...style, timeZone: zone, timeZoneName: 'short' }).format(at);
}

export function formatNumber(locale: Locale, value: number | bigint): string {
  return new Intl.NumberFormat(TAG[locale]).format(value);
}

/** Micro-units (10⁻⁶ of the major unit) as an amount with its currency, without rounding. */
export function formatMoney(locale: Locale, micro: bigint, currency: string): string {
  const sign = micro < 0n ? '-' : '';
  const size = micro < 0n ? -micro : micro;
  const fraction = (size % 1_000_000n)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  const decimal = `${sign}${size / 1_000_000n}.${fraction}` as `${number}`;
  return new Intl.NumberFormat(TAG[locale], {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(decimal);
}
