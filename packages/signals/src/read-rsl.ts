import { evaluate, type RslDocument } from '@clearway/rsl';
import { leafUsages, type Stance } from './permissions.ts';
import type { SignalRecord } from './record.ts';

const stances = {
  'licensed-free': 'allow',
  'licensed-against': 'conditional',
  'not-licensed': 'disallow',
} as const;

/**
 * What an RSL document says about an address, as one record for each usage it gives an answer for.
 *
 * @example
 * import { parse } from '@clearway/rsl';
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <prohibits type="usage">ai-train</prohibits></license></content></rsl>`)
 * const records = readRsl(document, 'https://example.org/poem', 'license.xml')
 * records.find((record) => record.usage === 'ai-train').stance // => 'disallow'
 */
export function readRsl(document: RslDocument, url: string, source: string): SignalRecord[] {
  return leafUsages.flatMap((usage) => {
    const { outcome, payments, trace } = evaluate(document, { url, usage });
    const stance: Stance | undefined = outcome === 'unknown' ? undefined : stances[outcome];
    if (!stance) return [];
    const policy = payments.find((one) => one.custom)?.custom;
    return [
      { carrier: 'rsl', source, raw: trace.at(-1)!.text, usage, stance, ...(policy && { policy }) } as const,
    ];
  });
}
