import { evaluate, type RslDocument } from '@clearway/rsl';
import { leafUsages, type Stance } from './permissions.ts';
import type { SignalRecord } from './record.ts';

const stances = {
  'licensed-free': 'allow',
  'licensed-against': 'conditional',
  'not-licensed': 'disallow',
} as const;

/** What an RSL document says about an address, as one record for each usage it gives an answer for. */
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
