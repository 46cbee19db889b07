import { discoverLicenses } from '@clearway/rsl';
import { readAiTxt } from './ai-txt.ts';
import { canonicalJson } from './canonical.ts';
import { type Contradiction, contradictions } from './contradictions.ts';
import { headerStatements } from './header-statements.ts';
import { htmlStatements } from './html-statements.ts';
import { isTime } from './is-time.ts';
import { judge } from './judge.ts';
import { readOpf } from './opf.ts';
import { type RobotsReader, robotsReader } from './robots-statements.ts';
import { insideStatements, rslConcerns, rslStatements } from './rsl-statements.ts';
import { type PreparedSource, prepareSource, type SignalSource } from './source.ts';
import { type Statement, type StatementCarrier, unreadable } from './statement.ts';
import { tdmFileStatements, tdmPolicyStatements } from './tdm-statements.ts';
import type { AgentVerdict, Contract, Declaration, EvidenceRecord, SilencePolicy } from './verdict.ts';
import { readXmp } from './xmp.ts';

/** Name and version of what reads; a new reading of any carrier is a new version. */
export const signalsParser = '@clearway/signals 2';

/** What is asked about which sources. */
export interface SignalsQuestion {
  /** The absolute address of the page or file. */
  readonly url: string;
  /** For which instant, RFC 3339: contracts are asked for it. */
  readonly at: string;
  readonly sources: readonly SignalSource[];
  /** Product tokens; by default `*`, an agent nobody names. */
  readonly agents?: readonly string[];
  /** Default `not-usable`. */
  readonly silence?: SilencePolicy;
  readonly contracts?: readonly Contract[];
  readonly declarations?: readonly Declaration[];
  /** Scientific research (Directive (EU) 2019/790, Article 3): a flag in the report that overrides nothing. */
  readonly research?: boolean;
}

/** Everything that was read, and what follows from it. */
export interface SignalsReport {
  readonly format: 'clearway-signals-1';
  readonly parser: string;
  readonly url: string;
  readonly at: string;
  readonly silence: SilencePolicy;
  readonly research: boolean;
  readonly sources: readonly {
    readonly kind: SignalSource['kind'];
    readonly url: string;
    readonly at: string;
    readonly status?: number;
    readonly redirects?: readonly string[];
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly records: readonly EvidenceRecord[];
  readonly verdicts: readonly AgentVerdict[];
  readonly contradictions: readonly Contradiction[];
}

/**
 * Reads every sign of permission and refusal in what was fetched for one address and gives one verdict for each agent and
 * usage: a contract in force, else the most restrictive refusal, else a permission (a preference, no licence), else
 * silence. Every record is kept, also what was set aside or could not be read. The order of the sources does not matter.
 * Throws TypeError when `url` is no absolute address or a time is none.
 *
 * @example
 * ```ts
 * import { readSignals } from '@clearway/signals';
 *
 * const at = '2026-11-22T00:00:00Z';
 * const robots = { kind: 'robots', url: 'https://a.example/robots.txt', at, status: 200, body: 'User-agent: *\nContent-Usage: train-ai=n' };
 * const report = await readSignals({ url: 'https://a.example/', at, sources: [robots] });
 * report.verdicts[0].usages['ai-train'].outcome // => 'refused'
 * ```
 */
export async function readSignals(question: SignalsQuestion): Promise<SignalsReport> {
  const { url, at, silence = 'not-usable', contracts = [], declarations = [], research = false } = question;
  const { pathname, search } = new URL(url);
  checkTimes([at, ...question.sources.map((one) => one.at)]);
  checkTimes(contracts.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])));
  const prepared = (await Promise.all(question.sources.map(prepareSource))).toSorted(byPlace);
  const robots = new Map<PreparedSource, RobotsReader>();
  for (const one of prepared)
    if (one.source.kind === 'robots') robots.set(one, robotsReader(one.text, one.source.status));
  const pageNames = namesOf(prepared);
  const challenged = new Set(
    prepared.flatMap(({ source: { kind, status, url: place } }) =>
      kind === 'headers' && (status === 401 || status === 402) ? [place] : [],
    ),
  );
  const context = { url, path: pathname + search, robots, pageNames, challenged, fixed: new Map() };
  const records = new Map<string, EvidenceRecord>();
  const agents = [...new Set(question.agents ?? ['*'])];
  const verdicts = agents.map((agent) => {
    const own: EvidenceRecord[] = [];
    let fetch: AgentVerdict['fetch'] = 'allowed';
    for (const source of prepared) {
      const found = statementsOf(source, agent, context);
      if (found.fetch === 'refused') fetch = 'refused';
      for (const statement of found.statements) {
        if (statement.agent !== undefined && statement.agent.toLowerCase() !== agent.toLowerCase()) {
          keep(records, statement, source);
          continue;
        }
        own.push(keep(records, statement, source));
      }
    }
    return judge({ agent, fetch, records: own, contracts, declarations, silence, at });
  });
  const all = [...records.values()];
  const sources = prepared.map(({ source: { body: _, ...source }, bytes, sha256 }) => ({
    ...source,
    bytes,
    sha256,
  }));
  const head = { format: 'clearway-signals-1', parser: signalsParser, url, at, silence, research } as const;
  return { ...head, sources, records: all, verdicts, contradictions: contradictions(verdicts, all) };
}

/**
 * The canonical JSON of a report (RFC 8785): same inputs, same bytes.
 *
 * @example
 * import { canonicalReport, readSignals } from '@clearway/signals';
 * const report = await readSignals({ url: 'https://a.example/', at: '2026-11-22T00:00:00Z', sources: [] })
 * canonicalReport(report).startsWith('{"at":') // => true
 */
export function canonicalReport(report: SignalsReport): string {
  return canonicalJson(report);
}

interface Context {
  readonly url: string;
  readonly path: string;
  readonly robots: ReadonlyMap<PreparedSource, RobotsReader>;
  readonly pageNames: (address: string) => boolean;
  /** Addresses that answered with 401 or 402. */
  readonly challenged: ReadonlySet<string>;
  /** What does not depend on the agent is read once. */
  readonly fixed: Map<PreparedSource, readonly Statement[]>;
}

interface Found {
  readonly statements: readonly Statement[];
  readonly fetch?: AgentVerdict['fetch'];
}

const carriers: Readonly<Record<SignalSource['kind'], StatementCarrier>> = {
  robots: 'robots',
  headers: 'file',
  html: 'file',
  tdmrep: 'tdmrep-file',
  'tdm-policy': 'tdm-policy',
  rsl: 'rsl',
  'ai-txt': 'ai-txt',
  xmp: 'xmp-rights',
  'epub-opf': 'tdmrep-epub',
};

function statementsOf(one: PreparedSource, agent: string, context: Context): Found {
  const { text, utf16, source } = one;
  const { kind, status } = source;
  if (kind === 'robots' && !utf16) return context.robots.get(one)!.answer(agent, context.path);
  if (utf16 && kind !== 'xmp')
    return { statements: [unreadable(carriers[kind], 'The text is UTF-16; only UTF-8 is read.')] };
  if (kind === 'html') {
    const inside = context.fixed.get(one) ?? insideStatements(text, kind, context.url, source.url);
    context.fixed.set(one, inside);
    return { statements: [...htmlStatements(text, agent), ...inside] };
  }
  const failed = kind !== 'headers' && status !== undefined && (status < 200 || status > 299);
  // What is missing says nothing; what a server fails to give may have said no, and so may terms that are named.
  if (failed && status >= 400 && status < 500 && kind !== 'rsl') return { statements: [] };
  if (kind === 'rsl' && !concerns(source.url, agent, context)) return { statements: [] };
  if (failed) return { statements: [unreadable(carriers[kind], `It answers ${status}.`)] };
  if (kind === 'ai-txt') return { statements: readAiTxt(text, agent, context.path) };
  const statements = context.fixed.get(one) ?? readFixed(kind, text, context, source.url);
  context.fixed.set(one, statements);
  return { statements };
}

function readFixed(kind: SignalSource['kind'], text: string, context: Context, address: string): Statement[] {
  switch (kind) {
    case 'headers':
      return headerStatements(text);
    case 'tdmrep':
      return tdmFileStatements(text, context.path);
    case 'tdm-policy':
      return tdmPolicyStatements(text);
    case 'rsl':
      return rslStatements(text, context.url, { address, challenge: context.challenged.has(address) });
    case 'epub-opf':
      return [...readOpf(text), ...insideStatements(text, kind, context.url, address)];
    default:
      return [...readXmp(text), ...insideStatements(text, 'xmp', context.url, address)];
  }
}

function concerns(address: string, agent: string, { robots, pageNames }: Context): boolean {
  const readers = [...robots.values()];
  return readers.length === 0 || readers.some((one) => rslConcerns(address, agent, one.robots, pageNames));
}

/** Whether headers or page name an RSL document themselves: then it counts for every agent. */
function namesOf(prepared: readonly PreparedSource[]): (address: string) => boolean {
  const named = new Set<string>();
  function add(texts: Parameters<typeof discoverLicenses>[0]): void {
    for (const { url, scope } of discoverLicenses(texts, '*').found)
      if (scope?.kind !== 'element') named.add(url);
  }
  for (const { source, text } of prepared) {
    if (source.kind === 'headers') {
      const links = text.split('\n').filter((line) => line.toLowerCase().startsWith('link:'));
      add({ url: source.url, link: links.map((line) => line.slice(5).trim()) });
    }
    if (source.kind === 'html') add({ html: text });
  }
  return (address) => named.has(address);
}

function keep(
  records: Map<string, EvidenceRecord>,
  statement: Statement,
  { source, sha256, byteOffset }: PreparedSource,
): EvidenceRecord {
  const key = canonicalJson([source.kind, source.url, sha256, statement]);
  const known = records.get(key);
  if (known) return known;
  const { kind, url, at } = source;
  const place = { source: url, kind, sha256, byteOffset: byteOffset(statement.offset), at };
  const record = { ...statement, id: `r${records.size + 1}`, ...place, parser: signalsParser };
  records.set(key, record);
  return record;
}

function byPlace(a: PreparedSource, b: PreparedSource): number {
  const [one, other] = [a, b].map(({ source, sha256 }) =>
    canonicalJson([source.kind, source.url, source.at, sha256, source.status ?? -1, source.redirects ?? []]),
  );
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}

function checkTimes(times: readonly string[]): void {
  for (const one of times) if (!isTime(one)) throw new TypeError(`"${one}" is no time as in RFC 3339.`);
}
