import { draftSigns } from './draft-signs.ts';
import { evaluate } from './evaluate.ts';
import { grantsOf, type ScopeGrants } from './grants-of.ts';
import { type Issue, type IssueCode, inOrder, issue, withPaths } from './issues.ts';
import type { License, RslDocument } from './model.ts';
import type { Parsed } from './parse.ts';
import { lint } from './validate.ts';
import type { Position, XmlLimits } from './xml.ts';

/** How a document stands: as RSL wants it, with something to think about, or against a rule of the language. */
export type Level = 'conformant' | 'conformant-with-warnings' | 'not-conformant';

/** What {@link check} found. */
export interface Checked extends Parsed {
  readonly level: Level;
  /** What the document grants, scope by scope. Empty when nothing can be read. */
  readonly grants: readonly ScopeGrants[];
}

/**
 * The level of a list of issues: one error is enough for `not-conformant`.
 *
 * @example
 * ```ts
 * import { levelOf, lint } from '@clearway/rsl';
 *
 * levelOf(lint('<rsl/>').issues) // => 'not-conformant'
 * ```
 */
export function levelOf(issues: readonly Pick<Issue, 'severity'>[]): Level {
  if (issues.some((one) => one.severity === 'error')) return 'not-conformant';
  return issues.length > 0 ? 'conformant-with-warnings' : 'conformant';
}

/**
 * All that can be said about a site's document: what `lint` finds, and what is valid but not meant: no terms at all,
 * words of an old draft, something free behind the server of something priced, permissions that two careful readers read in two ways, a list of JSON outside CDATA. With its
 * level, and with what it really grants. Never throws.
 *
 * @example
 * ```ts
 * import { check } from '@clearway/rsl';
 *
 * check('<rsl xmlns="https://rslstandard.org/rsl"/>').level // => 'conformant-with-warnings'
 * ```
 */
export function check(xml: string | Uint8Array, limits: Partial<XmlLimits> = {}): Checked {
  const { document, issues } = lint(xml, limits);
  if (!document) return { document, issues, level: levelOf(issues), grants: [] };
  const text = typeof xml === 'string' ? xml : new TextDecoder().decode(xml);
  const grants = grantsOf(document);
  const advised = advice(document, grants, text.replace(/^\uFEFF/, ''));
  const all = inOrder([...issues, ...withPaths(advised, document.root)]);
  return { document, issues: all, level: levelOf(all), grants };
}

function advice(document: RslDocument, grants: readonly ScopeGrants[], text: string): Issue[] {
  const found: Issue[] = [];
  function say(code: IssueCode, message: string, position: Position): void {
    found.push(issue(code, message, position));
  }
  if (document.contents.every((one) => one.licenses.length === 0)) {
    say('R79-no-terms', 'The document holds no license.', document.position);
  }
  const [sign] = draftSigns(document);
  if (sign) say('R106-draft', `"${sign.word}" is from the drafts before RSL 1.0.`, sign.position);
  for (const { scope, usage, position } of splitReadings(document, grants)) {
    say('A2-readers-differ', `Readers differ on ${usage} for "${scope}".`, position);
  }
  for (const { server, licenses } of document.contents) {
    const free = licenses.find(isFree);
    if (server !== undefined && free && !licenses.every(isFree)) {
      say(
        'R20-free-behind-server',
        'What is free stands behind the server of what is priced.',
        free.position,
      );
    }
  }
  for (const { payment } of document.contents.flatMap((one) => one.licenses)) {
    const { payload = '', position } = payment?.accepts ?? {};
    if (position && (payload.startsWith('{') || payload.startsWith('['))) {
      const inside = text.indexOf('>', position.offset) + 1;
      const bare = !text
        .slice(inside, inside + 200)
        .trimStart()
        .startsWith('<![CDATA[');
      if (bare) say('R52-no-cdata', 'The payload is JSON outside CDATA.', position);
    }
  }
  return found;
}

/** Free of charge and of conditions, and a permission: a refusal needs no server either way. */
function isFree({ permits, payment }: License): boolean {
  return permits.length > 0 && (payment === undefined || payment.type?.text === 'free');
}

/** Where the two readings of A2 part, one line for each scope and usage. */
function splitReadings(
  document: RslDocument,
  grants: readonly ScopeGrants[],
): { scope: string; usage: string; position: Position }[] {
  const refuses = document.contents.some(({ licenses }) => licenses.some((one) => one.prohibits.length > 0));
  if (!refuses) return [];
  return grants.flatMap(({ scope, sample, position, usages }) =>
    usages
      .filter(({ usage, outcome }) => {
        const other = evaluate(document, { url: sample, usage, prohibitions: 'anywhere' });
        return other.outcome !== outcome;
      })
      .map(({ usage }) => ({ scope, usage, position })),
  );
}
