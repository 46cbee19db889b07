import { failSites } from './problems.ts';
import type { ExclusionInput, ExclusionsInput } from './state-exclusions.ts';
import type { ExclusionKind } from './store-statements.ts';

const KINDS: { readonly [word: string]: ExclusionKind } = {
  feed: 'feed',
  credit: 'credit',
  kürzel: 'credit',
  creator: 'creator',
  urheber: 'creator',
  tag: 'tag',
  schlagwort: 'tag',
};

/**
 * Reads the form: one part a line. A path, a blank, what is there; or `feed:`, `credit:`, `creator:` or `tag:` (or the
 * German words) with the value, and after a bar what is there. "Everything is mine" with parts listed is a
 * contradiction and refused. Throws `site-exclusions-unclear`.
 */
export function readExclusions(typed: { answer?: unknown; paths?: unknown }): ExclusionsInput {
  const lines = String(typed.paths ?? '')
    .slice(0, 200_000)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (typed.answer === 'none' && lines.length === 0) return { none: true };
  if (typed.answer !== 'some') throw failSites('site-exclusions-unclear');
  const patterns = lines.map((line): ExclusionInput => {
    const colon = line.indexOf(':');
    const kind = KINDS[line.slice(0, Math.max(colon, 0)).trim().toLowerCase()];
    if (kind !== undefined) {
      const [pattern = '', ...what] = line.slice(colon + 1).split('|');
      return { kind, pattern, what: what.join('|').trim() || line.trim() };
    }
    const blank = line.search(/\s/);
    return blank < 0
      ? { pattern: line, what: '' }
      : { pattern: line.slice(0, blank), what: line.slice(blank).trim() };
  });
  return { patterns };
}
