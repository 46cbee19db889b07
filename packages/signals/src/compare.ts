import type { UsageToken } from '@clearway/rsl';
import { contentUsage } from './aipref.ts';
import { contentSignalLine } from './content-signal.ts';
import { noai } from './noai.ts';
import { leafUsages, type Permissions, type Stance, stanceFor } from './permissions.ts';
import type { Carrier } from './record.ts';
import type { StatementCarrier } from './statement.ts';
import { tdmReservation } from './tdmrep.ts';

/** What is compared: a record of a report, or of one carrier. */
export interface Comparable {
  readonly carrier: StatementCarrier;
  readonly source: string;
  readonly raw: string;
  readonly usage: UsageToken;
  readonly stance: Stance | 'none';
  readonly agent?: string;
  readonly damaged?: boolean;
}

/** A record that says something else than what the holder decided. */
export interface Conflict {
  readonly usage: UsageToken;
  readonly carrier: StatementCarrier;
  readonly source: string;
  readonly says: Stance;
  readonly expected: Stance;
  /** `too-open` gives away more than decided, `too-strict` refuses what is offered. */
  readonly kind: 'too-open' | 'too-strict';
  /** What to do, as a sentence. */
  readonly fix: string;
  readonly record: Comparable;
}

/** What {@link compare} found. */
export interface Comparison {
  readonly agreements: readonly Comparable[];
  readonly conflicts: readonly Conflict[];
  /** Records about usages nothing was decided for. */
  readonly unstated: readonly Comparable[];
  /** Records that try to say something and cannot be read. */
  readonly unreadable: readonly Comparable[];
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
  records: readonly Comparable[],
  carriers: readonly Carrier[] = [],
): Comparison {
  const agreements: Comparable[] = [];
  const conflicts: Conflict[] = [];
  const unstated: Comparable[] = [];
  for (const record of records) {
    const { stance } = record;
    if (stance === 'none') continue;
    const decided = stanceFor(expected, record.usage);
    if (!decided) unstated.push(record);
    else if (agrees(record, stance, decided, expected)) agreements.push(record);
    else conflicts.push(conflict(record, stance, decided));
  }
  const unreadable = records.filter((one) => one.damaged);
  const missing = carriers
    .filter((carrier) => canSpeak(carrier, expected) && !records.some((one) => one.carrier === carrier))
    .map((carrier) => ({ carrier, fix: missingFixes[carrier] }));
  return { agreements, conflicts, unstated, unreadable, missing };
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

function agrees(record: Comparable, said: Stance, decided: Stance, expected: Permissions): boolean {
  if (said === decided) return true;
  // One switch for all mining: it is rightly on as soon as one AI use is not free.
  if (record.carrier.startsWith('tdmrep-')) return (said === 'allow') === (tdmReservation(expected) === 0);
  const reserved = decided !== 'allow' && said !== 'allow';
  if (record.carrier === 'robots') return false;
  // RSL can say both, so a document that offers what is refused is wrong.
  return reserved && !(record.carrier === 'rsl' && decided === 'disallow');
}

function conflict(record: Comparable, said: Stance, expected: Stance): Conflict {
  const { usage, carrier, source } = record;
  const kind = strictness[said] < strictness[expected] ? 'too-open' : 'too-strict';
  return { usage, carrier, source, says: said, expected, kind, fix: fixFor(record, said, expected), record };
}

function fixFor(record: Comparable, said: Stance, expected: Stance): string {
  const { usage, raw, agent } = record;
  const yes = expected === 'allow';
  switch (record.carrier) {
    case 'robots':
      return `Remove "${raw}" for ${agent ?? 'all agents'}: it keeps out whom you want to ${yes ? 'let in' : 'license'}.`;
    case 'rsl':
      return `Publish the current RSL document; this one says "${says(said)}" for ${usage}.`;
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
    default:
      return `Change or remove "${raw}"; it says "${says(said)}" for ${usage}.`;
  }
}

function says(stance: Stance): string {
  return stance === 'allow' ? 'free' : stance === 'conditional' ? 'against terms' : 'not licensed';
}
