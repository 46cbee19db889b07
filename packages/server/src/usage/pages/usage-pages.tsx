import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  invalidInput,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { listAgreements } from '../../licensing/index.ts';
import { offersText } from '../../offers/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Empty, renderPage, Table } from '../../web/index.ts';
import { requireWork } from '../../works/index.ts';
import { usageText } from '../messages.ts';
import { listReceipts, usageOfAgreement, usageOfHolder, usageOfWork } from '../read-usage.ts';
import { type ReportInput, reportSchema, reportUsage } from '../report-usage.ts';
import { viewerOf } from '../usage-routes.ts';
import { AgreementPage, type Typed } from './agreement-page.tsx';

/** `/usage`: both sides; `/usage/agreements/:id` and `/usage/works/:id`: one of them. */
export function usagePages(): Router {
  const router = createRouter();
  router.get('/usage', overviewPage);
  router.get('/usage/works/:id', workPage);
  router.get('/usage/agreements/:id', async (c) => agreementPage(c));
  router.post('/usage/agreements/:id/reports', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const agreementId = c.req.param('id') ?? '';
    const fields = await formFields(c);
    try {
      const said = await readReport(c, agreementId, fields);
      await reportUsage(c.get('k'), { ...said, agreementId, licenseeId: party.id, userId: user.id });
      return c.redirect(`/usage/agreements/${agreementId}#reports`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'agreement-unknown') throw error;
      return agreementPage(c, { fields, problem: error });
    }
  });
  router.get('/usage/receipts/:agreement/:number{[0-9]{1,15}}', async (c) => {
    const number = Number(c.req.param('number'));
    const about = { agreementId: c.req.param('agreement'), viewer: await viewerOf(c), after: number - 1 };
    const [receipt] = await listReceipts(c.get('k'), about);
    if (receipt?.number !== number) return c.notFound();
    return c.body(receipt.sealed, 200, {
      'Content-Type': 'application/jose',
      'Content-Disposition': `attachment; filename="receipt-${number}.jws"`,
      'Cache-Control': 'no-store',
    });
  });
  return router;
}

const units = z.string().regex(/^[0-9]{1,12}$/);

/** A form has one field for each work, named by it; empty ones are left out. */
async function readReport(
  c: HttpContext,
  agreementId: string,
  fields: { readonly [name: string]: string | string[] },
): Promise<z.output<typeof reportSchema>> {
  const { agreement, works } = await usageOfAgreement(c.get('k'), { agreementId, viewer: await viewerOf(c) });
  const lines: ReportInput['lines'] = [];
  for (const { workId } of works) {
    const typed = fields[`units-${workId}`];
    if (typed === undefined || typed === '' || typed === '0') continue;
    const read = units.safeParse(agreement.unit === 'model-version' ? '1' : typed);
    if (!read.success) throw invalidInput([{ path: ['units'], message: String(typed).slice(0, 20) }]);
    lines.push({ workId, units: Number(read.data) });
  }
  if (lines.length === 0) {
    const message = usageText(c.get('locale')).report.nothing;
    throw invalidInput([{ path: [], message }]);
  }
  const read = reportSchema.safeParse({
    from: fields.from,
    to: fields.to,
    model: agreement.modelScope,
    lines,
  });
  if (!read.success) throw invalidInput(read.error.issues);
  return read.data;
}

async function overviewPage(c: HttpContext): Promise<Response> {
  const [k, locale, party] = [c.get('k'), c.get('locale'), await requireParty(c)];
  const [text, use] = [usageText(locale), offersText(locale).use];
  const agreements = await listAgreements(k, { licenseeId: party.id });
  const rows = (await usageOfHolder(k, party.id)).map((sum) => [
    <a href={`/usage/works/${sum.workId}`}>{sum.title}</a>,
    sum.licensee,
    use[sum.use as keyof typeof use],
    numberOf(locale, sum),
    text.grade[sum.grade as keyof typeof text.grade],
  ]);
  return renderPage(
    c,
    { title: text.title, wide: true },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {agreements.length === 0 ? (
        <Empty title={text.taken.title}>
          <p>{text.taken.empty}</p>
          <p>
            <a href="/catalogue">{text.taken.catalogue}</a>
          </p>
        </Empty>
      ) : (
        <Table
          caption={text.taken.title}
          head={[text.head.license, text.head.use, '']}
          rows={agreements.map((agreement) => [
            text.taken.since(formatDate(locale, agreement.madeAt)),
            use[agreement.use],
            <a href={`/usage/agreements/${agreement.id}`}>{text.taken.open}</a>,
          ])}
        />
      )}
      {agreements.length > 0 && (
        <p>
          <a href="/invoices">{text.taken.invoices}</a>
        </p>
      )}
      {rows.length === 0 ? (
        <Empty title={text.given.title}>
          <p>{text.given.empty}</p>
          <p>
            <a href="/works">{text.given.register}</a>
          </p>
        </Empty>
      ) : (
        <Table
          caption={text.given.title}
          head={[text.head.work, text.head.licensee, text.head.use, text.head.number, text.head.known]}
          rows={rows}
        />
      )}
      <p>
        <a href="/cases">{text.toCases}</a> · <a href="/dataset-checks">{text.toDatasetChecks}</a>
      </p>
    </>,
  );
}

async function workPage(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const workId = c.req.param('id') ?? '';
  const sums = await usageOfWork(k, { workId, viewer: await viewerOf(c) });
  const { title } = await requireWork(k, workId);
  const [text, use] = [usageText(locale), offersText(locale).use];
  return renderPage(
    c,
    { title: text.work.title(title), wide: true },
    <>
      <h1>{text.work.title(title)}</h1>
      {sums.length === 0 ? (
        <p>{text.work.none}</p>
      ) : (
        <Table
          caption={text.given.title}
          captionHidden
          head={[text.head.licensee, text.head.use, text.head.number, text.head.known]}
          rows={sums.map((sum) => [
            sum.licensee,
            use[sum.use as keyof typeof use],
            numberOf(locale, sum),
            text.grade[sum.grade as keyof typeof text.grade],
          ])}
        />
      )}
    </>,
  );
}

async function agreementPage(c: HttpContext, typed: Typed = {}): Promise<Response> {
  const [k, locale, viewer] = [c.get('k'), c.get('locale'), await viewerOf(c)];
  const agreementId = c.req.param('id') ?? '';
  const usage = await usageOfAgreement(k, { agreementId, viewer });
  const after = Number(/^[0-9]{1,15}$/.exec(c.req.query('after') ?? '')?.[0] ?? 0);
  const receipts = await listReceipts(k, { agreementId, viewer, after });
  const title = usageText(locale).agreement.title(formatDate(locale, usage.agreement.madeAt));
  const mine = usage.agreement.licenseeId === viewer.partyId;
  return renderPage(
    c,
    { title, wide: true, status: typed.problem?.status ?? 200 },
    <AgreementPage
      locale={locale}
      title={title}
      usage={usage}
      receipts={receipts}
      mine={mine}
      typed={typed}
    />,
  );
}

type Counted = { readonly units: bigint; readonly unit: string };

/** A number with what it counts. */
export function numberOf(locale: HttpContext['var']['locale'], { units: n, unit }: Counted): string {
  const names = usageText(locale).unit;
  return `${formatNumber(locale, n)} ${names[unit as keyof typeof names]}`;
}
