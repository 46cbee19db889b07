import {
  check,
  compareReadings,
  discoverLicenses,
  evaluate,
  type Issue,
  isAllowed,
  levelOf,
  lint,
  lintFeed,
  lintFile,
  matchPath,
  maxAgeDays,
  parse,
  parseRobots,
  type RslDocument,
  readPage,
  rewrite,
  type UsageToken,
} from '@clearway/rsl';
import type { OfItems } from '../items-of.ts';

/** One case as it stands in `cases/*.json`; README.md says what each word means. */
export interface Case extends OfItems {
  readonly id: string;
  readonly kind: 'positive' | 'negative' | 'hostile';
  readonly note: string;
  readonly source: string;
  readonly files: Readonly<Record<string, string>>;
  readonly ask: Ask;
  readonly expect: unknown;
  /** What readers answer who read otherwise; the names are in `readings.json`. */
  readonly otherwise?: readonly { readonly reading: string; readonly expect: unknown }[];
}

type Ask =
  | { readonly do: 'check'; readonly as: 'site' | 'feed' | 'file'; readonly origin?: string }
  | {
      readonly do: 'evaluate';
      readonly url: string;
      readonly usage: UsageToken;
      readonly user?: string;
      readonly places?: readonly string[];
      readonly reports?: readonly string[];
      readonly strict?: boolean;
      readonly date?: string;
    }
  | { readonly do: 'discover'; readonly agent: string }
  | { readonly do: 'allowed'; readonly agent: string; readonly path: string }
  | { readonly do: 'match'; readonly pattern: string; readonly path: string }
  | { readonly do: 'max-age' }
  | { readonly do: 'rewrite' }
  | { readonly do: 'page' };

/** What this implementation answers, in the shape of the case's `expect`. */
export function answer({ files, ask, expect }: Case): unknown {
  const xml = files['document.xml'] ?? '';
  if (ask.do === 'check') return judged(xml, ask);
  if (ask.do === 'match') return { matches: matchPath(ask.pattern, ask.path) };
  if (ask.do === 'allowed')
    return { allowed: isAllowed(parseRobots(files['robots.txt'] ?? ''), ask.agent, ask.path) };
  if (ask.do === 'discover') {
    const { found, ignored } = discoverLicenses(
      {
        ...(files['robots.txt'] !== undefined && { robots: files['robots.txt'] }),
        ...(files['link.txt'] !== undefined && { link: files['link.txt'] }),
        ...(files['page.html'] !== undefined && { html: files['page.html'] }),
      },
      ask.agent,
    );
    return { found: found.map((one) => one.url), ignored: ignored.map((one) => one.value) };
  }
  if (ask.do === 'page') return { terms: readPage(files['page.html'] ?? '').map(describe) };
  const { document } = parse(xml);
  // What is no document gives no answer.
  if (!document) return ask.do === 'evaluate' ? { outcome: 'unknown' } : undefined;
  if (ask.do === 'max-age') return { days: maxAgeDays(document) };
  if (ask.do === 'rewrite') return kept(document, xml, expect as { readonly keeps: readonly string[] });
  return verdict(document, ask, expect as object);
}

function judged(xml: string, ask: Extract<Ask, { do: 'check' }>): unknown {
  const issues =
    ask.as === 'site'
      ? check(xml).issues
      : ask.as === 'file'
        ? lintFile(xml).issues
        : lintFeed(xml, ask.origin === undefined ? {} : { origin: ask.origin }).issues;
  return { level: levelOf(issues), codes: codesOf(issues) };
}

function codesOf(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map((one) => one.code))].sort();
}

function describe({ scope, href, issues }: ReturnType<typeof readPage>[number]): unknown {
  const id = scope.kind === 'element' && scope.id !== undefined ? `#${scope.id}` : '';
  return {
    scope: scope.kind === 'document' ? 'document' : `${scope.name}${id}`,
    kind: href === undefined ? 'script' : 'link',
    codes: codesOf(issues),
    ...(href !== undefined && { href }),
  };
}

/** The marks that are still there after reading, writing and reading again, if the two say the same. */
function kept(document: RslDocument, xml: string, { keeps }: { readonly keeps: readonly string[] }): unknown {
  const text = rewrite(document);
  const before = codesOf(lint(xml).issues);
  const same = JSON.stringify(codesOf(lint(text).issues)) === JSON.stringify(before);
  return { keeps: same ? keeps.filter((mark) => text.includes(mark)) : [] };
}

function verdict(document: RslDocument, ask: Extract<Ask, { do: 'evaluate' }>, expect: object): unknown {
  const { url, usage, user, places, reports, strict, date } = ask;
  const question = {
    url,
    usage,
    ...(user !== undefined && { userClass: user }),
    ...(places !== undefined && { places }),
    ...(reports !== undefined && { reportingProfiles: reports }),
    ...(strict !== undefined && { strict }),
    ...(date !== undefined && { date }),
  };
  if ('readings' in expect) {
    const { narrower, anywhere } = compareReadings(document, question);
    return { readings: { narrower: narrower.outcome, anywhere: anywhere.outcome } };
  }
  const { outcome, payments } = evaluate(document, question);
  if (!('payments' in expect)) return { outcome };
  return {
    outcome,
    payments: payments.map(({ type, amount, standard, server }) => ({
      type,
      ...(amount && { amount }),
      ...(standard !== undefined && { standard }),
      ...(server !== undefined && { server }),
    })),
  };
}
