import { collectStatements, isGift, statementLimit } from './collect-statements.ts';
import type { EvaluatedPayment, Evaluation, Grant, Question, Statement, TraceStep } from './evaluation.ts';
import { explainIgnored } from './explain-ignored.ts';
import { comparePatterns } from './match-path.ts';
import type { RslDocument } from './model.ts';
import { covers, type UsageToken } from './vocabulary.ts';
import type { Position } from './xml.ts';

/**
 * What does a document say about one URL, one usage and one kind of client? RSL 1.0 §3.1.1, §3.5, §3.6:
 *
 * - Everything that applies is read together; the order of the document never matters.
 * - A narrower statement beats a broader one. Statements are compared by path and by usage at once: one beats the other
 *   only if it is narrower in one and no broader in the other. In every other case the prohibition stands.
 * - A list of permits is closed: a narrower path that permits something else takes away what a broader path permits.
 * - Licences of equal scope are offers, any of which may be taken. A licence that names a usage beats one that is silent.
 * - What cannot be read may have been a restriction: a licence with a broken shape or an unreadable prohibition keeps
 *   everything for its addresses from being granted, a content without a readable scope everything at all.
 * - Doubt never widens: a licence limited to user classes when none was declared, or to places, or with a report that
 *   cannot be made, or with a broken shape, grants nothing, while its prohibitions count.
 * - Silence never earns more than an answer: where a class or a place is prohibited, or has a price of its own, a client that
 *   does not say which it is has no licence.
 *
 * `strict` reads doubt harder: any prohibition that covers the usage stands, and silence is no permission.
 *
 * @example
 * ```ts
 * import { evaluate, parse } from '@clearway/rsl';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <permits type="usage">ai-input</permits>
 *   <payment type="use"><amount currency="EUR">0.02</amount></payment></license></content></rsl>`);
 * const answer = evaluate(document, { url: '/a', usage: 'ai-input' });
 * answer.outcome // => 'licensed-against'
 * answer.payments[0].amount.decimal // => '0.02'
 * ```
 */
export function evaluate(document: RslDocument, question: Question): Evaluation {
  const { statements, trace, matched, doubtful, undecided, held } = collectStatements(document, question);
  const { usage, strict = false } = question;
  const anywhere = strict || question.prohibitions === 'anywhere';
  const steps: TraceStep[] = question.explain
    ? [...explainIgnored(document, question), ...trace]
    : [...trace];
  function answer(
    outcome: Evaluation['outcome'],
    rule: string,
    text: string,
    payments: EvaluatedPayment[] = [],
  ): Evaluation {
    const open = matched && outcome === 'unknown' && rule !== 'A7';
    const marks = { ...(doubtful && { doubtful }), ...(open && { undecided: open }) };
    return { outcome, payments, trace: [...steps, { rule, text }], ...marks };
  }
  function say(rule: string, text: string, position: Position): void {
    steps.push({ rule, text, position });
  }

  if (!matched) return answer('unknown', 'R79', 'No content of this document is for this address.');
  if (statements.length > statementLimit) {
    return answer('unknown', 'R104', `More than ${statementLimit} statements are for this address.`);
  }
  const prohibitions = statements.filter((one) => one.kind === 'prohibition');
  const lists = statements.filter((one) => one.kind === 'closed' || one.kind === 'shadow');
  if (doubtful)
    steps.push({ rule: 'R28', text: 'What restricts here cannot all be read, so nothing is granted.' });
  const granted = doubtful ? [] : statements.filter(isGrant);
  const standing = granted.filter((grant) => {
    const against = prohibitions.find((one) => anywhere || !beats(grant, one));
    const list = lists.find((one) => comparePatterns(one.pattern, grant.pattern) === 'narrower');
    if (against) {
      say(
        'R27',
        `The permission for ${grant.source} yields to the prohibition of ${against.source}.`,
        grant.position,
      );
    } else if (list) {
      say(
        'R26',
        `The permission for ${grant.source} yields to ${list.source}, which is narrower.`,
        grant.position,
      );
    }
    return !against && !list;
  });
  const strongest = standing.filter((one) => !standing.some((other) => beats(other, one)));

  const rival = lists.find((list) => list.rival && !strongest.some((grant) => settles(grant, list)));
  if (strongest.length === 0 || held || rival) {
    const open = strongest.length > 0 ? held || rival?.kind === 'shadow' : undecided;
    if (open && (strongest.length > 0 || prohibitions.length === 0)) {
      return answer(
        'unknown',
        'R28',
        `${usage} may be licensed, but only for a client that says more about itself.`,
      );
    }
    if (statements.some((one) => one.kind === 'prohibition' || one.kind === 'closed')) {
      return answer('not-licensed', 'R28', `${usage} is not licensed here.`);
    }
    return answer('unknown', 'R28', 'No licence here grants anything that can be relied on.');
  }
  if (strict && strongest.some((one) => one.usage === undefined)) {
    return answer('unknown', 'A7', `Nothing is said about ${usage}, and silence is no permission.`);
  }
  // Offers of one scope are a choice; scopes that only overlap must all be satisfied.
  const costly = strongest.filter(
    (one) => !strongest.some((other) => sameScope(one, other) && isGift(other.payment)),
  );
  if (costly.length > 0) {
    return answer(
      'licensed-against',
      'R80',
      `${usage} is licensed against what is asked.`,
      paymentsOf(costly),
    );
  }
  return answer('licensed-free', 'R42', `${usage} is licensed without charge.`, paymentsOf(strongest));
}

function isGrant(statement: Statement | Grant): statement is Grant {
  return statement.kind === 'grant';
}

/** Statements come in the order of the text, so the list does too. */
function paymentsOf(grants: readonly Grant[]): EvaluatedPayment[] {
  return grants.map((one) => one.payment);
}

/** Whether a grant makes it needless to meet what another licence asks: it comes first, or is a free choice beside it. */
function settles(grant: Grant, list: Statement): boolean {
  return beats(grant, list) || (sameScope(grant, list) && isGift(grant.payment) && !beats(list, grant));
}

/** Narrower in one dimension and no broader in the other. */
function beats(one: Statement, other: Statement): boolean {
  if (other.kind === 'prohibition' && other.placed && !one.placed) return false;
  const path = comparePatterns(one.pattern, other.pattern);
  const usage = compareUsage(one.usage, other.usage);
  const user = one.user === other.user ? 'equal' : one.user ? 'narrower' : 'broader';
  const relations = [path, usage, user];
  return (
    relations.includes('narrower') &&
    relations.every((relation) => relation === 'narrower' || relation === 'equal')
  );
}

function sameScope(one: Statement, other: Statement): boolean {
  return (
    comparePatterns(one.pattern, other.pattern) === 'equal' &&
    compareUsage(one.usage, other.usage) === 'equal'
  );
}

/** Silence is the broadest statement of all. */
function compareUsage(
  a: UsageToken | undefined,
  b: UsageToken | undefined,
): 'equal' | 'narrower' | 'broader' | 'unrelated' {
  if (a === b) return 'equal';
  if (a === undefined) return 'broader';
  if (b === undefined || covers(b, a)) return 'narrower';
  return covers(a, b) ? 'broader' : 'unrelated';
}
