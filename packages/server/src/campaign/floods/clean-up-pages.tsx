import { z } from 'zod';
import { networkOf, requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatNumber,
  formatTime,
  formFields,
  type HttpContext,
  type Kernel,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { asCraft, CRAFTS, countryName, countryOptions, craftName, isCountry } from '../../parties/index.ts';
import { ActionForm, Field, Notice, ProblemNotice, renderPage, Select, Table } from '../../web/index.ts';
import {
  type CleanUp,
  type CleanUpPreview,
  cleanUp,
  listCleanUps,
  previewCleanUp,
  undoCleanUp,
} from './clean-up.ts';
import { type Conditions, conditionsSchema } from './clean-up-conditions.ts';
import { floodText } from './flood-messages.ts';
import { networkHash } from './network-hash.ts';

const PATH = '/operator/campaign/clean-up';
const NAMES = ['network', 'domain', 'country', 'craft', 'name', 'through', 'from', 'until'] as const;
type Typed = { readonly [name in (typeof NAMES)[number]]?: string };

const executeForm = z.object({
  expected: z.coerce.number().int().min(1),
  reason: cleanLine(500),
  conditions: conditionsSchema.extend({ until: conditionsSchema.shape.until.unwrap() }),
});

/** `/operator/campaign/clean-up`: conditions, dry run, the taking out, and what was taken out so far. */
export function cleanUpPages(): Router {
  const router = createRouter();

  router.get(PATH, async (c) => {
    await requireOperator(c);
    const typed = typedIn(c.req.query());
    if (Object.keys(typed).length === 0) return show(c, { typed });
    try {
      const preview = await previewCleanUp(c.get('k'), await readConditions(c.get('k'), typed));
      return show(c, { typed, preview });
    } catch (error) {
      if (error instanceof Problem) return show(c, { typed, problem: error });
      throw error;
    }
  });

  router.post(PATH, async (c) => {
    const { id: operatorId } = await requireOperator(c);
    const fields = await formFields(c);
    const typed = typedIn(fields);
    try {
      const about = checkFields(executeForm, { ...fields, conditions: typed });
      const { taken } = await cleanUp(c.get('k'), { ...about, operatorId });
      return c.redirect(`${PATH}?done=${taken}`, 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const again = conditionsSchema.safeParse(typed);
      const preview = again.success ? await previewCleanUp(c.get('k'), again.data) : undefined;
      return show(c, { typed, problem: error, ...(preview ? { preview } : {}) });
    }
  });

  router.post(`${PATH}/:id/undo`, async (c) => {
    const { id: operatorId } = await requireOperator(c);
    const { id, reason } = checkFields(z.object({ id: z.uuid(), reason: cleanLine(500) }), {
      ...(await formFields(c)),
      id: c.req.param('id'),
    });
    const restored = await undoCleanUp(c.get('k'), { id, reason, operatorId });
    return c.redirect(`${PATH}?undone=${restored}`, 303);
  });

  return router;
}

/** What was given; empty fields are no conditions. */
function typedIn(fields: { readonly [name: string]: string | string[] | undefined }): Typed {
  const given = NAMES.map((name) => [name, String(fields[name] ?? '').trim()]).filter(([, value]) => value);
  return Object.fromEntries(given);
}

/** A network may be given as an address too; only its hash is used, and neither is kept. */
async function readConditions(k: Kernel, typed: Typed): Promise<Conditions> {
  const hash = await networkHash(k, networkOf(typed.network ?? ''));
  return checkFields(conditionsSchema, hash ? { ...typed, network: hash } : typed);
}

type Shown = {
  readonly typed: Typed;
  readonly preview?: CleanUpPreview;
  readonly problem?: Problem;
};

async function show(c: HttpContext, { typed, preview, problem }: Shown) {
  const locale = c.get('locale');
  const text = floodText(locale);
  const number = (name: string) => /^\d{1,9}$/.exec(c.req.query(name) ?? '')?.[0];
  const [done, undone] = [number('done'), number('undone')];
  return renderPage(
    c,
    { title: text.cleanUp, wide: true, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.cleanUp}</h1>
      {done && (
        <Notice tone="good">
          <p>{text.done(formatNumber(locale, Number(done)))}</p>
        </Notice>
      )}
      {undone && (
        <Notice tone="good">
          <p>{text.undone(formatNumber(locale, Number(undone)))}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{text.cleanUpIntro}</p>
      <ConditionsForm locale={locale} typed={typed} />
      {preview && <Preview locale={locale} preview={preview} />}
      <Done locale={locale} done={await listCleanUps(c.get('k'))} />
      <p>
        <a href="/operator/campaign/floods">{text.back}</a>
      </p>
    </>,
  );
}

function ConditionsForm({ locale, typed }: { locale: Locale; typed: Typed }) {
  const text = floodText(locale);
  return (
    <form method="get" action={PATH} class="filters">
      <Field name="network" label={text.network} value={typed.network} maxLength={64} />
      <Field name="domain" label={text.domain} value={typed.domain} maxLength={253} />
      <Field name="name" label={text.name} hint={text.nameHint} value={typed.name} maxLength={200} />
      <Field name="through" label={text.through} value={typed.through} maxLength={200} />
      <Field name="from" label={text.from} hint={text.timeHint} value={typed.from} maxLength={25} />
      <Field name="until" label={text.until} hint={text.timeHint} value={typed.until} maxLength={25} />
      <Select
        name="country"
        label={text.country}
        value={typed.country}
        empty={text.any}
        options={countryOptions(locale)}
      />
      <Select
        name="craft"
        label={text.craft}
        value={typed.craft}
        empty={text.any}
        options={CRAFTS.map((craft) => ({ value: craft, label: craftName(locale, craft) }))}
      />
      <button type="submit">{text.dryRun}</button>
    </form>
  );
}

function Preview({ locale, preview }: { locale: Locale; preview: CleanUpPreview }) {
  const text = floodText(locale);
  const { conditions, count, byState, sample } = preview;
  const number = (value: number) => formatNumber(locale, value);
  if (count === 0) return <Notice>{<p>{text.foundNone}</p>}</Notice>;
  return (
    <section aria-labelledby="dry-run">
      <h2 id="dry-run">{text.found(number(count))}</h2>
      <ul>
        {(['confirmed', 'held', 'pending'] as const).map((state) => (
          <li>
            {text.states[state]}: {number(byState[state])}
          </li>
        ))}
      </ul>
      <Table
        caption={text.sample}
        head={[
          text.sampleName,
          text.craft,
          text.country,
          text.domain,
          text.network,
          text.through,
          text.state,
          text.at,
        ]}
        rows={sample.map((row) => [
          <bdi>{row.name}</bdi>,
          craftName(locale, row.craft),
          countryName(locale, row.country),
          row.domain || '–',
          row.network?.slice(0, 12) ?? '–',
          row.through === null ? '–' : <bdi>{row.through}</bdi>,
          text.states[row.state as keyof typeof text.states],
          formatTime(locale, row.signedAt),
        ])}
      />
      <form method="post" action={PATH}>
        {Object.entries(conditions)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value instanceof Date ? value.toISOString() : value} />
          ))}
        <input type="hidden" name="expected" value={String(count)} />
        <Field name="reason" label={text.reason} hint={text.reasonHint} required maxLength={500} />
        <button type="submit" class="danger">
          {text.execute(number(count))}
        </button>
      </form>
    </section>
  );
}

function Done({ locale, done }: { locale: Locale; done: readonly CleanUp[] }) {
  const text = floodText(locale);
  const number = (value: number) => formatNumber(locale, value);
  if (done.length === 0) return <p class="hint">{text.listNone}</p>;
  return (
    <Table
      caption={text.list}
      head={[text.when, text.taken, text.conditions, text.reason, text.what]}
      rows={done.map(({ id, doneAt, taken, conditions, reason, undone }) => [
        formatTime(locale, doneAt),
        number(taken),
        describe(locale, conditions),
        reason,
        undone ? (
          text.undoneAt(formatTime(locale, undone.at), number(undone.restored), undone.reason)
        ) : (
          <ActionForm action={`${PATH}/${id}/undo`} label={text.undo}>
            <Field name="reason" id={`undo-${id}`} label={text.undoReason} required maxLength={500} />
          </ActionForm>
        ),
      ])}
    />
  );
}

function describe(locale: Locale, conditions: { readonly [name: string]: string }): string {
  const text = floodText(locale);
  return NAMES.filter((name) => conditions[name])
    .map((name) => {
      const value = conditions[name]!;
      const craft = asCraft(value);
      if (name === 'network') return `${text.network}: ${value.slice(0, 12)}`;
      if (name === 'craft' && craft) return `${text.craft}: ${craftName(locale, craft)}`;
      if (name === 'country' && isCountry(value)) return `${text.country}: ${countryName(locale, value)}`;
      if (name === 'from' || name === 'until')
        return `${text[name]}: ${value.slice(0, 19).replace('T', ' ')}`;
      return `${text[name]}: ${value}`;
    })
    .join(' · ');
}
