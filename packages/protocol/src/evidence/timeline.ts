import type { RefusalCount, Segment, UsageRecord } from '../usage/segment.ts';
import type { EvidenceDocument, EvidenceEntry, EvidenceTerms } from './document.ts';

type About = EvidenceDocument['about'];

/**
 * The beginning of each version of terms, and the end where no other followed.
 *
 * @example
 * const at = '2026-01-01T00:00:00.000Z'
 * termsEntries([{ work: 'w', version: 1, sha256: 'ab'.repeat(32), from: at }]).length // => 1
 */
export function termsEntries(terms: readonly EvidenceTerms[]): EvidenceEntry[] {
  return terms.flatMap(({ work, sha256, from, to }): EvidenceEntry[] => {
    const began: EvidenceEntry = { kind: 'terms', at: from, work, sha256 };
    const followed = terms.some((other) => other.work === work && other.from === to);
    return to === undefined || followed ? [began] : [began, { kind: 'terms', at: to, work }];
  });
}

/**
 * The SHA-256 of all terms in force at some moment from `at` to `to`, sorted.
 *
 * @example
 * termsDuring([], '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z') // => []
 */
export function termsDuring(terms: readonly EvidenceTerms[], at: string, to: string): string[] {
  const there = terms.filter((one) => one.from <= to && (one.to === undefined || one.to > at));
  return [...new Set(there.map(({ sha256 }) => sha256))].sort();
}

/**
 * What a segment says of the client in the period: every refusal and every fetch, none left out.
 *
 * @example
 * const segment = { format: 'clearway-segment-1', gate: 'g', site: 's', seq: 1, prev: FIRST_PREV, from: 0, to: 9, records: [],
 *   refusals: [{ reason: 'license-required', agentName: 'RudeBot', count: 2, from: 1, to: 5 }], bundle: 1 }
 * const period = { from: '1970-01-01T00:00:00.000Z', to: '1970-01-02T00:00:00.000Z' }
 * segmentEntries({ about: { client: 'RudeBot', works: [], period }, terms: [] }, segment, 'ab'.repeat(32))[0].count // => 2
 */
export function segmentEntries(
  { about, terms }: { about: About; terms: readonly EvidenceTerms[] },
  segment: Segment,
  segmentSha256: string,
): EvidenceEntry[] {
  if (about.client === undefined) return [];
  const [from, to] = [Date.parse(about.period.from), Date.parse(about.period.to)];
  const entries: EvidenceEntry[] = [];
  for (const [position, line] of segment.refusals.entries()) {
    if (line.agentName !== about.client || line.from >= to || line.to < from) continue;
    entries.push(refusalEntry(terms, line, { segment: segmentSha256, position }));
  }
  for (const line of segment.records) {
    if (line.agent !== about.client || line.at >= to || line.at < from) continue;
    entries.push(fetchEntry(terms, line, segmentSha256));
  }
  return entries;
}

function refusalEntry(
  terms: readonly EvidenceTerms[],
  { reason, count, from, to }: RefusalCount,
  proof: { segment: string; position: number },
): EvidenceEntry {
  const [at, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  return { kind: 'refusal', at, to: end, reason, count, ...proof, terms: termsDuring(terms, at, end) };
}

function fetchEntry(terms: readonly EvidenceTerms[], line: UsageRecord, segment: string): EvidenceEntry {
  const { path, use, status, agreement, seq } = line;
  const at = new Date(line.at).toISOString();
  return {
    kind: 'fetch',
    at,
    path,
    use,
    status,
    agreement,
    segment,
    record: seq,
    terms: termsDuring(terms, at, at),
  };
}
