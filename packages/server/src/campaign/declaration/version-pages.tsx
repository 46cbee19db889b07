import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatTime,
  formFields,
  type HttpContext,
  LOCALES,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Checkbox, Facts, Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import { campaignBase } from '../faces/faces.ts';
import { fail } from '../problems.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { currentDeclaration } from './declaration.ts';
import type { DeclarationText, DeclarationTexts } from './declaration-text.ts';
import {
  approveDeclaration,
  discardDeclaration,
  findVersion,
  proposeDeclaration,
  saveDraft,
  wordsSchema,
} from './edit-declaration.ts';
import type { DeclarationRow } from './store-declarations.ts';
import { Words } from './words.tsx';

const PATH = '/operator/campaign/versions';

/** `/operator/campaign/versions/…`: write, preview, propose and approve the next version of the declaration. */
export function versionPages(): Router {
  const router = createRouter();
  router.get(`${PATH}/next`, async (c) => {
    await requireOperator(c);
    const { texts } = await currentDeclaration(c.get('k'));
    return form(c, { ...toFields(texts), edition: '0' }, undefined);
  });
  router.post(`${PATH}/next`, async (c) => save(c));
  router.get(`${PATH}/:version`, async (c) => show(c));
  router.get(`${PATH}/:version/edit`, async (c) => {
    const row = await find(c);
    return form(c, { ...toFields(row.texts), edition: String(row.edition) }, row.version);
  });
  router.post(`${PATH}/:version`, async (c) => {
    const { id: by } = await requireOperator(c);
    const fields = await formFields(c);
    const version = Number(c.req.param('version'));
    const about = { version, edition: Number(fields.edition), by };
    const k = c.get('k');
    try {
      if (fields.action === 'propose')
        await proposeDeclaration(k, {
          ...about,
          publishAt: minute(fields),
          embargo: fields.embargo === 'yes',
          keepsOpen: fields.keepsOpen === 'yes',
        });
      else if (fields.action === 'approve') await approveDeclaration(k, about);
      else {
        await discardDeclaration(k, { version, by });
        return c.redirect('/operator/campaign', 303);
      }
    } catch (error) {
      if (error instanceof Problem) return show(c, error);
      throw error;
    }
    return c.redirect(`${PATH}/${version}`, 303);
  });
  return router;
}

function minute(fields: FormValues): Date | null {
  const [date, time] = [String(fields.date ?? '').trim(), String(fields.time ?? '').trim()];
  if (date === '' && time === '') return null;
  const text = `${date}T${time}:00Z`;
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/.test(text) || Number.isNaN(at.getTime()))
    throw fail('publish-time-wrong');
  return at;
}

async function find(c: HttpContext): Promise<DeclarationRow> {
  await requireOperator(c);
  return findVersion(c.get('k'), Number(c.req.param('version')));
}

async function save(c: HttpContext) {
  const { id: by } = await requireOperator(c);
  const fields = await formFields(c);
  try {
    const texts = Object.fromEntries(
      LOCALES.map((lang) => [lang, checkFields(wordsSchema, wordsOf(fields, lang))]),
    ) as unknown as DeclarationTexts;
    const version = await saveDraft(c.get('k'), { texts, edition: Number(fields.edition), by });
    return c.redirect(`${PATH}/${version}`, 303);
  } catch (error) {
    if (error instanceof Problem) return form(c, fields, undefined, error);
    throw error;
  }
}

const PARTS = ['title', 'paragraphs', 'demandsIntro', 'demands', 'closing'] as const;

function wordsOf(fields: FormValues, lang: string) {
  return Object.fromEntries(PARTS.map((part) => [part, fields[`${lang}-${part}`]]));
}

function toFields(texts: DeclarationTexts): FormValues {
  const one = (words: DeclarationText) => ({
    ...words,
    paragraphs: words.paragraphs.join('\n\n'),
    demands: words.demands.join('\n'),
  });
  return Object.fromEntries(
    LOCALES.flatMap((lang) => PARTS.map((part) => [`${lang}-${part}`, one(texts[lang])[part]])),
  );
}

function form(c: HttpContext, values: FormValues, version: number | undefined, problem?: Problem) {
  const locale = c.get('locale');
  const text = deskText(locale).version;
  const title = version === undefined ? text.newTitle : text.title(version);
  const field = (lang: 'en' | 'de', part: (typeof PARTS)[number]) => ({
    name: `${lang}-${part}`,
    lang,
    value: String(values[`${lang}-${part}`] ?? ''),
    required: true,
  });
  return renderPage(
    c,
    { title, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign">{deskText(locale).desk.back}</a>
      </p>
      <h1>{title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <form method="post" action={`${PATH}/next`}>
        <input type="hidden" name="edition" value={String(values.edition ?? '0')} />
        {LOCALES.map((lang) => (
          <fieldset>
            <legend>{text.languages[lang]}</legend>
            <Field {...field(lang, 'title')} label={text.heading} maxLength={120} />
            <Field
              {...field(lang, 'paragraphs')}
              label={text.paragraphs}
              hint={text.paragraphsHint}
              rows={12}
            />
            <Field {...field(lang, 'demandsIntro')} label={text.demandsIntro} maxLength={200} />
            <Field {...field(lang, 'demands')} label={text.demands} hint={text.demandsHint} rows={8} />
            <Field {...field(lang, 'closing')} label={text.closing} maxLength={500} />
          </fieldset>
        ))}
        <button type="submit">{text.save}</button>
      </form>
    </>,
  );
}

async function show(c: HttpContext, problem?: Problem) {
  const row = await find(c);
  const locale = c.get('locale');
  const { version: text, desk } = deskText(locale);
  const open = row.state === 'draft' || row.state === 'proposed';
  const action = `${PATH}/${row.version}`;
  const edition = <input type="hidden" name="edition" value={String(row.edition)} />;
  const collect = row.collectKey && `${await campaignBase(c.get('k'))}/sign?collect=${row.collectKey}`;
  return renderPage(
    c,
    { title: text.title(row.version), ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign">{desk.back}</a>
      </p>
      <h1>{text.title(row.version)}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <Facts
        rows={[
          [desk.state, desk.states[row.state]],
          ...(row.state === 'draft'
            ? []
            : [[text.publishAt, row.publishAt ? formatTime(locale, row.publishAt) : text.atOnce] as const]),
          ...(row.embargo && row.state !== 'public'
            ? [[text.meanwhile, row.keepsOpen ? text.meanwhileOpen : text.meanwhileClosed] as const]
            : []),
          ...(collect && row.state === 'approved' ? [[text.collect, <code>{collect}</code>] as const] : []),
          ...(row.sha256 ? [[text.hash, <code>{row.sha256}</code>] as const] : []),
        ]}
      />
      {row.state === 'draft' && (
        <form method="post" action={action}>
          <h2>{text.propose}</h2>
          <p>{text.proposeHint}</p>
          {edition}
          <Field name="date" label={text.date} maxLength={10} />
          <Field name="time" label={text.time} maxLength={5} />
          <Checkbox name="embargo" label={text.embargo} />
          <Checkbox name="keepsOpen" label={text.keepsOpen} />
          <button type="submit" name="action" value="propose">
            {text.proposeButton}
          </button>
        </form>
      )}
      {row.state === 'proposed' && (
        <form method="post" action={action}>
          <h2>{text.approve}</h2>
          <p>{text.approveHint}</p>
          {edition}
          <button type="submit" name="action" value="approve">
            {text.approveButton}
          </button>
        </form>
      )}
      {open && (
        <p>
          <a href={`${action}/edit`}>{text.edit}</a>
        </p>
      )}
      {row.state !== 'public' && (
        <form method="post" action={action}>
          <button type="submit" name="action" value="discard" class="danger">
            {text.discard}
          </button>
        </form>
      )}
      <h2>{text.preview}</h2>
      {LOCALES.map((lang) => (
        <article class="declaration" lang={lang}>
          <h3>{row.texts[lang].title}</h3>
          <Words words={row.texts[lang]} />
        </article>
      ))}
    </>,
  );
}
