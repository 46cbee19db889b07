import type { InvoiceDocument, InvoiceLine, InvoiceParty } from '@clearway/protocol';
import { sealInvoice } from '@clearway/protocol';
import type { Instance, Kernel } from '../kernel/index.ts';
import type { Party } from '../parties/index.ts';
import type { BillingLine, Period } from './model.ts';

/** The key that signs invoices and credit notes, as all other documents of the instance. */
export const DOCUMENTS_PURPOSE = 'documents';

export type DocumentLine = BillingLine & { readonly holderIds: readonly string[] };

/** What an invoice and a credit note have in common. */
export type DocumentFacts = {
  readonly id: string;
  readonly number: string;
  readonly licenseeId: string;
  readonly currency: string;
  readonly exactMicro: bigint;
  readonly carriedMicro: bigint;
  readonly totalMicro: bigint;
  readonly issuedAt: Date;
  readonly corrects?: { readonly number: string; readonly reason: string };
};

type Around = {
  readonly issuer: string;
  readonly instance: Instance;
  readonly period: Period;
  readonly parties: ReadonlyMap<string, Party>;
};

/** The document as both sides keep it. Pure: the same facts give the same document. */
export function invoiceDocument(
  facts: DocumentFacts,
  lines: readonly DocumentLine[],
  { issuer, instance, period, parties }: Around,
): InvoiceDocument {
  const { name, legalForm, imprint, role } = instance.operator;
  const partyOf = (id: string): InvoiceParty => ({ id, name: parties.get(id)?.name || id });
  return {
    format: 'clearway-invoice-1',
    kind: facts.corrects ? 'credit-note' : 'invoice',
    issuer,
    id: facts.id,
    number: facts.number,
    proForma: true,
    role,
    operator: { name, legalForm, imprint },
    licensee: partyOf(facts.licenseeId),
    period: { from: period.from.toISOString(), to: period.to.toISOString(), zone: period.zone },
    currency: facts.currency,
    lines: lines.map((line) => lineOf(line, role === 'agent' ? line.holderIds.map(partyOf) : [])),
    exactMicro: facts.exactMicro.toString(),
    carriedMicro: facts.carriedMicro.toString(),
    totalMicro: facts.totalMicro.toString(),
    carryMicro: (facts.exactMicro + facts.carriedMicro - facts.totalMicro).toString(),
    ...(facts.corrects && { corrects: facts.corrects.number, reason: facts.corrects.reason }),
    issuedAt: facts.issuedAt.toISOString(),
  };
}

function lineOf(line: DocumentLine, holders: readonly InvoiceParty[]): InvoiceLine {
  return {
    line: line.id,
    kind: line.kind,
    agreement: line.agreementId,
    work: line.workId,
    title: line.title,
    holders,
    use: line.use,
    unit: line.unit,
    grade: line.grade,
    units: line.units.toString(),
    price: { amountMicro: line.priceAmountMicro.toString(), perUnits: line.pricePerUnits.toString() },
    offer: line.offerId,
    offerSha256: line.offerSha256,
    amountMicro: line.amountMicro.toString(),
    ...(line.corrects !== null && { corrects: line.corrects }),
  };
}

/** Signs a document with the key of the instance's documents. */
export async function sealed(t: Kernel, document: InvoiceDocument): Promise<string> {
  const { kid, sign } = await t.keys.signing(DOCUMENTS_PURPOSE);
  return sealInvoice(document, { kid, sign });
}
