import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  CsvError,
  checkFields,
  createRouter,
  formatDate,
  formatNumber,
  type HttpContext,
  Problem,
  type Router,
  readCsv,
  readUpload,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Empty, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { declarationToSign } from '../declaration/declaration.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { listRosters } from './find-roster.ts';
import { defaultsSchema, MAX_FILE_BYTES, ROLES } from './model.ts';
import { DefaultsFields } from './roster-fields.tsx';
import { templateCsv } from './roster-files.ts';
import { rosterText } from './roster-messages.ts';
import { fail } from './roster-problems.ts';
import { takeRoster } from './take-roster.ts';

/** What holds for a whole list, as forms send it. */
export const listForm = defaultsSchema.extend({
  role: z.enum(ROLES),
  collectKey: z.string().max(100).optional(),
});

/** `/rosters`: lists of people somebody signs for; sending one as a file. */
export function rosterPages(): Router {
  const router = createRouter();

  router.get('/rosters', async (c) => {
    await requireUser(c);
    const party = await requireParty(c);
    const locale = c.get('locale');
    const text = rosterText(locale);
    const lists = await listRosters(c.get('k'), party.id);
    const done = c.req.query('done');
    return renderPage(
      c,
      { title: text.list.title },
      <>
        <h1>{text.list.title}</h1>
        {done === 'discarded' && (
          <Notice tone="good">
            <p>{text.show.done.discarded}</p>
          </Notice>
        )}
        <p class="lead">{text.list.lead}</p>
        <p>{text.list.as(party.name)}</p>
        <p>
          <a class="button" href="/rosters/new">
            {text.list.upload}
          </a>{' '}
          <a class="button quiet" href="/rosters/people">
            {text.list.people}
          </a>
        </p>
        <p>
          <a href="/rosters/template.csv" download>
            {text.list.template}
          </a>
        </p>
        <h2>{text.list.how}</h2>
        <p>{text.list.howText}</p>
        {lists.length === 0 ? (
          <Empty title={text.list.none}>
            <p>{text.form.fileHint}</p>
          </Empty>
        ) : (
          <Table
            caption={text.list.mine}
            head={[text.list.file, text.list.state, text.list.rows, text.list.sent]}
            numbers={[2]}
            rows={lists.map((one) => [
              <a href={`/rosters/${one.id}`}>
                <bdi>{one.file_name}</bdi>
              </a>,
              text.states[one.state],
              formatNumber(locale, one.lines),
              formatDate(locale, one.created_at),
            ])}
          />
        )}
      </>,
    );
  });

  router.get('/rosters/template.csv', (c) =>
    c.body(templateCsv('roster', c.get('locale')), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="clearway-list.csv"',
    }),
  );

  router.get('/rosters/new', (c) => uploadForm(c, { collectKey: c.req.query('collect') }));
  router.post('/rosters/new', async (c) => {
    const { id: userId } = await requireUser(c);
    const upload = await readUpload(c, { maxBytes: MAX_FILE_BYTES });
    try {
      const { role, collectKey, ...defaults } = checkFields(listForm, upload.fields);
      const party = await requireParty(c);
      const { file } = upload;
      if (!file || file.bytes === 0) throw fail('roster-file-missing');
      const taken = await takeRoster(
        c.get('k'),
        {
          ...{ origin: 'roster', role, userId, defaults, collectKey },
          through: { name: party.name, partyId: party.id },
          locale: c.get('locale'),
          file: { name: file.filename || 'list.csv', sha256: file.sha256 },
        },
        readCsv(() => file.open()),
      );
      return c.redirect(`/rosters/${taken.id}${taken.known ? '?done=known' : ''}`, 303);
    } catch (error) {
      const problem = problemOf(error);
      return uploadForm(c, upload.fields, problem);
    } finally {
      await upload.discard();
    }
  });
  return router;
}

/** What is wrong with a file is a problem like any other. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CsvError)
    return fail('roster-file-unreadable', { detail: `${error.reason}, ${error.line}` });
  if (error instanceof Problem) return error;
  throw error;
}

/** For whom a list is sent, and the key of a declaration that is not public yet. */
export async function frame(c: HttpContext, values: FormValues) {
  await requireUser(c);
  const party = await requireParty(c);
  const collectKey = String(values.collectKey ?? '');
  const coming = collectKey === '' ? undefined : await declarationToSign(c.get('k'), collectKey);
  return { party, collectKey: coming ? collectKey : '' };
}

async function uploadForm(c: HttpContext, values: FormValues, problem?: Problem) {
  const { party, collectKey } = await frame(c, values);
  const locale = c.get('locale');
  const text = rosterText(locale);
  return renderPage(
    c,
    { title: text.form.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.form.title}</h1>
      <p>{text.list.as(party.name)}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {collectKey !== '' && (
        <Notice>
          <p>{text.form.embargo}</p>
        </Notice>
      )}
      <form method="post" action="/rosters/new" enctype="multipart/form-data">
        {collectKey !== '' && <input type="hidden" name="collectKey" value={collectKey} />}
        <DefaultsFields locale={locale} values={values} />
        <Field
          name="file"
          type="file"
          label={text.form.file}
          hint={text.form.fileHint}
          accept=".csv,text/csv,text/plain"
          required
        />
        <p>
          <a href="/rosters/template.csv" download>
            {text.list.template}
          </a>
        </p>
        <button type="submit">{text.form.send}</button>
      </form>
    </>,
  );
}
