import {
  type Content,
  covers,
  type EvaluatedPayment,
  type License,
  type PriceExtension,
  readPriceExtension,
  type UsageToken,
} from '@clearway/rsl';
import { evaluateFound } from '@clearway/rsl/find';
import { leafUsages, type SignalsReport } from '@clearway/signals';
import { licenseAt } from './license-element.ts';
import type { Reason } from './result.ts';
import type { Pointed, TermsDocument } from './terms-document.ts';

/** One way to be licensed, with the place it stands in. */
export type Option = {
  readonly terms: TermsDocument;
  readonly payment: EvaluatedPayment;
  readonly content: Content;
  readonly license: License;
  readonly price: PriceExtension | undefined;
};

/** What all documents and signs together say about one use of one address. */
export type Decision =
  | { readonly kind: 'no'; readonly reason: Reason; readonly detail: string }
  | { readonly kind: 'free'; readonly terms: readonly TermsDocument[] }
  | {
      readonly kind: 'against';
      readonly terms: readonly TermsDocument[];
      readonly options: readonly Option[];
      /** Another sign that refuses the use; only a license that was got for it outweighs that. */
      readonly refusal: string | undefined;
    };

/** Who asks, and for what. */
export type Inquiry = {
  readonly url: string;
  readonly use: UsageToken;
  readonly userClass?: string;
  readonly reportingProfiles?: readonly string[];
};

/**
 * Reads everything together; where documents differ the most restrictive counts, and of two prices that of the document the
 * address itself names (RSL 1.0 §4.9). A document that could not be read counts as a no. Other signs can only take away: a plain refusal stands against "free", not against a
 * license that is to be paid for.
 */
export function decideTerms(
  inquiry: Inquiry,
  documents: readonly Pointed[],
  unreadable: readonly string[],
  signals: SignalsReport,
): Decision {
  const no = (reason: Reason, detail: string): Decision => ({ kind: 'no', reason, detail });
  const [broken] = unreadable;
  if (broken !== undefined) return no('terms-unreadable', `Terms could not be read: ${broken}`);
  if (documents.length === 0) return no('no-terms', 'No terms were found.');
  const free: TermsDocument[] = [];
  const costly: (Pointed & { payments: readonly EvaluatedPayment[] })[] = [];
  let last = '';
  for (const { terms, own } of documents) {
    const { url, use: usage, userClass, reportingProfiles } = inquiry;
    const answer = evaluateFound(terms.found, url, {
      usage,
      ...(userClass !== undefined && { userClass }),
      ...(reportingProfiles !== undefined && { reportingProfiles }),
    });
    if (!answer) return no('terms-unreadable', `Terms could not be read: ${terms.url}`);
    const { outcome, payments, trace, undecided } = answer;
    last = trace.at(-1)?.text ?? '';
    if (outcome === 'not-licensed') return no('prohibited', `${terms.url}: ${last}`);
    // It may refuse a client of this kind, whatever another document gives.
    if (undecided) return no('no-terms', `${terms.url}: ${last}`);
    if (outcome === 'licensed-free') free.push(terms);
    if (outcome === 'licensed-against') costly.push({ terms, own, payments });
  }
  const refusal = refusalIn(signals, inquiry.use);
  if (costly.length === 0) {
    if (free.length === 0) return no('no-terms', last);
    if (refusal !== undefined) return no('signal', refusal);
    return { kind: 'free', terms: free };
  }
  // Of two prices the nearer counts: what the address names, before what the site names.
  const near = costly.some((one) => one.own) ? costly.filter((one) => one.own) : costly;
  const [first] = near;
  const scopes = new Set(first!.payments.map(({ url, permitted }) => `${url}\n${permitted ?? ''}`));
  if (near.length > 1 || scopes.size > 1)
    return no('terms-conflict', 'Several licenses would be needed at once.');
  const { terms, payments } = first!;
  const options = payments.flatMap((payment): Option[] => {
    const place = licenseAt(terms.document, payment.position.offset);
    if (!place) return [];
    const said = place.license.payment;
    return [{ terms, payment, ...place, price: said && readPriceExtension(said) }];
  });
  return { kind: 'against', terms: [...free, terms], options, refusal };
}

/** The words of a sign that refuses a use, or one of a group of uses; also what tries to say something and cannot be read. */
function refusalIn({ verdicts, records }: SignalsReport, use: UsageToken): string | undefined {
  for (const usage of leafUsages.filter((one) => covers(use, one))) {
    const { outcome, because, damaged } = verdicts[0]!.usages[usage];
    const [id] = outcome === 'refused' ? because : damaged;
    const sign = records.find((one) => one.id === id);
    if (sign) return `${sign.source}: ${sign.raw}`;
  }
  return undefined;
}
