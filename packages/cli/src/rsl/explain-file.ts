import {
  describeGrants,
  type Evaluation,
  grantsOf,
  isCountry,
  isUsageToken,
  type Question,
  userTokens,
} from '@clearway/rsl';
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
  readonly report?: readonly string[];
  readonly date?: string;
  readonly agent?: string;
  readonly strict?: boolean;
  readonly language: 'en' | 'de';
}

const exit = { 'licensed-free': 0, 'licensed-against': 0, 'not-licensed': 2, unknown: 3 } as const;

/** What a text grants, or the answer to one question. */
export function explainFile({ terms, about }: OpenedTerms, flags: ExplainFlags): Answer {
  const { usage, strict = false, language } = flags;
  const client = readClient(flags);
  const url = flags.url ?? about ?? '/';
  if (usage === undefined) {
    if (Object.keys(client).length > 0 || strict)
      throw new Error('Nothing is asked without --usage: name the use.');
    const grants = terms.document ? grantsOf(terms.document) : [];
    const sentence = describeGrants(grants, language);
    return { code: 0, value: { sentence, grants }, lines: [sentence] };
  }
  if (!isUsageToken(usage)) throw new Error(`--usage: "${usage}" is no usage of RSL.`);
  const question = { usage, ...client };
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

/** Who asks. A slip of the pen would be an answer to another question, so it is none. */
function readClient({ user, place, report, date, agent }: ExplainFlags): Partial<Question> {
  if (user !== undefined && !user.includes(':') && !(userTokens as readonly string[]).includes(user))
    throw new Error(`--user: "${user}" is none of ${userTokens.join(', ')} and no prefixed name of others.`);
  const places = place?.map((code) => code.toUpperCase());
  const strange = places?.find((code) => !isCountry(code));
  if (strange !== undefined) throw new Error(`--place: "${strange}" is no country of ISO 3166-1.`);
  if (date !== undefined && !(/^\d{4}-\d{2}-\d{2}/.test(date) && Date.parse(date) >= 0))
    throw new Error(`--date: "${date}" is no day, such as 2026-01-31, and no time of RFC 3339.`);
  return {
    ...(user !== undefined && { userClass: user }),
    ...(places && { places }),
    ...(report && { reportingProfiles: report }),
    ...(date !== undefined && { date }),
    ...(agent !== undefined && { agent }),
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
