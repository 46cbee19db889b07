import type { Locale } from '../../kernel/index.ts';
import { priceInWords, type Unit } from '../../offers/index.ts';
import { licensingText } from '../messages.ts';
import type { QuoteLine } from '../model.ts';

/** The price of a line with its unit, in words. */
export function linePrice(locale: Locale, line: QuoteLine, unit: Unit, currency: string): string {
  if (line.free) return licensingText(locale).free;
  const price = { unit, amountMicro: line.amountMicro.toString(), perUnits: line.perUnits.toString() };
  return priceInWords(locale, price, currency);
}

/** A work by its title, with the way to its public page. */
export function WorkLink({ workId, title }: { workId: string; title: string }) {
  return <a href={`/w/${workId}`}>{title || workId}</a>;
}

/** The version of the terms a line stands under. */
export function TermsLink({ line, locale }: { line: QuoteLine; locale: Locale }) {
  const text = licensingText(locale).quote;
  return <a href={`/w/${line.workId}/versions/${line.offerVersion}`}>{text.version(line.offerVersion)}</a>;
}
