import { webAddress } from './addresses.ts';
import type { EvaluatedPayment, Grant, Question, Statement, TraceStep } from './evaluation.ts';
import { compilePattern, matchPath, type PathPattern } from './match-path.ts';
import type { Content, License, Permission, RslDocument } from './model.ts';
import { coversPlace } from './places.ts';
import { covers, isUsageToken, legacyUsageTokens, permissionTypes, type UsageToken } from './vocabulary.ts';

export interface Collected {
  readonly statements: readonly (Statement | Grant)[];
  readonly trace: readonly TraceStep[];
  /** A content of the document is for the address. */
  readonly matched: boolean;
  /** A licence might grant the usage to a client that says more about itself. */
  readonly undecided: boolean;
}

interface Scope {
  readonly pattern: PathPattern;
  readonly url: string;
  readonly server: string | undefined;
  /** False where the content names a host and the question does not: then only its prohibitions count. */
  readonly grants: boolean;
}

/** Everything the document says about a question, each by itself and in the order of the text. */
export function collectStatements(document: RslDocument, question: Question): Collected {
  const statements: (Statement | Grant)[] = [];
  const trace: TraceStep[] = [];
  let matched = false;
  let undecided = false;
  const contents = [...document.contents].sort((a, b) => a.position.offset - b.position.offset);
  for (const content of contents) {
    const scope = scopeOf(content, question.url);
    if (!scope) continue;
    matched = true;
    trace.push({ rule: 'R17', text: `The content for "${scope.url}" applies.`, position: content.position });
    const licenses = [...content.licenses].sort((a, b) => a.position.offset - b.position.offset);
    for (const license of licenses) {
      const said = readOne(license, scope, question);
      statements.push(...said.statements);
      trace.push({ ...said.step, position: license.position });
      undecided ||= said.undecided;
    }
  }
  return { statements, trace, matched, undecided };
}

function scopeOf(content: Content, asked: string): Scope | undefined {
  const { url, server } = content;
  if (!url) return undefined;
  const address = asked.startsWith('/') ? undefined : webAddress(asked);
  const path = address ? address.pathname + address.search : asked;
  if (url.startsWith('/')) {
    const pattern = compilePattern(url);
    return matchPath(pattern, path) ? { pattern, url, server, grants: true } : undefined;
  }
  const named = webAddress(url);
  if (!named || (address && address.origin !== named.origin)) return undefined;
  // Cut from the text: the parsed form would encode the characters that have a meaning in patterns.
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  const pattern = compilePattern(slash === -1 ? '/' : url.slice(slash));
  return matchPath(pattern, path) ? { pattern, url, server, grants: address !== undefined } : undefined;
}

interface Said {
  readonly statements: readonly (Statement | Grant)[];
  readonly step: TraceStep;
  readonly undecided: boolean;
}

function readOne(license: License, scope: Scope, question: Question): Said {
  const { usage, userClass, places = [], reportingProfiles = [] } = question;
  const users = tokensOf(license.permits, 'user');
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
  const permitted = permittedToken(license, usage);
  const statements: (Statement | Grant)[] = [];
  for (const token of prohibitedTokens(license)) {
    if (covers(token, usage) || covers(usage, token)) {
      statements.push({ ...base, kind: 'prohibition', usage: token, source: `${token} on ${where}` });
    }
  }
  const barred = tokensOf(license.prohibits, 'user');
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
  const unmet = license.reporting.find((one) => !one.profile || !reportingProfiles.includes(one.profile));
  if (unmet) return done('R55', 'It asks for a report that this client does not make.', 'closed');
  if ((users || barred) && userClass === undefined) {
    return done('A11', 'It depends on who the user is, which was not said.', 'shadow', true);
  }
  const within = tokensOf(license.permits, 'geo');
  const without = tokensOf(license.prohibits, 'geo');
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

/** The narrowest permitted token that covers the usage; `none` where a list leaves it out, `silent` without a list. */
function permittedToken(license: License, usage: UsageToken): UsageToken | 'none' | 'silent' {
  const lists = license.permits.filter((one) => one.type === 'usage' || !isKnownType(one));
  if (lists.length === 0) return 'silent';
  let best: UsageToken | 'none' = 'none';
  for (const { text } of lists.filter((one) => one.type === 'usage').flatMap((one) => one.tokens)) {
    if (isUsageToken(text) && covers(text, usage) && (best === 'none' || covers(best, text))) best = text;
  }
  return best;
}

/** Read with good will towards the holder: commas, capitals, names of earlier drafts and a missing type do not void a no. */
function prohibitedTokens(license: License): UsageToken[] {
  const words = license.prohibits
    .filter((one) => one.type === 'usage' || !isKnownType(one))
    .flatMap((one) => one.text.toLowerCase().split(/[\s,]/));
  const tokens = words.map((word) =>
    Object.hasOwn(legacyUsageTokens, word) ? legacyUsageTokens[word]! : word,
  );
  return [...new Set(tokens.filter(isUsageToken))];
}

function isKnownType(permission: Permission): boolean {
  return (permissionTypes as readonly (string | undefined)[]).includes(permission.type);
}

function tokensOf(list: readonly Permission[], type: string): string[] | undefined {
  const found = list.filter((one) => one.type === type);
  return found.length === 0 ? undefined : found.flatMap((one) => one.tokens.map((token) => token.text));
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
