import { evaluate, licensesFor, parse, type Robots, recordsFor } from '@clearway/rsl';
import { leafUsages } from './permissions.ts';
import { type Statement, unreadable } from './statement.ts';

const stances = {
  'licensed-free': 'allow',
  'licensed-against': 'conditional',
  'not-licensed': 'disallow',
} as const;

/** Reads an RSL document for an address. One that cannot be read is damaged: it may have been a refusal. */
export function rslStatements(text: string, url: string, address: string): Statement[] {
  const { document, issues } = parse(text);
  if (!document) {
    const [first] = issues;
    return [unreadable('rsl', first?.message ?? 'This is no RSL document.', { raw: text.slice(0, 200) })];
  }
  return leafUsages.flatMap((usage) => {
    const { outcome, payments, trace } = evaluate(document, { url, usage });
    if (outcome === 'unknown') return [];
    const last = trace.findLast((step) => step.position !== undefined);
    const offset = payments[0]?.position.offset ?? last?.position?.offset ?? 0;
    const close = text.indexOf('>', offset);
    const raw = text.slice(offset, close === -1 ? offset + 200 : close + 1);
    const policy = payments.find((one) => one.custom)?.custom ?? (payments.length > 0 ? address : undefined);
    const note = trace.at(-1)?.text ?? '';
    return [
      {
        carrier: 'rsl',
        usage,
        stance: stances[outcome],
        raw,
        offset,
        note,
        ...(policy && { policy }),
      } as const,
    ];
  });
}

/** Whether an RSL document counts for an agent: one that robots.txt names only for others does not, unless a page names it. */
export function rslConcerns(
  address: string,
  agent: string,
  robots: Robots | undefined,
  pageNames: (address: string) => boolean,
): boolean {
  if (!robots || pageNames(address)) return true;
  const lines = robots.records.filter((one) => one.field === 'license' && one.value === address);
  if (lines.length === 0) return true;
  if (recordsFor(robots, agent, 'license').scope === 'none') return false;
  return licensesFor(robots, agent).found.some((one) => one.url === address);
}
