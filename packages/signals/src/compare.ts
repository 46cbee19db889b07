import type { UsageToken } from '@clearway/rsl';
import { contentUsage } from './aipref.ts';
import { contentSignalLine } from './content-signal.ts';
import { noai } from './noai.ts';
import { leafUsages, type Permissions, type Stance, stanceFor } from './permissions.ts';
import type { Carrier, SignalRecord } from './record.ts';
import { tdmReservation } from './tdmrep.ts';

/** A record that says something else than what the holder decided. */
export interface Conflict {
  readonly usage: UsageToken;
  readonly carrier: Carrier;
  readonly source: string;
  readonly says: Stance;
  readonly expected: Stance;
  /** `too-open` gives away more than decided, `too-strict` refuses what is offered. */
  readonly kind: 'too-open' | 'too-strict';
  /** What to do, as a sentence. */
  readonly fix: string;
  readonly record: SignalRecord;
}

/** What {@link compare} found. */
export interface Comparison {
  readonly agreements: readonly SignalRecord[];
  readonly conflicts: readonly Conflict[];
  /** Records about usages nothing was decided for. */
  readonly unstated: readonly SignalRecord[];
  /** Carriers that were asked for, could say something about the decision, and say nothing. */
  readonly missing: readonly { readonly carrier: Carrier; readonly fix: string }[];
}

/**
 * Compares what a holder decided with what bots can read. A plain refusal agrees with "against terms" on carriers that
 * know no third word: a licence overrides it. It does not on `robots`: who may not fetch cannot come to buy, so a stray
 * `Disallow` is a conflict with everything but a refusal. `carriers` names those that should speak; the silent ones of them
 * are listed as missing.
 *
 * @example
 * ```ts
 * import { compare, readContentUsage } from '@clearway/signals';
 *
 * const records = readContentUsage('train-ai=y', 'https://example.org/');
 * const { conflicts } = compare({ 'ai-train': 'conditional' }, records);
 * conflicts[0].kind // => 'too-open'
 * ```
 */
export function compare(
  expected: Permissions,
  records: readonly SignalRecord[],
  carriers: readonly Carrier[] = [],
): Comparison {
  const agreements: SignalRecord[] = [];
  const conflicts: Conflict[] = [];
  const unstated: SignalRecord[] = [];
  for (const record of records) {
    const decided = stanceFor(expected, record.usage);
    if (!decided) unstated.push(record);
    else if (agrees(record, decided, expected)) agreements.push(record);
    else conflicts.push(conflict(record, decided));
  }
  const missing = carriers
    .filter((carrier) => canSpeak(carrier, expected) && !records.some((one) => one.carrier === carrier))
    .map((carrier) => ({ carrier, fix: missingFixes[carrier] }));
  return { agreements, conflicts, unstated, missing };
}

function canSpeak(carrier: Carrier, expected: Permissions): boolean {
  if (carrier === 'robots') return false;
  if (carrier === 'rsl') return leafUsages.some((usage) => stanceFor(expected, usage));
  if (carrier.startsWith('aipref-')) return contentUsage(expected) !== undefined;
  if (carrier === 'content-signal') return contentSignalLine(expected) !== undefined;
  return carrier.startsWith('tdmrep-')
    ? tdmReservation(expected) !== undefined
    : noai(expected) !== undefined;
}

const missingFixes: Readonly<Record<Carrier, string>> = {
  rsl: 'Publish the RSL document and link it from robots.txt, the Link header or the page.',
  robots: 'Nothing needs to be said here.',
  'aipref-robots': 'Add the Content-Usage line to every group of robots.txt.',
  'aipref-header': 'Send the Content-Usage header with the page.',
  'content-signal': 'Add the Content-Signal line to every group of robots.txt.',
  'tdmrep-file': 'Publish /.well-known/tdmrep.json.',
  'tdmrep-header': 'Send the tdm-reservation header with the page.',
  'tdmrep-meta': 'Put the tdm-reservation element into the head of the page.',
  'robots-meta': 'Put the robots element with "noai, noimageai" into the head of the page.',
  'x-robots-tag': 'Send the X-Robots-Tag header with "noai, noimageai".',
};

const strictness: Readonly<Record<Stance, number>> = { allow: 0, conditional: 1, disallow: 2 };

function agrees(record: SignalRecord, decided: Stance, expected: Permissions): boolean {
  if (record.stance === decided) return true;
  // One switch for all mining: it is rightly on as soon as one AI use is not free.
  if (record.carrier.startsWith('tdmrep-'))
    return (record.stance === 'allow') === (tdmReservation(expected) === 0);
  const reserved = decided !== 'allow' && record.stance !== 'allow';
  if (record.carrier === 'robots') return false;
  // RSL can say both, so a document that offers what is refused is wrong.
  return reserved && !(record.carrier === 'rsl' && decided === 'disallow');
}

function conflict(record: SignalRecord, expected: Stance): Conflict {
  const { usage, carrier, source, stance: says } = record;
  const kind = strictness[says] < strictness[expected] ? 'too-open' : 'too-strict';
  return { usage, carrier, source, says, expected, kind, fix: fixFor(record, expected), record };
}

function fixFor(record: SignalRecord, expected: Stance): string {
  const { usage, raw, agent } = record;
  const yes = expected === 'allow';
  switch (record.carrier) {
    case 'robots':
      return `Remove "${raw}" for ${agent ?? 'all agents'}: it keeps out whom you want to ${yes ? 'let in' : 'license'}.`;
    case 'rsl':
      return `Publish the current RSL document; this one says "${says(record.stance)}" for ${usage}.`;
    case 'aipref-robots':
    case 'aipref-header':
      return `Write ${usage === 'search' ? 'search' : 'train-ai'}=${yes ? 'y' : 'n'} in Content-Usage.`;
    case 'content-signal':
      return `Write ${usage}=${yes ? 'yes' : 'no'} in Content-Signal.`;
    case 'tdmrep-file':
    case 'tdmrep-header':
    case 'tdmrep-meta':
      return yes
        ? 'Remove the TDMRep reservation; it covers every AI use, and this one is free.'
        : 'Set tdm-reservation to 1 and name your terms in tdm-policy.';
    case 'robots-meta':
    case 'x-robots-tag':
      return 'Remove "noai": it refuses every AI use, and this one is free.';
  }
}

function says(stance: Stance): string {
  return stance === 'allow' ? 'free' : stance === 'conditional' ? 'against terms' : 'not licensed';
}
