import {
  check,
  describeGrants,
  findXmp,
  type Issue,
  levelOf,
  lintFeed,
  lintFile,
  readPage,
} from '@clearway/rsl';
import { tellIssue } from '@clearway/signals';
import type { Answer } from './explain-file.ts';
import { issueLine } from './issue-line.ts';
import { kindOf } from './open-terms.ts';
import type { ReadDocument } from './read-documents.ts';

export interface CheckFlags {
  readonly as?: string;
  readonly origin?: string;
  readonly language: 'en' | 'de';
  readonly json?: boolean;
}

const levels = {
  conformant: 'gültig',
  'conformant-with-warnings': 'gültig, mit Warnungen',
  'not-conformant': 'nicht gültig',
  'no-terms': 'keine Bedingungen',
} as const;
const exit = { conformant: 0, 'not-conformant': 2, 'no-terms': 2, 'conformant-with-warnings': 3 } as const;

/** Whether a file is as RSL wants it. One in which there are no terms is not. */
export function checkFile(file: ReadDocument, { as = kindOf(file), origin, language }: CheckFlags): Answer {
  const { name, body } = file;
  const site = as === 'site' ? check(body) : undefined;
  const { issues, holds } = site ? { issues: site.issues, holds: true } : lintAs(body, as, origin);
  const level = holds || issues.length > 0 ? levelOf(issues) : 'no-terms';
  const grants = site?.document ? describeGrants(site.grants, language) : undefined;
  const summary = `${name}: ${language === 'de' ? levels[level] : level.replaceAll('-', ' ')}`;
  return {
    code: exit[level],
    value: { file: name, level, issues, ...(grants !== undefined && { grants }) },
    lines: [
      ...issues.map((one) => issueLine(name, { ...one, ...tellIssue(one, language) })),
      summary,
      ...(grants === undefined ? [] : [grants]),
    ],
  };
}

function lintAs(
  body: Uint8Array,
  as: string,
  origin: string | undefined,
): { readonly issues: readonly Issue[]; readonly holds: boolean } {
  if (as === 'page') {
    const terms = readPage(new TextDecoder().decode(body));
    return { issues: terms.flatMap((one) => one.issues), holds: terms.length > 0 };
  }
  if (as === 'feed') {
    const { items, issues } = lintFeed(body, origin === undefined ? {} : { origin });
    return { issues, holds: items.length > 0 };
  }
  const isXml = /^\uFEFF?\s*</.test(new TextDecoder().decode(body.subarray(0, 200)));
  const packet = isXml ? body : findXmp(body);
  const { document, issues } = packet ? lintFile(packet) : { document: undefined, issues: [] };
  return { issues, holds: document !== undefined };
}
