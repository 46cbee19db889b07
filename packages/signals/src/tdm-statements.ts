import { comparePatterns, compilePattern, matchPath, type PathPattern, specificity } from '@clearway/rsl';
import { type Statement, unreadable } from './statement.ts';
import { readTdmPolicy } from './tdm-policy.ts';
import { readTdmrepJson } from './tdmrep.ts';

const maxLength = 1024 * 1024;

/**
 * Reads a TDMRep file for a path: the first entry that matches, with its own words and place; and every entry that an earlier
 * one hides. One that reserves what the first match gives is a doubt: "most specific" stands in the text as well (TDMRep §4).
 */
export function tdmFileStatements(text: string, path: string): Statement[] {
  const entries = entriesOf(text);
  if (!entries)
    return [unreadable('tdmrep-file', 'No JSON array of at most 1 MiB.', { raw: text.slice(0, 200) })];
  const hidden = hiddenIn(entries);
  const at = entries.findIndex((one) => matchPath(one.pattern, path));
  const first = entries[at];
  if (!first) return hidden.map((one) => outOfOrder(one));
  const doubts = first.reserves ? [] : entries.slice(at + 1).filter((one) => reservesMore(one, first, path));
  return [
    ...entryStatements(first, path),
    ...doubts.map((one): Statement => ({ ...outOfOrder(one), damaged: true })),
    ...hidden.filter((one) => !doubts.includes(one)).map((one) => outOfOrder(one)),
  ];
}

/** The locations in a TDMRep file, in order. */
export function locationsIn(text: string): string[] {
  return (entriesOf(text) ?? []).map((one) => one.location);
}

interface Entry {
  readonly from: number;
  readonly raw: string;
  readonly location: string;
  readonly pattern: PathPattern;
  readonly value: unknown;
  readonly policy: unknown;
  readonly reserves: boolean;
}

/** More entries than this are not compared with each other. */
const maxCompared = 200;

function entriesOf(text: string): Entry[] | undefined {
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const elements = body.length > maxLength ? undefined : elementsOf(body);
  return elements?.flatMap(({ from, raw }) => {
    const entry: unknown = JSON.parse(raw);
    if (typeof entry !== 'object' || entry === null) return [];
    const { location, 'tdm-reservation': value, 'tdm-policy': policy } = entry as Record<string, unknown>;
    if (typeof location !== 'string') return [];
    const reserves = value === 1 || value === '1';
    return [{ from, raw, location, pattern: compilePattern(location), value, policy, reserves }];
  });
}

function entryStatements({ raw, from, value }: Entry, path: string): Statement[] {
  const found = readTdmrepJson(`[${raw}]`, path, '');
  const note = `A reservation is 0 or 1. It is ${JSON.stringify(value)}.`;
  if (found.length === 0) return [unreadable('tdmrep-file', note, { raw, offset: from, usage: 'ai-all' })];
  return found.map(({ source: _, ...one }) => ({ ...one, raw, offset: from }));
}

function hiddenIn(entries: readonly Entry[]): Entry[] {
  const some = entries.slice(0, maxCompared);
  return some.filter((later, index) =>
    some.slice(0, index).some((earlier) => {
      const order = comparePatterns(later.pattern, earlier.pattern);
      const inside = order === 'equal' || order === 'narrower';
      const terms = later.reserves && later.policy !== earlier.policy;
      return inside && (later.reserves !== earlier.reserves || terms);
    }),
  );
}

function reservesMore(later: Entry, first: Entry, path: string): boolean {
  const specific = specificity(later.pattern) >= specificity(first.pattern);
  return later.reserves && specific && matchPath(later.pattern, path);
}

function outOfOrder({ raw, from }: Entry): Statement {
  const note =
    'An entry above it matches the same addresses and says something else; the first match counts.';
  const base = { carrier: 'tdmrep-file', usage: 'ai-all', stance: 'none', raw, offset: from } as const;
  return { ...base, note, fault: 'tdmrep-order' };
}

/** What a policy document offers, as a statement that decides nothing. */
export function tdmPolicyStatements(text: string): Statement[] {
  const policy = readTdmPolicy(text);
  const base = {
    carrier: 'tdm-policy',
    usage: 'ai-all',
    stance: 'none',
    raw: text.slice(0, 200),
    offset: 0,
  } as const;
  if (!policy) return [{ ...base, note: 'No machine-readable policy: the terms are unknown.' }];
  const duties = [...new Set(policy.permissions.flatMap((one) => one.duties))].toSorted();
  const note = `Mining is offered against: ${duties.join(', ') || 'no duty'}.`;
  return [{ ...base, note, ...(policy.assigner.url && { policy: policy.assigner.url }) }];
}

/** The members of a JSON array with their places; undefined when the text is none. */
function elementsOf(text: string): { readonly from: number; readonly raw: string }[] | undefined {
  try {
    if (!Array.isArray(JSON.parse(text))) return undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
  const out: { from: number; raw: string }[] = [];
  let depth = 0;
  let from = -1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '"') {
      for (at += 1; text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    } else if (char === '[' || char === '{') {
      depth += 1;
      if (depth === 2) from = at;
    } else if (char === ']' || char === '}') {
      depth -= 1;
      if (depth === 1 && char === '}') out.push({ from, raw: text.slice(from, at + 1) });
    }
  }
  return out;
}
