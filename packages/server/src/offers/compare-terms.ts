import type { Locale } from '../kernel/index.ts';
import { useSentence } from './offer-text.ts';
import { normaliseTerms, type Terms, USES, type Use } from './terms.ts';

export type TermsChange = { readonly use: Use; readonly before: string | undefined; readonly after: string };

/** What changed between two versions, use by use, as whole sentences. Without an earlier version everything is new. */
export function termsChanges(
  locale: Locale,
  before: { readonly terms: Terms; readonly currency: string } | undefined,
  after: { readonly terms: Terms; readonly currency: string },
): TermsChange[] {
  return USES.flatMap((use) => {
    const now = useSentence(locale, use, normaliseTerms(after.terms)[use], after.currency);
    const then = before && useSentence(locale, use, normaliseTerms(before.terms)[use], before.currency);
    return now === then ? [] : [{ use, before: then, after: now }];
  });
}
