import {
  checkFields,
  formatNumber,
  type HttpContext,
  LOCALES,
  type Locale,
  type Problem,
} from '../../kernel/index.ts';
import { CRAFTS, countryOptions, craftName } from '../../parties/index.ts';
import { Field, ProblemNotice, renderPage, Select } from '../../web/index.ts';
import { currentDeclaration } from '../declaration/declaration.ts';
import { campaignBase } from '../faces/faces.ts';
import { KINDS } from '../model.ts';
import type { FormValues } from '../signatory/form-values.ts';
import {
  type Audience,
  audienceSchema,
  MAILING_KINDS,
  type Mailing,
  type MailingKind,
  type MailingTexts,
  textSchema,
} from './mailing.ts';
import { mailingText } from './mailing-messages.ts';

const CONDITIONS = ['locale', 'craft', 'country', 'kind', 'version'] as const;

/** What a form says. A language of which nothing is written has no words. */
export function readMailing(fields: FormValues): {
  kind: MailingKind;
  texts: MailingTexts;
  audience: Audience;
  edition: number;
} {
  const texts: { [L in Locale]?: { subject: string; body: string } } = {};
  for (const locale of LOCALES) {
    const [subject, body] = [
      String(fields[`${locale}-subject`] ?? ''),
      String(fields[`${locale}-body`] ?? ''),
    ];
    if (subject.trim() !== '' || body.trim() !== '')
      texts[locale] = checkFields(textSchema, { subject, body });
  }
  const audience = checkFields(
    audienceSchema,
    Object.fromEntries(CONDITIONS.map((name) => [name, fields[`to-${name}`]])),
  );
  return { kind: kindOf(fields.as), texts, audience, edition: Number(fields.edition) };
}

export function kindOf(given: unknown): MailingKind {
  return MAILING_KINDS.find((kind) => kind === given) ?? 'news';
}

/** A mailing as its form shows it. */
export function toFields({ kind, texts, audience, edition }: Mailing): FormValues {
  return {
    as: kind,
    edition: String(edition),
    ...Object.fromEntries(
      LOCALES.flatMap((lang) => [
        [`${lang}-subject`, texts[lang]?.subject ?? ''],
        [`${lang}-body`, texts[lang]?.body ?? ''],
      ]),
    ),
    ...Object.fromEntries(CONDITIONS.map((name) => [`to-${name}`, String(audience[name] ?? '')])),
  };
}

/** What a new mailing of a kind begins with; `target` is the milestone it is about. */
export async function firstWords(c: HttpContext, kind: MailingKind, target: number): Promise<FormValues> {
  const wall = `${await campaignBase(c.get('k'))}/wall`;
  const words = LOCALES.flatMap((lang): [string, string][] => {
    const text = mailingText(lang);
    const number = formatNumber(lang, target);
    if (kind === 'agree-again')
      return [
        [`${lang}-subject`, text.againSubject],
        [`${lang}-body`, text.againBody],
      ];
    if (kind === 'milestone')
      return [
        [`${lang}-subject`, text.milestoneSubject(number)],
        [`${lang}-body`, text.milestoneBody(number, wall)],
      ];
    return [];
  });
  return { as: kind, edition: '0', ...Object.fromEntries(words) };
}

/** The form in which a mailing is written. */
export async function mailingForm(c: HttpContext, action: string, values: FormValues, problem?: Problem) {
  const locale = c.get('locale');
  const text = mailingText(locale);
  const title = action.endsWith('/new') ? text.newTitle : text.editTitle;
  const value = (name: string) => String(values[name] ?? '');
  const { version } = await currentDeclaration(c.get('k'));
  const versions = Array.from({ length: version }, (_, i) => String(version - i));
  const again = kindOf(values.as) === 'agree-again';
  const names = (list: readonly string[], label: (one: never) => string) =>
    list.map((one) => ({ value: one, label: label(one as never) }));
  const select = (
    name: (typeof CONDITIONS)[number],
    options: readonly { value: string; label: string }[],
  ) => (
    <Select
      name={`to-${name}`}
      label={text[name]}
      value={value(`to-${name}`)}
      empty={text.any}
      options={options}
    />
  );
  return renderPage(
    c,
    { title, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign/mailings">{text.back}</a>
      </p>
      <h1>{title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <form method="post" action={action}>
        <input type="hidden" name="edition" value={value('edition')} />
        <input type="hidden" name="as" value={value('as')} />
        {LOCALES.map((lang) => (
          <fieldset>
            <legend>{text.languages[lang]}</legend>
            <Field
              name={`${lang}-subject`}
              label={text.subject}
              lang={lang}
              value={value(`${lang}-subject`)}
              maxLength={120}
            />
            <Field
              name={`${lang}-body`}
              label={text.body}
              hint={text.bodyHint}
              lang={lang}
              rows={10}
              value={value(`${lang}-body`)}
            />
          </fieldset>
        ))}
        <fieldset>
          <legend>{text.audience}</legend>
          <p class="hint">{again ? text.audienceAgain : text.audienceHint}</p>
          {select(
            'locale',
            names(LOCALES, (one: Locale) => text.languages[one]),
          )}
          {select(
            'craft',
            names(CRAFTS, (one: (typeof CRAFTS)[number]) => craftName(locale, one)),
          )}
          {select('country', countryOptions(locale))}
          {select(
            'kind',
            names(KINDS, (one: (typeof KINDS)[number]) => text.kindNames[one]),
          )}
          {!again &&
            select(
              'version',
              names(versions, (one: string) => one),
            )}
        </fieldset>
        <button type="submit">{text.save}</button>
      </form>
    </>,
  );
}
