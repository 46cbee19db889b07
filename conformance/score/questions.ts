import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, type Case } from '../rsl/run-case.ts';

const folder = join(import.meta.dirname, '..', 'rsl', 'cases');
const cases = readdirSync(folder)
  .sort()
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[]);

/** May this agent fetch this path? Every robots.txt library is made for it. */
export interface RobotsQuestion {
  readonly robots: string;
  readonly agent: string;
  readonly path: string;
  readonly expected: boolean;
  readonly ours: boolean;
}

/** Free, with a token, or no? What a client asks that gets its licences from a server. */
export interface LicenseQuestion {
  readonly document: string;
  readonly url: string;
  readonly usage: string;
  readonly expected: 'free' | 'token' | 'no';
  readonly ours: 'free' | 'token' | 'no';
}

export const robotsQuestions: readonly RobotsQuestion[] = cases.flatMap((one) => {
  const { ask, files, expect } = one;
  if (ask.do !== 'allowed') return [];
  const { allowed: expected } = expect as { readonly allowed: boolean };
  const { allowed: ours } = answer(one) as { readonly allowed: boolean };
  return [{ robots: files['robots.txt'] ?? '', agent: ask.agent, path: ask.path, expected, ours }];
});

const words: Readonly<Record<string, LicenseQuestion['expected']>> = {
  'licensed-free': 'free',
  'licensed-against': 'token',
  'not-licensed': 'no',
  unknown: 'no',
};

/**
 * Cases about a path and a usage and nothing else: no user class, place, day, report or strictness, which cannot be said to
 * such a client, one reading only, and no price that is asked without a license server, for which it has no answer.
 */
export const licenseQuestions: readonly LicenseQuestion[] = cases.flatMap((one) => {
  const { ask, files, expect } = one;
  if (one.otherwise || ask.do !== 'evaluate' || Object.keys(ask).sort().join() !== 'do,url,usage') return [];
  const { outcome } = expect as { readonly outcome?: string };
  const document = files['document.xml'] ?? '';
  const expected = outcome === undefined ? undefined : words[outcome];
  if (!expected || !ask.url.startsWith('/') || (expected === 'token' && !document.includes('server=')))
    return [];
  const ours = words[(answer(one) as { readonly outcome: string }).outcome]!;
  return [{ document, url: ask.url, usage: ask.usage, expected, ours }];
});

export const evaluateCases = cases.filter((one) => one.ask.do === 'evaluate').length;
export const caseCount = cases.length;
export const right = cases.filter((one) => JSON.stringify(answer(one)) === JSON.stringify(one.expect)).length;
