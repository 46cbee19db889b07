import {
  createRouter,
  formatNumber,
  formatTime,
  type HttpContext,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { renderPage, Table } from '../../web/index.ts';
import { lineUsage, readLine } from '../line-usage.ts';
import { billingText } from '../messages.ts';
import { failBilling } from '../problems.ts';
import { invoiceFor } from '../viewer.ts';

const ROWS = 100;

/** `/invoices/:id/lines/:line`: each use behind one line. */
export function linePage(): Router {
  const router = createRouter();
  router.get('/invoices/:id/lines/:line', show);
  return router;
}

async function show(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = billingText(locale).line;
  const { invoice } = await invoiceFor(c, c.req.param('id') ?? '');
  const line = await readLine(k, c.req.param('line') ?? '');
  if (line.invoiceId !== invoice.id) throw failBilling('line-unknown');
  const { zone } = await requireInstance(k);
  const refs = await lineUsage(k, line.id, { after: c.req.query('after'), limit: ROWS });
  const last = refs.length === ROWS ? refs.at(-1) : undefined;
  const title = text.title(line.title);
  const whatOf = (ref: string, path: string | null) =>
    path ?? (ref.startsWith('report/') ? text.report : text.agreement);
  return renderPage(
    c,
    { title, wide: true },
    <>
      <h1>{title}</h1>
      {line.kind === 'credit' ? (
        <p>{text.none}</p>
      ) : (
        <>
          <p class="lead">{text.intro(formatNumber(locale, line.units))}</p>
          <Table
            caption={text.caption}
            head={[text.head.ref, text.head.at, text.head.path, text.head.units, text.head.proof]}
            rows={refs.map(({ ref, at, path, units, sha256 }) => [
              <code>{ref}</code>,
              formatTime(locale, at, zone),
              whatOf(ref, path),
              formatNumber(locale, units),
              <code>{sha256}</code>,
            ])}
          />
        </>
      )}
      {last && (
        <p>
          <a href={`${c.req.path}?after=${encodeURIComponent(last.ref)}`}>{text.more}</a>
        </p>
      )}
      <p>
        <a href={`/invoices/${invoice.id}`}>{text.back}</a>
      </p>
    </>,
  );
}
