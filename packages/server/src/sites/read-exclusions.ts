import { failSites } from './problems.ts';
import type { ExclusionsInput } from './state-exclusions.ts';

/**
 * Reads the form: one part a line, the path, a blank, what is there. "Everything is mine" with parts listed is a
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
  const patterns = lines.map((line) => {
    const blank = line.search(/\s/);
    return blank < 0
      ? { pattern: line, what: '' }
      : { pattern: line.slice(0, blank), what: line.slice(blank).trim() };
  });
  return { patterns };
}
