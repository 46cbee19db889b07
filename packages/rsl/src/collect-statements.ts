import { webAddress } from './addresses.ts';
import type { EvaluatedPayment, Grant, Question, Statement, TraceStep } from './evaluation.ts';
import { type PathPattern, preparePath } from './match-path.ts';
import type { License, RslDocument } from './model.ts';
import { findMatches } from './pattern-index.ts';
import { holdsIn } from './places.ts';
import { type PreparedLicense, prepareDocument } from './prepare-document.ts';
import { covers, isUserToken, type UsageToken } from './vocabulary.ts';

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
  /** A prohibition might be meant for this client, who does not say enough about itself. */
  readonly held: boolean;
}

/** Who the users of a licence are, seen from a client that does not say whether it is one: narrower than nothing said. */
const unsaid = '?';

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
  let held = false;
  const client = readClient(question);
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
      const said = readOne(license, scope, client);
      for (const one of said.statements) statements.push(one);
      trace.push({ ...said.step, position: license.license.position });
      undecided ||= said.undecided;
      held ||= said.held;
    }
  }
  return { statements, trace, matched, doubtful, undecided, held };
}

interface Client {
  readonly usage: UsageToken;
  readonly strict: boolean;
  /** Undefined also where the class is none: a slip of the pen must not earn more than the word would. */
  readonly userClass: string | undefined;
  readonly places: readonly string[];
  readonly reportingProfiles: readonly string[];
}

function readClient(question: Question): Client {
  const { usage, userClass, places = [], reportingProfiles = [], strict = false } = question;
  const known = userClass !== undefined && (isUserToken(userClass) || userClass.includes(':'));
  return { usage, strict, userClass: known ? userClass : undefined, places, reportingProfiles };
}

/** A day that cannot be read is before everything: nothing can be relied upon then. */
function isBefore(date: string | undefined, change: string | undefined): boolean {
  return date !== undefined && change !== undefined && !(Date.parse(date) >= Date.parse(change));
}

interface Said {
  readonly statements: readonly (Statement | Grant)[];
  readonly step: TraceStep;
  readonly undecided: boolean;
  readonly held: boolean;
}

function readOne(prepared: PreparedLicense, scope: Scope, client: Client): Said {
  const { license, users, barredUsers: barred, places: within, barredPlaces: without } = prepared;
  const { usage, strict, userClass, places, reportingProfiles } = client;
  const others = users && userClass !== undefined && !users.includes(userClass);
  const user = users && !others ? (userClass ?? unsaid) : undefined;
  const base = { pattern: scope.pattern, user, placed: false, rival: false, position: license.position };
  const where = `"${scope.url}"`;
  const permitted = prepared.permitted[usage];
  const token = permitted === 'none' || permitted === 'silent' ? undefined : permitted;
  const statements: (Statement | Grant)[] = [];
  for (const one of prepared.prohibited) {
    if (covers(one, usage) || covers(usage, one)) {
      statements.push({ ...base, kind: 'prohibition', usage: one, source: `${one} on ${where}` });
    }
  }
  if (barred && userClass !== undefined && barred.includes(userClass)) {
    const source = `${userClass} users on ${where}`;
    statements.push({ ...base, user: userClass, kind: 'prohibition', usage: token ?? 'all', source });
  }
  const barredPlace = without && places.find((place) => holdsIn(without, place) === true);
  if (barredPlace !== undefined) {
    const source = `${barredPlace} on ${where}`;
    statements.push({ ...base, placed: true, kind: 'prohibition', usage: token ?? 'all', source });
  }
  // Whoever keeps silent may be just the one who is meant; of a class of others nobody knows which of RSL's it is.
  const mayBeBarred =
    barred !== undefined &&
    (userClass === undefined || !(isUserToken(userClass) || barred.includes(userClass)));
  const unplaced =
    without !== undefined &&
    (places.length === 0 || places.some((place) => holdsIn(without, place) === undefined));
  const held = mayBeBarred || unplaced;
  function done(rule: string, text: string, kind?: 'closed' | 'shadow', rival = false): Said {
    if (kind) statements.push({ ...base, kind, rival, usage: token, source: `the licence for ${where}` });
    return { statements, undecided: kind === 'shadow' && !license.flawed, held, step: { rule, text } };
  }

  if (others) return done('R39', `It is for other users than ${userClass}.`, 'closed');
  if (permitted === 'none') return done('R39', `It permits other uses than ${usage}.`, 'closed');
  if (license.flawed)
    return done('R28', 'It breaks a rule of the language, so nothing is granted.', 'shadow');
  const unmet = license.reporting.some((one) => !one.profile || !reportingProfiles.includes(one.profile));
  const payment = paymentOf(license, scope, token);
  const asks = unmet || !isGift(payment) || (strict && token === undefined);
  if (!scope.grants) return done('A4', 'It names a host and the question does not.', 'shadow', asks);
  if (scope.tooEarly)
    return done('R23', 'It was changed after that day; what held then is not known.', 'shadow', asks);
  if (unmet) return done('R55', 'It asks for a report that this client does not make.', 'closed', true);
  if (mayBeBarred || (users && userClass === undefined)) {
    return done('A11', 'It depends on who the user is, which was not said.', 'shadow', asks);
  }
  const excluded = barredPlace ?? (within && places.find((place) => holdsIn(within, place) === false));
  if (excluded !== undefined) {
    const elsewhere = within !== undefined && places.some((place) => holdsIn(within, place));
    return done('A10', `It does not hold in ${excluded}.`, 'closed', elsewhere && asks);
  }
  if (unplaced || (within && (places.length === 0 || !places.every((place) => holdsIn(within, place))))) {
    return done('A10', 'It depends on the place of use, which was not said.', 'shadow', asks);
  }
  statements.push({
    ...base,
    kind: 'grant',
    usage: token,
    placed: within !== undefined && places.every((place) => within.includes(place)),
    payment,
    source: `${token ?? 'silence'} on ${where}`,
  });
  if (token) return done('R39', `It permits ${token}, payment ${payment.type}.`);
  return done('R40', `It names no permitted use, payment ${payment.type}; only prohibitions restrict it.`);
}

/** Whether nothing at all is asked. */
export function isGift({ type, server }: EvaluatedPayment): boolean {
  return type === 'free' && server === undefined;
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
