import { webAddress } from './addresses.ts';
import type { EvaluatedPayment, Grant, Question, Statement, TraceStep } from './evaluation.ts';
import { type PathPattern, preparePath } from './match-path.ts';
import type { License, RslDocument } from './model.ts';
import { findMatches } from './pattern-index.ts';
import { coversPlace } from './places.ts';
import { type PreparedLicense, prepareDocument } from './prepare-document.ts';
import { covers, type UsageToken } from './vocabulary.ts';

/** Statements are compared in pairs; an honest document has a handful for one address. */
export const statementLimit = 500;

export interface Collected {
  readonly statements: readonly (Statement | Grant)[];
  readonly trace: readonly TraceStep[];
  /** A content of the document is for the address. */
  readonly matched: boolean;
  /** Something that may restrict what is granted here cannot be read. */
  readonly doubtful: boolean;
  /** A licence might grant the usage to a client that says more about itself. */
  readonly undecided: boolean;
}

interface Scope {
  readonly pattern: PathPattern;
  readonly url: string;
  readonly server: string | undefined;
  /** False where the content names a host and the question does not: then only its prohibitions count. */
  readonly grants: boolean;
  /** True where the day that is asked about lies before the last change. */
  readonly tooEarly: boolean;
}

/** What the document says about a question, each by itself and in the order of the text; no more when it is too much. */
export function collectStatements(document: RslDocument, question: Question): Collected {
  const statements: (Statement | Grant)[] = [];
  const trace: TraceStep[] = [];
  let matched = false;
  let undecided = false;
  const { contents, index, doubtful: everywhere } = prepareDocument(document);
  let doubtful = everywhere;
  const { url: asked } = question;
  const address = asked.startsWith('/') ? undefined : webAddress(asked);
  const path = address ? address.pathname + address.search : asked;
  for (const place of findMatches(index, preparePath(path))) {
    const { content, url, pattern, origin, licenses } = contents[place]!;
    if (origin !== undefined && address && address.origin !== origin) continue;
    if (statements.length > statementLimit) break;
    const grants = origin === undefined || address !== undefined;
    const tooEarly = isBefore(question.date, content.lastmod);
    const scope = { pattern, url, server: content.server, grants, tooEarly };
    matched = true;
    doubtful ||= contents[place]!.doubtful;
    trace.push({ rule: 'R17', text: `The content for "${url}" applies.`, position: content.position });
    for (const license of licenses) {
      const said = readOne(license, scope, question);
      for (const one of said.statements) statements.push(one);
      trace.push({ ...said.step, position: license.license.position });
      undecided ||= said.undecided;
    }
  }
  return { statements, trace, matched, doubtful, undecided };
}

/** A day that cannot be read is before everything: nothing can be relied upon then. */
function isBefore(date: string | undefined, change: string | undefined): boolean {
  return date !== undefined && change !== undefined && !(Date.parse(date) >= Date.parse(change));
}

interface Said {
  readonly statements: readonly (Statement | Grant)[];
  readonly step: TraceStep;
  readonly undecided: boolean;
}

function readOne(prepared: PreparedLicense, scope: Scope, question: Question): Said {
  const { license, users, barredUsers: barred, places: within, barredPlaces: without } = prepared;
  const { usage, userClass, places = [], reportingProfiles = [] } = question;
  if (users && userClass !== undefined && !users.includes(userClass)) {
    return {
      statements: [],
      undecided: false,
      step: { rule: 'R39', text: `It is for other users than ${userClass}.` },
    };
  }
  const user = users && userClass !== undefined ? userClass : undefined;
  const base = { pattern: scope.pattern, user, position: license.position };
  const where = `"${scope.url}"`;
  const permitted = prepared.permitted[usage];
  const statements: (Statement | Grant)[] = [];
  for (const token of prepared.prohibited) {
    if (covers(token, usage) || covers(usage, token)) {
      statements.push({ ...base, kind: 'prohibition', usage: token, source: `${token} on ${where}` });
    }
  }
  if (barred && userClass !== undefined && barred.includes(userClass)) {
    const token = permitted === 'none' || permitted === 'silent' ? 'all' : permitted;
    const source = `${userClass} users on ${where}`;
    statements.push({ ...base, user: userClass, kind: 'prohibition', usage: token, source });
  }
  function done(rule: string, text: string, kind?: 'closed' | 'shadow', undecided = false): Said {
    if (kind) statements.push({ ...base, kind, usage: undefined, source: `the licence for ${where}` });
    return { statements, undecided, step: { rule, text } };
  }

  if (permitted === 'none') return done('R39', `It permits other uses than ${usage}.`, 'closed');
  if (license.flawed)
    return done('R28', 'It breaks a rule of the language, so nothing is granted.', 'shadow');
  if (!scope.grants) return done('A4', 'It names a host and the question does not.', 'shadow', true);
  if (scope.tooEarly)
    return done('R23', 'It was changed after that day; what held then is not known.', 'shadow', true);
  const unmet = license.reporting.find((one) => !one.profile || !reportingProfiles.includes(one.profile));
  if (unmet) return done('R55', 'It asks for a report that this client does not make.', 'closed');
  if ((users || barred) && userClass === undefined) {
    return done('A11', 'It depends on who the user is, which was not said.', 'shadow', true);
  }
  if ((within || without) && places.length === 0) {
    return done('A10', 'It depends on the place of use, which was not said.', 'shadow', true);
  }
  const excluded = places.find(
    (place) => (within && !coversPlace(within, place)) || (without && coversPlace(without, place)),
  );
  if (excluded !== undefined) return done('A10', `It does not hold in ${excluded}.`, 'closed');
  const token = permitted === 'silent' ? undefined : permitted;
  const payment = paymentOf(license, scope, token);
  statements.push({
    ...base,
    kind: 'grant',
    usage: token,
    payment,
    source: `${token ?? 'silence'} on ${where}`,
  });
  if (token) return done('R39', `It permits ${token}, payment ${payment.type}.`);
  return done('R40', `It names no permitted use, payment ${payment.type}; only prohibitions restrict it.`);
}

function paymentOf(license: License, scope: Scope, permitted: UsageToken | undefined): EvaluatedPayment {
  const { payment } = license;
  const common = {
    ...(scope.server !== undefined && { server: scope.server }),
    url: scope.url,
    permitted,
    position: license.position,
  };
  if (!payment) return { type: 'free', ...common };
  const { amount, standard, custom, accepts, extensions } = payment;
  const says = amount || standard !== undefined || custom !== undefined || accepts || extensions.length > 0;
  const type = payment.type?.text ?? (says ? 'unstated' : 'free');
  return {
    type: type === 'free' && amount ? 'unstated' : type,
    ...(amount && {
      amount: {
        ...(amount.currency !== undefined && { currency: amount.currency }),
        decimal: amount.decimal,
      },
    }),
    ...(standard !== undefined && { standard }),
    ...(custom !== undefined && { custom }),
    ...(accepts && { accepts }),
    ...common,
  };
}
