import { matchPath, type Robots } from '@clearway/rsl';
import { aiprefLabels } from './aipref-labels.ts';
import { groupRecords } from './group-records.ts';
import { parseDictionary } from './parse-dictionary.ts';
import type { Carrier, SignalRecord } from './record.ts';
import { type Statement, unreadable } from './statement.ts';

/** A record of the older readers as a statement. */
export function asStatement({ source: _, offset = 0, ...record }: SignalRecord): Statement {
  return { ...record, offset };
}

/** The `Content-Usage` lines for an agent and a path that try to say something and cannot be read. */
export function aiprefDamage(robots: Robots, agent: string, path: string): Statement[] {
  return groupRecords(robots, agent, 'content-usage').flatMap(({ value, raw, offset }) => {
    const space = value.search(/[ \t]/);
    const ownPath = value.startsWith('/') ? value.slice(0, space === -1 ? value.length : space) : '/';
    if (!matchPath(ownPath, path)) return [];
    const text = value.startsWith('/') ? (space === -1 ? '' : value.slice(space + 1).trim()) : value;
    return usageDamage(text, raw, offset, 'aipref-robots');
  });
}

/**
 * Where a `Content-Usage` value is malformed, or a label has another value than y or n, AIPREF knows no preference. That is
 * not silence: the statement is kept as damaged.
 */
export function usageDamage(text: string, raw: string, offset: number, carrier: Carrier): Statement[] {
  if (text === '') return [];
  const dictionary = parseDictionary(text);
  if (!dictionary) return [unreadable(carrier, 'No structured field dictionary.', { raw, offset })];
  return [...dictionary].flatMap(([key, value]) => {
    const label = aiprefLabels.get(key);
    if (!label || (value !== 'other' && (value.token === 'y' || value.token === 'n'))) return [];
    return [
      unreadable(carrier, `The value of ${key} is neither y nor n.`, { raw, offset, usage: label.usage }),
    ];
  });
}
