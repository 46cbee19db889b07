import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  csvRow,
  formatNumber,
  formatTime,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { LICENSED_UNITS, LICENSED_USES } from '../../licensing/index.ts';
import { offersText } from '../../offers/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Empty, Field, ProblemNotice, renderPage, Select, Table } from '../../web/index.ts';
import { checkText } from '../messages.ts';
import { quoteCheck } from '../quote-check.ts';
import { hitsOf, listChecks, readCheck } from '../read-check.ts';
import { takeReport } from '../take-report.ts';
import { ResultPage } from './result-page.tsx';

/** `/dataset-checks`: the list and the way to hand in a report; `/dataset-checks/:id`: a result. */
export function checkPages(): Router {
  const router = createRouter();
  router.get('/dataset-checks', (c) => listPage(c));
  router.post('/dataset-checks', async (c) => {
    let typed: Typed = {};
    try {
      const check = await takeReport(c, (fields) => {
        typed = fields;
      });
      return c.redirect(`/dataset-checks/${check.id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 401) throw error;
      return listPage(c, typed, error);
    }
  });
  router.get('/dataset-checks/:id', (c) => resultPage(c));
  router.post('/dataset-checks/:id/quote', async (c) => {
    const [k, user, party] = [c.get('k'), await requireUser(c), await requireParty(c)];
    const checkId = c.req.param('id');
    const fields = await formFields(c);
    try {
      const { unit, months, model } = checkFields(quoteForm, fields);
      const modelScope =
        unit === 'model-version' && model !== '' ? ({ kind: 'named', name: model } as const) : null;
      const asked = { checkId, partyId: party.id, askedBy: `user:${user.id}` };
      const made = await quoteCheck(k, { ...asked, unit, months, modelScope });
      return c.redirect(`/quotes/${made.id}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'check-unknown') throw error;
      return resultPage(c, error);
    }
  });
  router.get('/dataset-checks/:id/hits.csv', csv);
  return router;
}

type Typed = { readonly [name: string]: string | string[] };

const quoteForm = z.object({
  unit: z.enum(LICENSED_UNITS),
  months: z.coerce.number().int().min(1).max(60).default(12),
  model: z.literal('').or(cleanLine(200)).default(''),
});

async function listPage(c: HttpContext, typed: Typed = {}, problem?: Problem): Promise<Response> {
  const [k, locale, party] = [c.get('k'), c.get('locale'), await requireParty(c)];
  const [text, use] = [checkText(locale), offersText(locale).use];
  const { zone } = await requireInstance(k);
  const checks = await listChecks(k, party.id);
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {checks.length === 0 ? (
        <Empty title={text.none}>
          <p>{text.noneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={text.caption}
          head={[text.head.dataset, text.head.use, text.head.at, text.head.scanned, text.head.open]}
          rows={checks.map((check) => [
            check.dataset,
            use[check.use],
            formatTime(locale, check.handedInAt, zone),
            text.items(formatNumber(locale, check.items)),
            <a href={`/dataset-checks/${check.id}`}>{text.open}</a>,
          ])}
        />
      )}
      <section>
        <h2>{text.form.title}</h2>
        <p>{text.how}</p>
        <pre>
          <code>{`clearway scan data/ --instance ${k.site.baseUrl} --out result.parquet --report report.json`}</code>
        </pre>
        <form method="post" action="/dataset-checks" enctype="multipart/form-data">
          <Field
            name="dataset"
            label={text.form.dataset}
            hint={text.form.datasetHint}
            value={String(typed.dataset ?? '')}
            maxLength={200}
            required
          />
          <Select
            name="use"
            label={text.form.use}
            options={LICENSED_USES.map((value) => ({ value, label: use[value] }))}
            value={String(typed.use ?? 'ai-train')}
          />
          <Field
            name="report"
            type="file"
            label={text.form.report}
            hint={text.form.reportHint}
            accept="application/json,.json"
            required
          />
          <button type="submit">{text.form.send}</button>
        </form>
      </section>
    </>,
  );
}

async function resultPage(c: HttpContext, problem?: Problem): Promise<Response> {
  const [k, locale, party] = [c.get('k'), c.get('locale'), await requireParty(c)];
  const result = await readCheck(k, { checkId: c.req.param('id') ?? '', partyId: party.id });
  const { zone } = await requireInstance(k);
  const title = checkText(locale).result(result.check.dataset);
  return renderPage(
    c,
    { title, wide: true, status: problem?.status ?? 200 },
    <ResultPage
      locale={locale}
      zone={zone}
      title={title}
      result={result}
      company={party.kind === 'organisation'}
      asked={{
        state: c.req.query('state'),
        from: Number(/^\d{1,6}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0),
      }}
      problem={problem}
    />,
  );
}

const COLUMNS =
  'item,input,work,title,match,words,coverage,sha256,state,agreement,amount_micro,per_units,unit,currency,reason';

async function csv(c: HttpContext): Promise<Response> {
  const [k, party] = [c.get('k'), await requireParty(c)];
  const { check, works } = await readCheck(k, { checkId: c.req.param('id') ?? '', partyId: party.id });
  const byWork = new Map(works.map((work) => [work.workId, work]));
  const lines = [csvRow(COLUMNS.split(','))];
  for await (const { item, input, workId, kind, words, coverage, sha256 } of hitsOf(k, check.id)) {
    const { title = '', entitlement } = byWork.get(workId) ?? {};
    const { state = 'unknown', agreementId = null, price, reason = null } = entitlement ?? {};
    lines.push(
      csvRow([
        ...[item, input, workId, title, kind, words, coverage === null ? null : String(coverage), sha256],
        ...[state, agreementId, price?.amountMicro ?? null, price?.perUnits ?? null],
        ...[price?.unit ?? null, price?.currency ?? null, reason],
      ]),
    );
  }
  return c.body(lines.join(''), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="dataset-check-${check.id}.csv"`,
    'Cache-Control': 'private, no-store',
  });
}
