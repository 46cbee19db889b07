import { requireOperator, requireUser } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formatMoney,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { findParties, requireParty } from '../../parties/index.ts';
import { Badge, Empty, renderPage, Table } from '../../web/index.ts';
import { type CreditLine, creditInvoice } from '../credit-invoice.ts';
import { billingText } from '../messages.ts';
import type { Invoice } from '../model.ts';
import { payInvoice } from '../pay-invoice.ts';
import { failBilling } from '../problems.ts';
import { linesOfInvoice, listInvoices } from '../read-invoice.ts';
import { invoiceFor } from '../viewer.ts';
import { invoicePage, TONE } from './invoice-page.tsx';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `/invoices` of a company, `/operator/invoices` of all, `/invoices/:id` for both. */
export function invoicePages(): Router {
  const router = createRouter();
  router.get('/invoices', async (c) => {
    const party = await requireParty(c);
    return listPage(c, await listInvoices(c.get('k'), { licenseeId: party.id, ...page(c) }), false);
  });
  router.get('/operator/invoices', async (c) => {
    await requireOperator(c);
    const period = c.req.query('period') ?? '';
    const about = { periodId: UUID.test(period) ? period : undefined, open: c.req.query('open') === 'yes' };
    return listPage(c, await listInvoices(c.get('k'), { ...about, ...page(c) }), true);
  });
  router.get('/invoices/:id', async (c) => invoicePage(c, await invoiceFor(c, c.req.param('id'))));
  router.post('/invoices/:id/pay', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const invoiceId = c.req.param('id');
    return acted(c, invoiceId, () =>
      payInvoice(c.get('k'), { invoiceId, licenseeId: party.id, actor: user.id }),
    );
  });
  router.post('/invoices/:id/credits', async (c) => {
    const { id: actor } = await requireOperator(c);
    const { invoice } = await invoiceFor(c, c.req.param('id'));
    const typed = await formFields(c);
    return acted(c, invoice.id, async () => {
      const lines = await readCredit(c, invoice.id, typed);
      const reason = String(typed.reason ?? '').trim();
      if (reason === '' || reason.length > 2_000) throw failBilling('credit-malformed');
      await creditInvoice(c.get('k'), { invoiceId: invoice.id, lines, reason, actor });
    });
  });
  return router;
}

function page(c: HttpContext): { limit: number; before: bigint | undefined } {
  const before = /^[0-9]{1,15}$/.exec(c.req.query('before') ?? '')?.[0];
  return { limit: 100, before: before === undefined ? undefined : BigInt(before) };
}

async function acted(c: HttpContext, invoiceId: string, act: () => Promise<unknown>): Promise<Response> {
  try {
    await act();
    return c.redirect(`/invoices/${invoiceId}?done=yes`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) throw error;
    return invoicePage(c, await invoiceFor(c, invoiceId), error);
  }
}

/** A form has one field for each line, named by it; empty ones are left out. */
async function readCredit(
  c: HttpContext,
  invoiceId: string,
  typed: { readonly [name: string]: string | string[] },
): Promise<CreditLine[]> {
  const lines: CreditLine[] = [];
  for (const { id: lineId } of await linesOfInvoice(c.get('k'), invoiceId)) {
    const units = typed[`units-${lineId}`];
    if (units === undefined || units === '' || units === '0') continue;
    if (typeof units !== 'string' || !/^[0-9]{1,18}$/.test(units)) throw failBilling('credit-malformed');
    lines.push({ lineId, units: BigInt(units) });
  }
  return lines;
}

async function listPage(c: HttpContext, invoices: readonly Invoice[], all: boolean): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = billingText(locale).invoices;
  const { zone } = await requireInstance(k);
  const parties = await findParties(k, [...new Set(invoices.map(({ licenseeId }) => licenseeId))]);
  const last = invoices.length === 100 ? invoices.at(-1) : undefined;
  const title = all ? text.all : text.title;
  const { head } = text;
  return renderPage(
    c,
    { title, wide: true },
    <>
      <h1>{title}</h1>
      {!all && <p class="lead">{text.intro}</p>}
      {invoices.length === 0 ? (
        <Empty title={text.none}>
          <p>
            {text.noneHint} <a href={all ? '/operator/periods' : '/usage'}>{text.usage}</a>
          </p>
        </Empty>
      ) : (
        <Table
          caption={text.caption}
          head={[
            head.number,
            ...(all ? [head.licensee] : []),
            head.issued,
            head.total,
            head.open,
            head.state,
          ]}
          rows={invoices.map((invoice) => [
            <a href={`/invoices/${invoice.id}`}>{invoice.number}</a>,
            ...(all ? [parties.get(invoice.licenseeId)?.name ?? ''] : []),
            formatDate(locale, invoice.issuedAt, zone),
            formatMoney(locale, invoice.totalMicro, invoice.currency),
            formatMoney(locale, invoice.openMicro, invoice.currency),
            <Badge tone={TONE[invoice.state]}>{text.state[invoice.state]}</Badge>,
          ])}
        />
      )}
      {last && (
        <p>
          <a href={`${c.req.path}?before=${BigInt(last.number.replace(/\D/g, ''))}`}>{text.older}</a>
        </p>
      )}
      {all && (
        <p>
          <a href="/operator/invoices?open=yes">{text.onlyOpen}</a> ·{' '}
          <a href="/operator/bank">{text.entries}</a>
        </p>
      )}
    </>,
  );
}
