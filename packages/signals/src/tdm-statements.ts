import { matchPath } from '@clearway/rsl';
import { type Statement, unreadable } from './statement.ts';
import { readTdmPolicy } from './tdm-policy.ts';
import { readTdmrepJson } from './tdmrep.ts';

const maxLength = 1024 * 1024;

/** Reads a TDMRep file for a path: the first entry that matches, with its own words and place. */
export function tdmFileStatements(text: string, path: string): Statement[] {
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const elements = body.length > maxLength ? undefined : elementsOf(body);
  if (!elements)
    return [unreadable('tdmrep-file', 'No JSON array of at most 1 MiB.', { raw: text.slice(0, 200) })];
  for (const { from, raw } of elements) {
    const entry: unknown = JSON.parse(raw);
    if (typeof entry !== 'object' || entry === null) continue;
    const { location, 'tdm-reservation': value } = entry as Record<string, unknown>;
    if (typeof location !== 'string' || !matchPath(location, path)) continue;
    const found = readTdmrepJson(`[${raw}]`, path, '');
    const note = 'A reservation is 0 or 1.';
    if (found.length === 0)
      return [
        unreadable('tdmrep-file', `${note} It is ${JSON.stringify(value)}.`, {
          raw,
          offset: from,
          usage: 'ai-all',
        }),
      ];
    return found.map(({ source: _, ...one }) => ({ ...one, raw, offset: from }));
  }
  return [];
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
