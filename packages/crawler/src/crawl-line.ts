import { type LicenseUsage, ProtocolError, parseLicenseUsage } from '@clearway/protocol';
import type { UsageToken } from '@clearway/rsl';
import { formatAmount, parseAmount } from './money.ts';

/** One line of the crawler's own record: what was fetched, for which use, under which terms, and what it cost. */
export type CrawlLine = {
  readonly format: 'clearway-crawl-1';
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `discarded`: the page itself said no, so the copy was thrown away; it may have been charged all the same. */
  readonly outcome: 'fetched' | 'discarded';
  readonly url: string;
  readonly agent: string;
  readonly use: UsageToken;
  readonly status: number;
  readonly bytes: number;
  /** Of the content as received, hex. */
  readonly sha256: string;
  /** The documents that said yes, with the hash of their text as it was. */
  readonly terms: readonly { readonly url: string; readonly sha256: string }[];
  /** How it is paid: a payment type of RSL. */
  readonly payment: string;
  /** Where a token came from, and for what; the token itself is never written down. */
  readonly license?: { readonly server: string; readonly resource: string; readonly sha256: string };
  readonly price?: {
    readonly amount: string;
    readonly currency: string;
    readonly per: number;
    readonly unit: string;
  };
  /** What this fetch costs by the price, a decimal; the currency is that of the price. */
  readonly charged: string;
  /** What the gate said it has counted (`License-Usage`). */
  readonly usage?: LicenseUsage;
  /** The header as it came, where it could not be read. */
  readonly usageHeader?: string;
};

/** Where lines are kept; `append` answers when the line is safe. A line has no line end of its own. */
export type CrawlStore = { append(line: string): Promise<void> };

/** The part of a line that comes from the `License-Usage` header. */
export function usageOf(header: string | null): Pick<CrawlLine, 'usage' | 'usageHeader'> {
  if (header === null) return {};
  try {
    return { usage: parseLicenseUsage(header) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { usageHeader: header.slice(0, 500) };
  }
}

/**
 * Adds up what lines say was charged in a currency: what a crawler that starts again gives as `budget.spent`.
 * Throws SyntaxError for a line that is no JSON; lines of another format are skipped.
 *
 * @example
 * ```ts
 * import { sumCharged } from '@clearway/crawler';
 *
 * const line = { format: 'clearway-crawl-1', charged: '0.25', price: { currency: 'EUR' } };
 * sumCharged([JSON.stringify(line), JSON.stringify(line)], 'EUR') // => '0.5'
 * ```
 */
export function sumCharged(lines: Iterable<string>, currency: string): string {
  let sum = 0n;
  for (const text of lines) {
    if (text.trim() === '') continue;
    const line = JSON.parse(text) as Partial<CrawlLine>;
    if (line.format !== 'clearway-crawl-1' || line.price?.currency !== currency) continue;
    sum += parseAmount(line.charged ?? '0') ?? 0n;
  }
  return formatAmount(sum);
}
