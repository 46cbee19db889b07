import { evaluate, licensesFor, lint, type Robots, type RslDocument, recordsFor } from '@clearway/rsl';
import { type LeafUsage, leafUsages } from './permissions.ts';
import { type Statement, unreadable } from './statement.ts';

const stances = {
  'licensed-free': 'allow',
  'licensed-against': 'conditional',
  'not-licensed': 'disallow',
} as const;

/** Reads an RSL document for an address. One that cannot be read is damaged: it may have been a refusal. */
export function rslStatements(text: string, url: string, address: string): Statement[] {
  const { document, issues } = lint(text);
  if (!document) {
    const [first] = issues;
    return [unreadable('rsl', first?.message ?? 'This is no RSL document.', { raw: text.slice(0, 200) })];
  }
  return leafUsages.flatMap((usage): Statement[] => {
    const { outcome, payments, trace, doubtful } = evaluate(document, { url, usage });
    if (outcome === 'unknown' && !doubtful) return [];
    // A licence by silence or by one of two readings, in a document with faults, may be a refusal of which a byte is gone.
    const clear = outcome !== 'licensed-free' || issues.length === 0 || isLicence(document, url, usage);
    const last = trace.findLast((step) => step.position !== undefined);
    const offset = payments[0]?.position.offset ?? last?.position?.offset ?? 0;
    const close = text.indexOf('>', offset);
    const raw = text.slice(offset, close === -1 ? offset + 200 : close + 1);
    const policy = payments.find((one) => one.custom)?.custom ?? (payments.length > 0 ? address : undefined);
    const said = trace.at(-1)?.text ?? '';
    const base = { carrier: 'rsl', usage, raw, offset, ...(policy && { policy }) } as const;
    if (clear && outcome !== 'unknown') return [{ ...base, stance: stances[outcome], note: said }];
    const note = doubtful
      ? 'Something that may restrict this use cannot be read.'
      : `${said} Not expressly, and the document has faults.`;
    return [{ ...base, stance: 'none', note, damaged: true }];
  });
}

/** Whether the strict reading, in which every prohibition stands and silence gives nothing, licenses it too. */
function isLicence(document: RslDocument, url: string, usage: LeafUsage): boolean {
  const { outcome } = evaluate(document, { url, usage, strict: true });
  return outcome === 'licensed-free' || outcome === 'licensed-against';
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
