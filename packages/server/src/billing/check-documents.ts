import { createHash } from 'node:crypto';
import { type InvoiceDocument, type InvoiceLine, openInvoice } from '@clearway/protocol';
import type { Finding, Kernel } from '../kernel/index.ts';
import { DOCUMENTS_PURPOSE } from './invoice-document.ts';
import { type BillingLine, creditNumber, invoiceNumber, minorUnit } from './model.ts';
import { type KeptDocument, keptDocuments } from './store-checks.ts';
import { selectLinesOfCredit, selectLinesOfInvoice } from './store-lines.ts';

const PAGE = 20;
/** What is wrong in many places is wrong enough. */
const MOST_FINDINGS = 50;

/** Opens every invoice and credit note again and compares it with its row and its lines. */
export async function checkDocuments(k: Kernel): Promise<Finding[]> {
  const wrong: string[] = [];
  let count = 0;
  for (const table of ['invoices', 'credit_notes'] as const) {
    let after = 0n;
    for (;;) {
      const page = await keptDocuments(k.db, table, after, PAGE);
      for (const row of page) wrong.push(...(await differencesOf(k, row)));
      count += page.length;
      after = page.at(-1)?.number ?? after;
      if (page.length < PAGE || wrong.length >= MOST_FINDINGS) break;
    }
  }
  if (wrong.length > 0) return wrong.map((detail) => ({ ok: false, detail }));
  return [{ ok: true, detail: `${count} signed invoices and credit notes say what their lines say` }];
}

async function differencesOf(k: Kernel, row: KeptDocument): Promise<string[]> {
  const name = `billing.${row.table} id ${row.id}`;
  if (createHash('sha256').update(row.document).digest('hex') !== row.sha256)
    return [`${name}: document is not the one under its sha256`];
  const { kid, publicKey } = await k.keys.signing(DOCUMENTS_PURPOSE);
  let said: InvoiceDocument;
  try {
    said = await openInvoice(row.document, (other) => (other === kid ? publicKey : undefined));
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
  const number = row.table === 'invoices' ? invoiceNumber(row.number) : creditNumber(row.number);
  const members = [
    ['id', row.id, said.id],
    ['number', number, said.number],
    ['licensee_id', row.licenseeId, said.licensee.id],
    ['currency', row.currency, said.currency],
    ['exact_micro', row.exactMicro.toString(), said.exactMicro],
    ['carried_micro', row.carriedMicro.toString(), said.carriedMicro],
    ['total_micro', row.totalMicro.toString(), said.totalMicro],
  ] as const;
  const wrong = members
    .filter(([, is, was]) => is !== was)
    .map(([column, is, was]) => `${name}: ${column} is ${is}, its document says ${was}`);
  if (row.totalMicro % minorUnit(row.currency) !== 0n) wrong.push(`${name}: total_micro has fractions`);
  const lines =
    row.table === 'invoices'
      ? await selectLinesOfInvoice(k.db, row.id)
      : await selectLinesOfCredit(k.db, row.id);
  return [...wrong, ...differentLines(name, lines, said.lines)];
}

function differentLines(name: string, lines: readonly BillingLine[], said: readonly InvoiceLine[]): string[] {
  const left = new Map(said.map((line) => [line.line, line]));
  const wrong = lines.flatMap((line) => {
    const was = left.get(line.id);
    left.delete(line.id);
    if (!was) return [`billing.lines id ${line.id}: not in the document of ${name}`];
    return (
      [
        ['agreement_id', line.agreementId, was.agreement],
        ['work_id', line.workId, was.work],
        ['title', line.title, was.title],
        ['kind', line.kind, was.kind],
        ['use', line.use, was.use],
        ['unit', line.unit, was.unit],
        ['grade', line.grade, was.grade],
        ['units', line.units.toString(), was.units],
        ['price_amount_micro', line.priceAmountMicro.toString(), was.price.amountMicro],
        ['price_per_units', line.pricePerUnits.toString(), was.price.perUnits],
        ['offer_id', line.offerId, was.offer],
        ['offer_sha256', line.offerSha256, was.offerSha256],
        ['amount_micro', line.amountMicro.toString(), was.amountMicro],
        ['corrects', line.corrects, was.corrects ?? null],
      ] as const
    )
      .filter(([, is, signed]) => is !== signed)
      .map(
        ([column, is, signed]) =>
          `billing.lines id ${line.id}: ${column} is ${is}, its document says ${signed}`,
      );
  });
  return [...wrong, ...[...left.keys()].map((id) => `billing.lines id ${id}: missing, ${name} has it`)];
}
