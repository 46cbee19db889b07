import { formatNumber, type Locale } from '../../kernel/index.ts';
import { spreadText } from './spread-messages.ts';
import type { Correction } from './write-correction.ts';

/** What a correction that is read from the records changed: people and organisations, each named only where there were some. */
export function whatChanged(locale: Locale, { kind, change, organisations }: Correction): string {
  const text = spreadText(locale).press;
  const [people, others] = [Math.abs(change ?? 0), Math.abs(organisations)];
  const parts = [
    ...(people > 0 ? [text.people(people, formatNumber(locale, people))] : []),
    ...(others > 0 ? [text.organisations(others, formatNumber(locale, others))] : []),
  ].join(` ${text.and} `);
  return kind === 'undone' ? text.undone(parts) : text.cleanedUp(parts);
}
