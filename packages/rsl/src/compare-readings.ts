import { evaluate } from './evaluate.ts';
import type { Evaluation, Question } from './evaluation.ts';
import type { RslDocument } from './model.ts';

/** One question answered by everybody who reads RSL with care. */
export interface Readings {
  /** A narrower permission wins over a broader prohibition. */
  readonly narrower: Evaluation;
  /** A prohibition stands wherever it covers the usage. */
  readonly anywhere: Evaluation;
  /** As `anywhere`, and silence is no permission. */
  readonly strict: Evaluation;
  /** The first two differ: two honest readers of this document do different things. */
  readonly conflict: boolean;
}

/**
 * Answers one question by both readings of RSL 1.0 §3.1.1 against §3.6 (a broad prohibition with a narrower permission
 * inside), and strictly. Where `conflict` is true a publisher should rewrite the document, and a client that wants to be
 * safe takes `anywhere`.
 *
 * @example
 * ```ts
 * import { compareReadings, parse } from '@clearway/rsl';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl">
 *   <content url="/"><license><prohibits type="usage">ai-train</prohibits></license></content>
 *   <content url="/free/"><license><permits type="usage">ai-train</permits></license></content></rsl>`);
 * const { narrower, anywhere, conflict } = compareReadings(document, { url: '/free/a', usage: 'ai-train' });
 * narrower.outcome // => 'licensed-free'
 * anywhere.outcome // => 'not-licensed'
 * conflict // => true
 * ```
 */
export function compareReadings(document: RslDocument, question: Question): Readings {
  const { strict: _, ...asked } = question;
  const narrower = evaluate(document, { ...asked, prohibitions: 'narrower' });
  const anywhere = evaluate(document, { ...asked, prohibitions: 'anywhere' });
  const strict = evaluate(document, { ...asked, strict: true });
  return { narrower, anywhere, strict, conflict: narrower.outcome !== anywhere.outcome };
}
