import { recordActivity, requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  csvRow,
  formatDate,
  formatMoney,
  formatNumber,
  formatTime,
  type HttpContext,
  type Locale,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { ActionForm, Badge, Empty, Facts, Notice, renderPage, Table } from '../../web/index.ts';
import { advanceRun } from '../advance-run.ts';
import { distributionText } from '../messages.ts';
import type { Run } from '../model.ts';
import { linesOfRun, listRuns, type RunTotal, readRun } from '../read-runs.ts';

const TONE = { planned: 'info', computed: 'info', verified: 'info', posted: 'good' } as const;

/** `/operator/runs` and one run, with all its parts as CSV. */
export function runsPages(): Router {
  const router = createRouter();
  router.get('/operator/runs', runsPage);
  router.get('/operator/runs/:id', runPage);
  router.get('/operator/runs/:id/lines.csv', runCsv);
  router.post('/operator/runs/:id/go-on', async (c) => {
    const user = await requireOperator(c);
    const { run } = await readRun(c.get('k'), c.req.param('id'));
    await advanceRun(c.get('k'), run.id);
    await recordActivity(c.get('k'), {
      actor: user.id,
      action: 'distribution.run-resumed',
      subject: `run:${run.id}`,
    });
    return c.redirect(`/operator/runs/${run.id}`, 303);
  });
  return router;
}

async function runsPage(c: HttpContext): Promise<Response> {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = distributionText(locale);
  const runs = await listRuns(k, { before: c.req.query('before') });
  return renderPage(
    c,
    { title: text.runs.title, wide: true },
    <>
      <h1>{text.runs.title}</h1>
      <p class="lead">{text.runs.intro}</p>
      {runs.length === 0 ? (
        <Empty title={text.runs.empty}>
          <p>{text.runs.emptyHint}</p>
          <p>
            <a href="/operator/invoices">{text.runs.invoices}</a>
          </p>
        </Empty>
      ) : (
        <Table
          caption={text.runs.title}
          captionHidden
          head={[text.head.run, text.head.kind, text.head.state, text.head.lines, text.head.total]}
          rows={runs.map((run) => [
            <a href={`/operator/runs/${run.id}`}>{formatTime(locale, run.plannedAt)}</a>,
            text.kind[run.kind],
            <StateBadge run={run} locale={locale} />,
            formatNumber(locale, run.lines),
            formatMoney(locale, run.totalMicro, run.currency),
          ])}
        />
      )}
      {runs.length === 50 && (
        <p>
          <a href={`/operator/runs?before=${runs.at(-1)!.id}`}>{text.runs.older}</a>
        </p>
      )}
      <p>
        <a href="/operator/suspense">{text.suspense.title}</a>
      </p>
    </>,
  );
}

function StateBadge({ run, locale }: { run: Run; locale: Locale }) {
  return (
    <Badge tone={run.fault ? 'bad' : TONE[run.state]}>{distributionText(locale).state[run.state]}</Badge>
  );
}

async function runPage(c: HttpContext): Promise<Response> {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { run, totals } = await readRun(k, c.req.param('id') ?? '');
  const { zone } = await requireInstance(k);
  const text = distributionText(locale);
  const title = text.run.title(text.kind[run.kind], formatDate(locale, run.plannedAt, zone));
  return renderPage(
    c,
    { title, wide: true },
    <>
      <h1>{title}</h1>
      {run.fault && (
        <Notice tone="bad">
          <p>{text.run.fault}</p>
          <p class="code">
            <code>{run.fault}</code>
          </p>
        </Notice>
      )}
      <RunFacts run={run} locale={locale} zone={zone} />
      {run.state !== 'posted' && (
        <ActionForm action={`/operator/runs/${run.id}/go-on`} label={text.run.goOn} tone="main" />
      )}
      <Totals run={run} totals={totals} locale={locale} />
      {run.state !== 'planned' && (
        <p>
          <a href={`/operator/runs/${run.id}/lines.csv`}>{text.runs.csv}</a>
        </p>
      )}
    </>,
  );
}

function RunFacts({ run, locale, zone }: { run: Run; locale: Locale; zone: string }) {
  const text = distributionText(locale);
  const at = (time: Date | null) => (time ? formatTime(locale, time, zone) : text.run.notYet);
  const hash = (value: string | null) => (value ? <code>{value}</code> : text.run.notYet);
  const subject =
    run.kind === 'release' ? (
      <a href={`/w/${run.subject}`}>{text.run.work}</a>
    ) : (
      <a href={`/invoices/${run.subject}`}>{text.run.invoice}</a>
    );
  return (
    <Facts
      rows={[
        [text.head.kind, subject],
        [text.head.state, <StateBadge run={run} locale={locale} />],
        [text.head.lines, formatNumber(locale, run.lines)],
        [text.head.total, formatMoney(locale, run.totalMicro, run.currency)],
        [text.run.planned, at(run.plannedAt)],
        [text.run.computed, at(run.computedAt)],
        [text.run.verified, at(run.verifiedAt)],
        [text.run.posted, at(run.postedAt)],
        [text.run.input, hash(run.inputSha256)],
        [text.run.sqlRoot, hash(run.sqlRoot)],
        [text.run.tsRoot, hash(run.tsRoot)],
      ]}
    />
  );
}

function Totals({ run, totals, locale }: { run: Run; totals: readonly RunTotal[]; locale: Locale }) {
  const text = distributionText(locale);
  if (totals.length === 0) return run.state === 'planned' ? null : <p>{text.run.none}</p>;
  return (
    <Table
      caption={text.run.totals}
      head={[text.head.to, text.head.accounts, text.head.total]}
      rows={totals.map(({ to, accounts, micro }) => [
        text.to[to],
        formatNumber(locale, accounts),
        formatMoney(locale, micro, run.currency),
      ])}
    />
  );
}

const COLUMNS = [
  'line',
  'origin_line',
  'work',
  'claim',
  'party',
  'share_ppm',
  'weight',
  'disposition',
  'line_micro',
  'base_micro',
  'fee_ppm',
  'fee_micro',
  'net_micro',
  'currency',
];

/** All parts, read page by page while they are sent. */
async function runCsv(c: HttpContext): Promise<Response> {
  await requireOperator(c);
  const k = c.get('k');
  const { run } = await readRun(k, c.req.param('id') ?? '');
  const encoder = new TextEncoder();
  let after = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvRow(COLUMNS))),
    async pull(controller) {
      const lines = await linesOfRun(k, run.id, { after });
      after += 1000;
      const rows = lines.map((line) =>
        csvRow([
          line.lineId,
          line.originLineId,
          line.workId,
          line.claimId,
          line.partyId,
          line.sharePpm,
          line.weight,
          line.disposition,
          line.lineMicro,
          line.baseMicro,
          line.feePpm,
          line.feeMicro,
          line.netMicro,
          line.currency,
        ]),
      );
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.join('')));
      if (after >= run.lines) controller.close();
    },
  });
  return c.body(body, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="run-${run.id}.csv"`,
    'Cache-Control': 'no-store',
  });
}
