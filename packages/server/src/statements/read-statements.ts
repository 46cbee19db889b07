import { peekStatement, type Statement, writeStatementFile } from '@clearway/protocol';
import { csvRow, documentsKey, type Kernel } from '../kernel/index.ts';
import type { StatementRow, StatementSummary } from './model.ts';
import { failStatements } from './problems.ts';
import { usageOfLine } from './read-usage.ts';
import { selectStatement, selectStatements } from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who asks: a payee, or the operator, who sees all. */
export type Viewer = { readonly partyId: string; readonly operator: boolean };

/** A statement and what its sealed text says. Throws `statement-unknown`, also for that of another payee. */
export async function readStatement(
  k: Kernel,
  { id, viewer }: { id: string; viewer: Viewer },
): Promise<StatementRow & { document: Statement }> {
  const row = UUID.test(id) ? await selectStatement(k.db, id) : undefined;
  if (!row || !(viewer.operator || row.partyId === viewer.partyId)) throw failStatements('statement-unknown');
  return { ...row, document: peekStatement(row.sealed).document };
}

/** Statements of a payee, newest first, at most 500. */
export function listStatements(
  k: Kernel,
  { partyId }: { partyId?: string | undefined } = {},
): Promise<StatementSummary[]> {
  return selectStatements(k.db, { partyId, limit: 500 });
}

/** The file a payee downloads: the sealed statement with every use it pays for. Throws `statement-unknown`. */
export async function statementFile(
  k: Kernel,
  about: { id: string; viewer: Viewer },
): Promise<{ name: string; bytes: Uint8Array }> {
  const { sealed, document } = await readStatement(k, about);
  const references = new Map<string, Awaited<ReturnType<typeof usageOfLine>>>();
  for (const { invoiceLine } of document.lines) {
    if (!references.has(invoiceLine)) references.set(invoiceLine, await usageOfLine(k, invoiceLine));
  }
  const usage = Object.fromEntries(
    document.lines.map(({ id, invoiceLine }) => [id, references.get(invoiceLine) ?? []]),
  );
  const { verifierKey } = await documentsKey(k);
  const bytes = writeStatementFile({
    format: 'clearway-statement-file-1',
    verifierKey,
    statement: sealed,
    usage,
  });
  return { name: fileName(document), bytes };
}

/** `statement-<currency>-<number>`, without an ending. */
export function fileName({ currency, number }: { currency: string; number: number }): string {
  return `statement-${currency.toLowerCase()}-${number}`;
}

const COLUMNS = [
  'line',
  'kind',
  'work',
  'title',
  'licensee',
  'agreement',
  'use',
  'unit',
  'grade',
  'units',
  'price_amount_micro',
  'price_per_units',
  'offer_sha256',
  'rated_micro',
  'fee_ppm',
  'own_fee_micro',
  'amount_micro',
  'currency',
  'invoice_line',
  'run',
] as const;

/** The lines and movements of a statement as CSV; amounts in micro-units, as they were sealed. */
export function statementCsv({ lines, movements, currency }: Statement): string {
  const rows = lines.map((line) =>
    csvRow([
      line.id,
      line.kind,
      line.work.id,
      line.work.title,
      line.licensee.name,
      line.agreement,
      line.use,
      line.unit,
      line.grade,
      BigInt(line.units),
      BigInt(line.price.amountMicro),
      BigInt(line.price.perUnits),
      line.offerSha256,
      BigInt(line.rated),
      line.steps.at(-1)?.feePpm ?? null,
      BigInt(line.fee),
      BigInt(line.amount),
      currency,
      line.invoiceLine,
      line.steps.at(-1)?.run ?? null,
    ]),
  );
  const moved = movements.map(({ journal, kind, payable }) =>
    csvRow([journal, kind, ...Array<null>(14).fill(null), BigInt(payable), currency, null, null]),
  );
  return [csvRow(COLUMNS), ...rows, ...moved].join('');
}
