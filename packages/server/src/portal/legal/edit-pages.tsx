import { z } from 'zod';
import { recordActivity, requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  cleanText,
  createRouter,
  dropTextDraft,
  failCommon,
  formatDate,
  formFields,
  type HttpContext,
  inTx,
  LOCALES,
  Problem,
  publishText,
  type Router,
  readTextDraft,
  requireInstance,
  saveTextDraft,
  textsInForce,
} from '../../kernel/index.ts';
import {
  ActionForm,
  Badge,
  Field,
  issueText,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { legalTexts } from './find-legal-text.ts';
import { isLegalKey, type LegalKey } from './legal-keys.ts';
import { legalText as words } from './messages.ts';
import { PlainText } from './plain-text.tsx';
import { shippedText } from './shipped-texts.ts';

const HERE = '/operator/legal';
const body = cleanText(40_000).refine((text) => text.length > 0, 'must not be empty');
const revision = z.coerce.number().int().min(0).max(1_000_000);
const draftForm = z.object({ en: body, de: body, revision });
const publishForm = z.object({
  revision,
  date: z.union([z.literal('').transform(() => undefined), z.iso.date()]).optional(),
});
type Typed = { readonly [field: string]: string | string[] | undefined };

/** `/operator/legal`: the texts the operator owes the public; write, look, publish with a date. */
export function legalEditPages(): Router {
  const router = createRouter();
  router.get(HERE, (c) => list(c));
  router.get(`${HERE}/:key`, async (c) => edit(c, await keyOf(c)));
  router.get(`${HERE}/:key/preview`, async (c) => preview(c, await keyOf(c)));

  router.post(`${HERE}/:key`, async (c) => {
    const key = await keyOf(c);
    const typed = await formFields(c);
    try {
      const { revision, ...bodies } = checkFields(draftForm, typed);
      if (!(await saveTextDraft(c.get('k'), key, { bodies, revision })))
        throw failCommon('changed-meanwhile');
      return c.redirect(`${HERE}/${key}/preview`, 303);
    } catch (error) {
      if (error instanceof Problem) return edit(c, key, { typed, problem: error });
      throw error;
    }
  });

  router.post(`${HERE}/:key/publish`, async (c) => {
    const [key, user] = [await keyOf(c), await requireOperator(c)];
    try {
      const { revision, date } = checkFields(publishForm, await formFields(c));
      const { zone } = await requireInstance(c.get('k'));
      const made = await inTx(c.get('k'), async (t) => {
        const version = await publishText(t, { key, revision, date, zone });
        if (!version) throw failCommon('changed-meanwhile');
        const detail = { version: version.version, en: version.sha256.en, de: version.sha256.de };
        await recordActivity(t, { actor: user.id, action: 'text.published', subject: `text:${key}`, detail });
        return version;
      });
      return c.redirect(`${HERE}?published=${made.version}`, 303);
    } catch (error) {
      if (error instanceof Problem) return preview(c, key, error);
      throw error;
    }
  });

  router.post(`${HERE}/:key/drop`, async (c) => {
    await dropTextDraft(c.get('k'), await keyOf(c));
    return c.redirect(HERE, 303);
  });
  return router;
}

async function keyOf(c: HttpContext): Promise<LegalKey> {
  await requireOperator(c);
  await requireInstance(c.get('k'));
  const key = c.req.param('key');
  if (!isLegalKey(key)) throw failCommon('not-found');
  return key;
}

async function list(c: HttpContext) {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { zone } = await requireInstance(k);
  const text = words(locale);
  const published = /^\d{1,6}$/.exec(c.req.query('published') ?? '')?.[0];
  const rows = [];
  for (const { key, current } of await legalTexts(k)) {
    const draft = await readTextDraft(k, key);
    rows.push([
      <a href={`/${key}`}>{text.names[key]}</a>,
      <>
        {current ? (
          text.version(current.version, formatDate(locale, current.appliesFrom, zone))
        ) : (
          <Badge tone="warn">{text.list.shipped}</Badge>
        )}{' '}
        {draft && <Badge>{text.list.draft}</Badge>}
      </>,
      <a href={draft ? `${HERE}/${key}/preview` : `${HERE}/${key}`}>{text.list.edit(text.names[key])}</a>,
    ]);
  }
  return renderPage(
    c,
    { title: text.list.title },
    <>
      <h1>{text.list.title}</h1>
      {published && <Notice tone="good">{text.preview.done(Number(published))}</Notice>}
      <p class="lead">{text.list.intro}</p>
      <Table
        caption={text.list.caption}
        captionHidden
        head={[text.list.name, text.list.state, text.list.change]}
        rows={rows}
      />
      <p class="hint">{text.list.advice}</p>
    </>,
  );
}

async function edit(c: HttpContext, key: LegalKey, again?: { typed: Typed; problem: Problem }) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = words(locale);
  const draft = await readTextDraft(k, key);
  const before =
    draft?.bodies ??
    (await textsInForce(k, [key])).get(key)?.bodies ??
    shippedText(key, await requireInstance(k));
  const problem = again?.problem;
  const errors = new Map(
    ((problem?.fields.errors ?? []) as { path: string; message: string }[]).map(({ path, message }) => [
      path,
      issueText(locale, message),
    ]),
  );
  const gaps = (before[locale].match(/\[[^\]]+\]/g) ?? []).length;
  return renderPage(
    c,
    { title: text.edit.title(text.names[key]), ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.edit.title(text.names[key])}</h1>
      <ProblemNotice problem={problem} locale={locale} beside />
      <p class="lead">{text.edit.intro}</p>
      {key === 'imprint' && <p>{text.edit.imprintHint}</p>}
      {gaps > 0 && <Notice tone="warn">{text.edit.gaps(gaps)}</Notice>}
      <form method="post" action={`${HERE}/${key}`}>
        <input type="hidden" name="revision" value={String(draft?.revision ?? 0)} />
        {LOCALES.map((one) => (
          <Field
            name={one}
            label={text.edit[one]}
            value={String(again?.typed[one] ?? before[one])}
            error={errors.get(one)}
            rows={24}
            lang={one}
            maxLength={40_000}
            required
          />
        ))}
        <button type="submit" class="main">
          {text.edit.preview}
        </button>
      </form>
      {problem?.code === 'changed-meanwhile' &&
        LOCALES.map((one) => (
          <section lang={one}>
            <h2>{text.edit.stored(text.edit[one])}</h2>
            <pre class="plain">{before[one]}</pre>
          </section>
        ))}
      {draft && <ActionForm action={`${HERE}/${key}/drop`} label={text.edit.drop} tone="danger" />}
      <p>
        <a href={HERE}>{text.edit.back}</a>
      </p>
    </>,
  );
}

async function preview(c: HttpContext, key: LegalKey, problem?: Problem) {
  const text = words(c.get('locale'));
  const draft = await readTextDraft(c.get('k'), key);
  if (!draft) return c.redirect(`${HERE}/${key}`, 303);
  return renderPage(
    c,
    { title: text.preview.title(text.names[key]), ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.preview.title(text.names[key])}</h1>
      <ProblemNotice problem={problem} locale={c.get('locale')} />
      <p class="lead">{text.edit.draft}</p>
      <form method="post" action={`${HERE}/${key}/publish`}>
        <input type="hidden" name="revision" value={String(draft.revision)} />
        <Field name="date" type="date" label={text.preview.from} hint={text.preview.fromHint} />
        <button type="submit" class="main">
          {text.preview.publish}
        </button>
      </form>
      <p>
        <a href={`${HERE}/${key}`}>{text.preview.edit}</a>
      </p>
      {LOCALES.map((one) => (
        <section lang={one} class="legal">
          <h2>{text.edit[one]}</h2>
          <PlainText text={draft.bodies[one]} level={3} />
        </section>
      ))}
    </>,
  );
}
