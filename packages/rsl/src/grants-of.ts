import { webAddress } from './addresses.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluatedPayment, Evaluation, Question } from './evaluation.ts';
import { type ClientKind, clientsFor } from './list-clients.ts';
import { compilePattern } from './match-path.ts';
import type { RslDocument } from './model.ts';
import type { UsageToken } from './vocabulary.ts';
import type { Position } from './xml.ts';

/** The four usages that hold no other, in the order people ask for them. */
export const plainUsages = [
  'search',
  'ai-index',
  'ai-input',
  'ai-train',
] as const satisfies readonly UsageToken[];

/** What is answered for one usage. */
export interface UsageGrant {
  readonly usage: (typeof plainUsages)[number];
  readonly outcome: Evaluation['outcome'];
  readonly payments: readonly EvaluatedPayment[];
}

/** What one scope of a document comes to, with the whole document taken into account. */
export interface ScopeGrants {
  /** The pattern as written; empty for the scope of the page or the item itself. */
  readonly scope: string;
  /** An address in it, with which the document was asked. */
  readonly sample: string;
  /** For a client that says nothing about itself. */
  readonly usages: readonly UsageGrant[];
  /** For those who say what the licences of this scope speak of; empty where it makes no difference who asks. */
  readonly clients: readonly { readonly client: ClientKind; readonly usages: readonly UsageGrant[] }[];
  readonly position: Position;
}

/** More scopes than this are not worked out: nobody reads the sentence any more. */
const scopeLimit = 50;
/** Nor more clients than this, in all scopes together. */
const clientLimit = 60;

/**
 * What a document really grants, scope by scope in the order of the text: to a client that says nothing about itself, and
 * to each kind of client that its licences speak of, by user class, place and report.
 *
 * @example
 * ```ts
 * import { grantsOf, parse } from '@clearway/rsl';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <permits type="usage">search</permits></license></content></rsl>`);
 * grantsOf(document)[0].usages[0].outcome // => 'licensed-free'
 * grantsOf(document)[0].usages[1].outcome // => 'not-licensed'
 * ```
 */
export function grantsOf(document: RslDocument): ScopeGrants[] {
  const seen = new Set<string>();
  const scopes: ScopeGrants[] = [];
  let asked = 0;
  for (const { url, position } of document.contents) {
    if (url === undefined || seen.has(url) || scopes.length >= scopeLimit) continue;
    seen.add(url);
    const sample = sampleOf(url);
    if (sample === undefined) continue;
    const ask = (question: Partial<Question>) =>
      plainUsages.map((usage): UsageGrant => {
        const { outcome, payments } = evaluate(document, { url: sample, usage, ...question });
        return { usage, outcome, payments };
      });
    const kinds = clientsFor(document, sample, clientLimit - asked);
    asked += kinds.length;
    const clients = kinds.map(({ question, client }) => ({ client, usages: ask(question) }));
    scopes.push({ scope: url, sample, usages: ask({}), clients, position });
  }
  return scopes;
}

/** An address that a pattern matches, and as few narrower patterns as can be. */
function sampleOf(url: string): string | undefined {
  if (url.startsWith('/')) {
    const { pieces, anchored } = compilePattern(url);
    return pieces.join('') + (anchored ? '' : '~');
  }
  return webAddress(url) ? url : undefined;
}
