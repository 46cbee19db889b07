import { describeGrants, type Evaluation, grantsOf, isUsageToken } from '@clearway/rsl';
import { evaluateFound } from '@clearway/rsl/find';
import type { OpenedTerms } from './open-terms.ts';

/** An answer: its exit code, as data, and as lines. */
export interface Answer {
  readonly code: number;
  readonly value: object;
  readonly lines: readonly string[];
}

interface ExplainFlags {
  readonly url?: string | undefined;
  readonly usage?: string;
  readonly user?: string;
  readonly place?: readonly string[];
  readonly strict?: boolean;
  readonly language: 'en' | 'de';
}

const exit = { 'licensed-free': 0, 'licensed-against': 0, 'not-licensed': 2, unknown: 3 } as const;

/** What a text grants, or the answer to one question. */
export function explainFile({ terms, about }: OpenedTerms, flags: ExplainFlags): Answer {
  const { usage, user, place, strict = false, language } = flags;
  const url = flags.url ?? about ?? '/';
  if (usage === undefined) {
    const grants = terms.document ? grantsOf(terms.document) : [];
    const sentence = describeGrants(grants, language);
    return { code: 0, value: { sentence, grants }, lines: [sentence] };
  }
  if (!isUsageToken(usage)) throw new Error(`--usage: "${usage}" is no usage of RSL.`);
  const question = {
    usage,
    ...(user !== undefined && { userClass: user }),
    ...(place !== undefined && { places: place }),
  };
  const answer = evaluateFound(terms, url, { ...question, strict, explain: true });
  if (!answer) throw new Error(terms.issues[0]?.message ?? 'This is no RSL.');
  const outcomeOf = (prohibitions: 'narrower' | 'anywhere') =>
    evaluateFound(terms, url, { ...question, prohibitions })!.outcome;
  const readings = { narrower: outcomeOf('narrower'), anywhere: outcomeOf('anywhere') };
  const conflict = readings.narrower !== readings.anywhere;
  return {
    code: exit[answer.outcome],
    value: { ...answer, readings, conflict },
    lines: linesOf(answer, conflict ? readings : undefined),
  };
}

function linesOf(
  { outcome, payments, trace }: Evaluation,
  readings: { readonly narrower: string; readonly anywhere: string } | undefined,
): string[] {
  const prices = payments.map(({ type, amount, server, standard, custom }) => {
    const price = amount ? ` ${amount.decimal} ${amount.currency ?? ''}` : '';
    const rest = [server && `from ${server}`, standard, custom].filter((part) => part !== undefined);
    return `  ${[`${type}${price}`, ...rest].join(', ')}`;
  });
  const steps = trace.map(
    ({ rule, text, position }) => `  ${rule}: ${text}${position ? ` (line ${position.line})` : ''}`,
  );
  const doubt = readings && [
    'Careful readers differ:',
    `  where a narrower permission wins: ${readings.narrower.replace('-', ' ')}`,
    `  where a prohibition always stands: ${readings.anywhere.replace('-', ' ')}`,
  ];
  return [outcome.replace('-', ' '), ...prices, ...steps, ...(doubt ?? [])];
}
