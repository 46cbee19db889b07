import { openInvoice } from '@clearway/protocol';
import { createRouter, csvRow, type HttpContext, type Router } from '../../kernel/index.ts';
import { DOCUMENTS_PURPOSE } from '../invoice-document.ts';
import type { BillingLine } from '../model.ts';
import { failBilling } from '../problems.ts';
import { invoiceDocumentOf, linesOfInvoice, readCredit } from '../read-invoice.ts';
import { invoiceFor } from '../viewer.ts';

/** The files of an invoice: signed, as plain JSON, and its lines as CSV. */
export function downloads(): Router {
  const router = createRouter();
  router.get('/invoices/:id/invoice.jws', async (c) => {
    const { invoice } = await invoiceFor(c, c.req.param('id'));
    return file(
      c,
      await invoiceDocumentOf(c.get('k'), invoice.id),
      'application/jose',
      `${invoice.number}.jws`,
    );
  });
  router.get('/invoices/:id/invoice.json', async (c) => {
    const k = c.get('k');
    const { invoice } = await invoiceFor(c, c.req.param('id'));
    const { publicKey } = await k.keys.signing(DOCUMENTS_PURPOSE);
    const document = await openInvoice(await invoiceDocumentOf(k, invoice.id), () => publicKey);
    return file(c, `${JSON.stringify(document, null, 2)}\n`, 'application/json', `${invoice.number}.json`);
  });
  router.get('/invoices/:id/lines.csv', async (c) => {
    const { invoice } = await invoiceFor(c, c.req.param('id'));
    const lines = await linesOfInvoice(c.get('k'), invoice.id);
    const rows = [csvRow([...HEAD]), ...lines.map((line) => csvRow(cellsOf(invoice.number, line)))];
    return file(c, rows.join(''), 'text/csv; charset=utf-8', `${invoice.number}.csv`);
  });
  router.get('/invoices/:id/credits/:credit/credit-note.jws', async (c) => {
    const k = c.get('k');
    const { invoice } = await invoiceFor(c, c.req.param('id'));
    const note = await readCredit(k, c.req.param('credit'));
    if (note.invoiceId !== invoice.id) throw failBilling('invoice-unknown');
    return file(c, await invoiceDocumentOf(k, note.id), 'application/jose', `${note.number}.jws`);
  });
  return router;
}

const HEAD = [
  'invoice',
  'line',
  'agreement',
  'work',
  'title',
  'kind',
  'use',
  'unit',
  'grade',
  'units',
  'price_micro',
  'per_units',
  'amount_micro',
  'currency',
  'offer_sha256',
] as const;

function cellsOf(number: string, line: BillingLine): (string | bigint)[] {
  return [
    number,
    line.id,
    line.agreementId,
    line.workId,
    line.title,
    line.kind,
    line.use,
    line.unit,
    line.grade,
    line.units,
    line.priceAmountMicro,
    line.pricePerUnits,
    line.amountMicro,
    line.currency,
    line.offerSha256,
  ];
}

function file(c: HttpContext, content: string, type: string, name: string): Response {
  return c.body(content, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  });
}
