import { Readable } from 'node:stream';
import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  readCsv,
  readUpload,
  requireInstance,
} from '../../kernel/index.ts';
import { countryName, craftName } from '../../parties/index.ts';
import { Empty, Field, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { requireModerator } from '../partners/require-moderator.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { decideRoster } from './decide-roster.ts';
import { findAnyRoster, rosterLines, submittedRosters, waitingRosters } from './find-roster.ts';
import { INSTANCE_PARTY, importDefaultsSchema, MAX_FILE_BYTES } from './model.ts';
import { rosterDecisionSchema } from './roster-decision.ts';
import { documentOf, templateCsv } from './roster-files.ts';
import { rosterText } from './roster-messages.ts';
import { showRoster } from './roster-page.tsx';
import { problemOf } from './roster-pages.tsx';
import { fail } from './roster-problems.ts';
import { RosterFacts } from './roster-view.tsx';
import type { RosterLine, RosterRow } from './store-rosters.ts';
import { takeRoster } from './take-roster.ts';

const PATH = '/operator/campaign/rosters';
const IMPORTS = '/operator/campaign/imports';
const SAMPLE = 50;
const importFields = importDefaultsSchema.extend({ collectKey: z.string().max(100).optional() });

/** `/operator/campaign/rosters` and `/imports`: deciding about lists of others, and bringing over earlier ones. */
export function rosterDesk(): Router {
  const router = createRouter();
  router.get(PATH, async (c) => {
    await requireModerator(c);
    const [k, locale] = [c.get('k'), c.get('locale')];
    const text = rosterText(locale).desk;
    const waiting = await waitingRosters(k);
    return renderPage(
      c,
      { title: text.title, wide: true },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {waiting.length === 0 ? (
          <Empty title={text.none}>
            <p>
              <a href={IMPORTS}>{text.import}</a>
            </p>
          </Empty>
        ) : (
          <>
            <Rosters locale={locale} caption={text.waiting(String(waiting.length))} rosters={waiting} />
            <p>
              <a href={IMPORTS}>{text.import}</a>
            </p>
          </>
        )}
        <Rosters locale={locale} caption={text.all} rosters={await submittedRosters(k, 'roster')} />
      </>,
    );
  });

  router.get(`${PATH}/:id`, (c) => decide(c));
  router.get(`${PATH}/:id/document`, async (c) => {
    await requireModerator(c);
    const found = await documentOf(c.get('k'), await findAnyRoster(c.get('k'), c.req.param('id')));
    if (!found) throw fail('roster-unknown');
    return c.body(Readable.toWeb(Readable.from(found.content)) as ReadableStream, 200, {
      'Content-Type': found.type,
      'Content-Disposition': 'attachment',
      'Cache-Control': 'no-store',
    });
  });
  router.post(`${PATH}/:id`, async (c) => {
    const { id: by } = await requireModerator(c);
    const fields = await formFields(c);
    try {
      const decision = checkFields(rosterDecisionSchema, fields);
      await decideRoster(c.get('k'), { ...decision, id: c.req.param('id'), by });
    } catch (error) {
      if (error instanceof Problem && error.code !== 'roster-unknown') return decide(c, error);
      throw error;
    }
    return c.redirect(PATH, 303);
  });

  router.get(IMPORTS, (c) => importForm(c, {}));
  router.post(IMPORTS, async (c) => {
    const { id: userId } = await requireOperator(c);
    const upload = await readUpload(c, { maxBytes: MAX_FILE_BYTES });
    try {
      const { collectKey, ...defaults } = checkFields(importFields, upload.fields);
      const { file } = upload;
      if (!file || file.bytes === 0) throw fail('roster-file-missing');
      const instance = await requireInstance(c.get('k'));
      const taken = await takeRoster(
        c.get('k'),
        {
          ...{ origin: 'import', role: 'organiser', userId, collectKey },
          defaults: { basis: 'confirm', ...defaults },
          through: { name: instance.operator.name, partyId: INSTANCE_PARTY },
          locale: c.get('locale'),
          file: { name: file.filename || 'list.csv', sha256: file.sha256 },
        },
        readCsv(() => file.open()),
      );
      return c.redirect(`${IMPORTS}/${taken.id}${taken.known ? '?done=known' : ''}`, 303);
    } catch (error) {
      return importForm(c, upload.fields, problemOf(error));
    } finally {
      await upload.discard();
    }
  });
  router.get(`${IMPORTS}/template.csv`, (c) =>
    c.body(templateCsv('import', c.get('locale')), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="clearway-import.csv"',
    }),
  );
  showRoster(router, IMPORTS, IMPORTS, async (c) => ({
    userId: (await requireOperator(c)).id,
    partyId: INSTANCE_PARTY,
  }));
  return router;
}

function Rosters(props: { locale: Locale; caption: string; rosters: readonly RosterRow[] }) {
  const { locale, caption, rosters } = props;
  const { list, show, states } = rosterText(locale);
  if (rosters.length === 0) return null;
  return (
    <Table
      caption={caption}
      head={[list.file, show.role, list.rows, list.sent, list.state]}
      numbers={[2]}
      rows={rosters.map((one) => [
        <a href={`${one.origin === 'import' ? IMPORTS : PATH}/${one.id}`}>
          <bdi>{one.file_name}</bdi>
        </a>,
        <bdi>{one.through_name}</bdi>,
        formatNumber(locale, one.fine),
        formatDate(locale, one.submitted_at ?? one.created_at),
        states[one.state],
      ])}
    />
  );
}

async function decide(c: HttpContext, problem?: Problem) {
  await requireModerator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const roster = await findAnyRoster(k, c.req.param('id') ?? '');
  const text = rosterText(locale).desk;
  const lines = await rosterLines(k, roster.id, { bad: false, after: 0, limit: SAMPLE });
  const good = lines.filter(({ person }) => person !== null);
  const open = roster.state === 'waiting';
  const living = roster.state === 'published' || roster.state === 'publishing';
  const path = `${PATH}/${roster.id}`;
  return renderPage(
    c,
    { title: `${roster.file_name} · ${text.title}`, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href={PATH}>{text.title}</a>
      </p>
      <h1>
        <bdi>{roster.through_name}</bdi>
      </h1>
      <ProblemNotice problem={problem} locale={locale} />
      <RosterFacts locale={locale} roster={roster} />
      <p>
        {text.reference}: {roster.defaults.reference ?? text.noDocument}
        {roster.document_name && (
          <>
            {' · '}
            <a href={`${path}/document`} download>
              {text.open}
            </a>
          </>
        )}
      </p>
      {good.length > 0 && <Sample locale={locale} rows={good} />}
      {(open || living) && (
        <form method="post" action={path}>
          <Field name="answer" label={text.answer} rows={3} required maxLength={2_000} />
          {open && (
            <>
              <button type="submit" name="outcome" value="publish">
                {text.publish}
              </button>{' '}
              <button type="submit" name="outcome" value="refuse" class="danger">
                {text.refuse}
              </button>
            </>
          )}
          {living && (
            <button type="submit" name="outcome" value="remove" class="danger">
              {text.remove}
            </button>
          )}
        </form>
      )}
    </>,
  );
}

function Sample({ locale, rows }: { locale: Locale; rows: readonly RosterLine[] }) {
  const text = rosterText(locale);
  const shownBy = ({ proof }: RosterLine) =>
    proof && 'authority' in proof
      ? `${text.authorities[proof.authority]}, ${formatDate(locale, new Date(proof.on))} · ${proof.reference ?? '–'}`
      : text.form.byConfirm;
  return (
    <Table
      caption={text.desk.sample}
      head={[text.show.line, text.show.name, text.form.craft, text.form.country, text.desk.reference]}
      rows={rows.map((row) => [
        String(row.line),
        <bdi>{row.person!.name}</bdi>,
        craftName(locale, row.person!.craft),
        countryName(locale, row.person!.country),
        <bdi>{shownBy(row)}</bdi>,
      ])}
    />
  );
}

async function importForm(c: HttpContext, values: FormValues, problem?: Problem) {
  await requireOperator(c);
  const locale = c.get('locale');
  const { import: text, form, desk } = rosterText(locale);
  const value = (name: string) => String(values[name] ?? '');
  return renderPage(
    c,
    { title: text.title, wide: true, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href={PATH}>{desk.title}</a>
      </p>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <form method="post" action={IMPORTS} enctype="multipart/form-data">
        <Field name="signedOn" type="date" label={text.signedOn} value={value('signedOn')} />
        <Field name="source" label={text.source} value={value('source')} maxLength={200} />
        <Field name="text" label={text.text} value={value('text')} maxLength={64} />
        <Field name="reference" label={form.reference} value={value('reference')} maxLength={300} />
        <Field
          name="file"
          type="file"
          label={form.file}
          hint={form.fileHint}
          accept=".csv,text/csv"
          required
        />
        <p>
          <a href={`${IMPORTS}/template.csv`} download>
            {text.template}
          </a>
        </p>
        <button type="submit">{form.send}</button>
      </form>
      <Rosters
        locale={locale}
        caption={desk.imports}
        rosters={await submittedRosters(c.get('k'), 'import')}
      />
    </>,
  );
}
