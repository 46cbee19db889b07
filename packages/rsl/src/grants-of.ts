import { webAddress } from './addresses.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluatedPayment, Evaluation } from './evaluation.ts';
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

/** What one scope of a document comes to, with the whole document taken into account. */
export interface ScopeGrants {
  /** The pattern as written; empty for the scope of the page or the item itself. */
  readonly scope: string;
  /** An address in it, with which the document was asked. */
  readonly sample: string;
  readonly usages: readonly {
    readonly usage: (typeof plainUsages)[number];
    readonly outcome: Evaluation['outcome'];
    readonly payments: readonly EvaluatedPayment[];
  }[];
  readonly position: Position;
}

/** More scopes than this are not worked out: nobody reads the sentence any more. */
const scopeLimit = 50;

/**
 * What a document really grants to a client that says nothing about itself, scope by scope in the order of the text.
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
  for (const { url, position } of document.contents) {
    if (url === undefined || seen.has(url) || scopes.length >= scopeLimit) continue;
    seen.add(url);
    const sample = sampleOf(url);
    if (sample === undefined) continue;
    const usages = plainUsages.map((usage) => {
      const { outcome, payments } = evaluate(document, { url: sample, usage });
      return { usage, outcome, payments };
    });
    scopes.push({ scope: url, sample, usages, position });
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
