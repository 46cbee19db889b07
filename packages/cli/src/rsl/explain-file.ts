import {
  check,
  compareReadings,
  describeGrants,
  type Evaluation,
  evaluate,
  isUsageToken,
} from '@clearway/rsl';

interface ExplainFlags {
  readonly url: string;
  readonly usage?: string;
  readonly user?: string;
  readonly place?: readonly string[];
  readonly strict?: boolean;
  readonly language: 'en' | 'de';
  readonly json?: boolean;
}

const exit = { 'licensed-free': 0, 'licensed-against': 0, 'not-licensed': 2, unknown: 3 } as const;

/** Prints what a text grants, or the answer to one question; returns the exit code. */
export function explainFile(text: string, flags: ExplainFlags): number {
  const { url, usage, user, place, strict = false, language, json } = flags;
  const { document, grants, issues } = check(text);
  if (!document) throw new Error(issues[0]?.message ?? 'This is no RSL.');
  if (usage === undefined) {
    const sentence = describeGrants(grants, language);
    console.log(json ? JSON.stringify({ sentence, grants }, null, 2) : sentence);
    return 0;
  }
  if (!isUsageToken(usage)) throw new Error(`--usage: "${usage}" is no usage of RSL.`);
  const question = {
    url,
    usage,
    ...(user !== undefined && { userClass: user }),
    ...(place !== undefined && { places: place }),
  };
  const answer = evaluate(document, { ...question, strict });
  const { narrower, anywhere, conflict } = compareReadings(document, question);
  const readings = { narrower: narrower.outcome, anywhere: anywhere.outcome };
  if (json) console.log(JSON.stringify({ ...answer, readings, conflict }, null, 2));
  else print(answer, conflict ? readings : undefined);
  return exit[answer.outcome];
}

function print(
  { outcome, payments, trace }: Evaluation,
  readings: { readonly narrower: string; readonly anywhere: string } | undefined,
): void {
  console.log(outcome.replace('-', ' '));
  for (const { type, amount, server, standard, custom } of payments) {
    const price = amount ? ` ${amount.decimal} ${amount.currency ?? ''}` : '';
    const rest = [server && `from ${server}`, standard, custom].filter((part) => part !== undefined);
    console.log(`  ${[`${type}${price}`, ...rest].join(', ')}`);
  }
  for (const { rule, text, position } of trace) {
    console.log(`  ${rule}: ${text}${position ? ` (line ${position.line})` : ''}`);
  }
  if (readings) {
    console.log('Careful readers differ:');
    console.log(`  where a narrower permission wins: ${readings.narrower.replace('-', ' ')}`);
    console.log(`  where a prohibition always stands: ${readings.anywhere.replace('-', ' ')}`);
  }
}
