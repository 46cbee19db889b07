import type { Kernel } from '../kernel/index.ts';
import type { Quote, QuoteDetail } from './model.ts';
import { failLicensing } from './problems.ts';
import { selectExclusions, selectLines, selectQuote, selectQuotes } from './store.ts';
import { selectAgreementOfQuote } from './store-agreements.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A quote for the company it was made for; others get `quote-unknown`. */
export async function readQuote(
  k: Kernel,
  { quoteId, licenseeId }: { quoteId: string; licenseeId: string },
): Promise<QuoteDetail> {
  const found = UUID.test(quoteId) ? await selectQuote(k.db, quoteId) : undefined;
  if (!found || found.licenseeId !== licenseeId) throw failLicensing('quote-unknown');
  return {
    ...found,
    lines: await selectLines(k.db, quoteId),
    exclusions: await selectExclusions(k.db, quoteId),
    agreementId: await selectAgreementOfQuote(k.db, quoteId),
  };
}

/** The newest quotes of a company. */
export function listQuotes(k: Kernel, licenseeId: string): Promise<Quote[]> {
  return selectQuotes(k.db, licenseeId, 100);
}
