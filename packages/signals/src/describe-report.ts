import { agentByToken, usagesOf } from '@clearway/agents';
import { groupsFor, type IgnoredLicense, parseRobots } from '@clearway/rsl';
import type { ReviewIssue } from '@clearway/rsl/find';
import type { Contradiction } from './contradictions.ts';
import { tellNote } from './note-words.ts';
import { type LeafUsage, leafUsages, type Stance } from './permissions.ts';
import type { SignalsReport } from './read-signals.ts';
import { type ReportLanguage, reportWords } from './report-words.ts';
import { type ReviewFinding, reviewFindings } from './review-findings.ts';
import { rslIn } from './rsl-statements.ts';
import { tellIssue } from './rsl-words.ts';
import { isInScope, type SignalScope, scopesOf } from './scopes.ts';
import type { SignalSource } from './source.ts';
import type { Fault, StatementCarrier } from './statement.ts';
import type { AgentVerdict, EvidenceRecord } from './verdict.ts';

/** What one channel says to everybody about one usage; `mixed` where it says two things, `damaged` where it cannot be read. */
export type ChannelSays = Stance | 'mixed' | 'damaged' | 'nothing';

/** A report for people: what each class of agents sees, what each channel says, what is wrong and what to do. */
export interface ReportDescription {
  /** What all of it comes to, in one sentence. */
  readonly sentence: string;
  /** One for each class of agents. */
  readonly classes: readonly {
    readonly usage: LeafUsage;
    readonly who: string;
    readonly outcome: AgentVerdict['usages'][LeafUsage]['outcome'];
    readonly usable: boolean;
    /** For an agent that nobody names. */
    readonly says: string;
    /** Known agents of the class for whom something else holds. */
    readonly others: readonly { readonly agents: readonly string[]; readonly says: string }[];
  }[];
  /** Every channel that says anything. */
  readonly channels: readonly {
    readonly carrier: StatementCarrier;
    readonly name: string;
    readonly says: Readonly<Record<LeafUsage, ChannelSays>>;
    /** Known agents it speaks to by name. */
    readonly agents: readonly string[];
    /** The words as they stand there, each once. */
    readonly raw: readonly string[];
  }[];
  /** What does not go together or does not work, the gravest first. */
  readonly findings: readonly Finding[];
}

/** What was seen beside the report itself. */
export interface DescribedAbout {
  readonly sources?: readonly SignalSource[];
  readonly ignored?: readonly IgnoredLicense[];
  readonly review?: readonly ReviewIssue[];
  /** The part of a site that is told, as one of several. */
  readonly place?: string;
}

/** Something to mend. */
export interface Finding {
  readonly code:
    | Contradiction['kind']
    | Fault
    | ReviewFinding['code']
    | 'licence-ignored'
    | 'group-forgets'
    | 'rsl-fault'
    | 'silent';
  readonly text: string;
  readonly cure: string;
  /** Ids of the records it is about. */
  readonly records: readonly string[];
}

/**
 * Tells a report in plain words: what a bot sees. `about.sources` are those the report was made of, `about.ignored` what
 * {@link gatherSources} left out, and `about.review` what it saw of how licences are named and served; with them also groups
 * of robots.txt that forget what is said to everybody, faults of RSL documents, pointers that count for nobody, and documents
 * that are badly named or served are told,
 * and rules for other addresses. With `about.place` the sentence is about that part of the site, as one of several.
 *
 * @example
 * ```ts
 * import { describeReport, readSignals } from '@clearway/signals';
 *
 * const report = await readSignals({ url: 'https://a.example/', at: '2026-11-22T00:00:00Z', sources: [] });
 * describeReport(report).findings[0].code // => 'silent'
 * ```
 */
export function describeReport(
  report: SignalsReport,
  language: ReportLanguage = 'en',
  about: DescribedAbout = {},
): ReportDescription {
  const words = reportWords[language];
  const base = report.verdicts.find((one) => one.agent === '*') ?? report.verdicts[0];
  const classes = base ? leafUsages.map((usage) => classOf(report, base, usage, language)) : [];
  const scopes = scopesOf(about.sources ?? []);
  const { place } = about;
  const spoken = report.records.some((one) => one.stance !== 'none' || one.damaged);
  const sum = classes.map(({ usage, says }) => `${words.usage[usage]}: ${says}`).join('; ');
  const silence = scopes.length > 0 ? words.elsewhere(listOf(scopes)) : words.nothing;
  const alone = spoken ? words.sum(sum) : silence;
  return {
    sentence: place === undefined ? alone : words.at(clip(place, 80), spoken ? sum : words.unknown),
    classes,
    channels: channelsOf(report, language),
    findings: findingsOf(report, base, language, {
      ...about,
      elsewhere: scopes.some((one) => one.agents.length > 0 || !isInScope(one, report.url)),
    }),
  };
}

function classOf(report: SignalsReport, base: AgentVerdict, usage: LeafUsage, language: ReportLanguage) {
  const { outcome, usable } = base.usages[usage];
  const says = sentence(base, usage, language);
  const members = report.verdicts.filter(({ agent }) => {
    const known = agentByToken(agent);
    return agent !== base.agent && (!known || usagesOf(known).includes(usage));
  });
  const groups = Map.groupBy(members, (one) => sentence(one, usage, language));
  const others = [...groups].flatMap(([text, list]) =>
    text === says ? [] : [{ agents: list.map((one) => one.agent), says: text }],
  );
  return { usage, who: reportWords[language].who[usage], outcome, usable, says, others };
}

function sentence({ fetch, usages }: AgentVerdict, usage: LeafUsage, language: ReportLanguage): string {
  const words = reportWords[language];
  const { outcome, usable, terms, damaged } = usages[usage];
  const said = {
    licensed: words.licensed,
    refused: words.refused,
    conditional: words.conditional(terms.map((one) => clip(one)).join(', ')),
    allowed: usable ? words.allowed : words.allowedUnusable,
    unknown: damaged.length > 0 ? words.damaged : words.unknown,
  }[outcome];
  return fetch === 'refused' ? `${said}; ${words.mayNotFetch}` : said;
}

function channelsOf({ records }: SignalsReport, language: ReportLanguage): ReportDescription['channels'] {
  const groups = Map.groupBy(
    records.filter((one) => one.stance !== 'none' || one.damaged),
    (one) => one.carrier,
  );
  return [...groups].map(([carrier, list]) => ({
    carrier,
    name: reportWords[language].carrier[carrier],
    says: Object.fromEntries(leafUsages.map((usage) => [usage, saysOf(list, usage)])) as Record<
      LeafUsage,
      ChannelSays
    >,
    agents: [...new Set(list.flatMap((one) => one.agent ?? []))],
    raw: [...new Set(list.map((one) => clip(one.raw)))].slice(0, 10),
  }));
}

function saysOf(list: readonly EvidenceRecord[], usage: LeafUsage): ChannelSays {
  const own = list.filter((one) => one.agent === undefined && speaksOf(one, usage));
  if (own.some((one) => one.damaged)) return 'damaged';
  const said = new Set(own.flatMap((one) => (one.stance === 'none' ? [] : [one.stance])));
  return said.size > 1 ? 'mixed' : ([...said][0] ?? 'nothing');
}

function speaksOf({ usage }: EvidenceRecord, asked: LeafUsage): boolean {
  return usage === asked || usage === 'all' || (usage === 'ai-all' && asked !== 'search');
}

function findingsOf(
  report: SignalsReport,
  base: AgentVerdict | undefined,
  language: ReportLanguage,
  about: DescribedAbout & { readonly elsewhere: boolean },
): Finding[] {
  const words = reportWords[language];
  const byId = new Map(report.records.map((one) => [one.id, one]));
  const out: Finding[] = [];
  const add = (
    code: Finding['code'],
    said: { text: string; cure: string },
    records: readonly string[] = [],
  ) => {
    const known = out.find((one) => one.code === code && one.text === said.text);
    if (!known) out.push({ code, ...said, records });
  };
  for (const { kind, usage, agents, records } of report.contradictions) {
    const list = records.flatMap((id) => byId.get(id) ?? []);
    const names = (some: readonly EvidenceRecord[]) =>
      [...new Set(some.map((one) => placeOf(one, language)))].join(', ');
    if (kind === 'yes-and-no') {
      const gives = list.filter((one) => one.stance === 'allow');
      add(
        kind,
        words.yesAndNo(words.usage[usage], names(gives), names(list.filter((one) => one.stance !== 'allow'))),
        records,
      );
    } else if (kind === 'closed-offer') {
      const rule = list.find((one) => one.carrier === 'robots');
      add(
        kind,
        words.closedOffer(words.usage[usage], someOf(agents, language), clip(rule?.raw ?? 'Disallow: /')),
        records,
      );
    } else {
      for (const one of list.filter((each) => !each.fault))
        add(kind, words.unreadable(placeOf(one, language), tellNote(one.note ?? '', language)), [one.id]);
    }
  }
  for (const one of report.records) {
    if (!one.fault) continue;
    add(one.fault, words.fault[one.fault](placeOf(one, language)), [one.id]);
  }
  for (const { value, reason } of about.ignored ?? []) {
    const say = words.ignored[reason] ?? words.ignored['other-type']!;
    add('licence-ignored', say(clip(value)));
  }
  for (const source of about.sources ?? []) {
    if (source.status !== undefined && source.status !== 200) continue;
    const text = typeof source.body === 'string' ? source.body : new TextDecoder().decode(source.body);
    if (source.kind === 'robots') {
      const { agents, fields } = forgetfulGroups(text);
      if (agents.length > 0)
        add('group-forgets', words.forgetful(someOf(agents, language), fields.join(', ')));
    }
    for (const one of rslIn(source).flatMap(({ issues }) => issues.slice(0, 5))) {
      const { message, cure } = tellIssue(one, language);
      add('rsl-fault', words.faulty(source.url, `${message} (${one.code})`, cure));
    }
  }
  for (const { code, ...said } of reviewFindings(about.sources ?? [], about.review ?? [], language))
    add(code, { text: clip(said.text, 500), cure: said.cure });
  for (const usage of leafUsages)
    if (
      usage !== 'search' &&
      base?.usages[usage].rule === 'silence' &&
      base.usages[usage].damaged.length === 0
    )
      add('silent', (about.elsewhere ? words.silentHere : words.silent)(words.usage[usage]));
  return out;
}

/** Named agents whose groups leave out what the group for everybody says about use. */
function forgetfulGroups(text: string): { agents: string[]; fields: string[] } {
  const robots = parseRobots(text);
  const { groups, records } = robots;
  const fields = ['content-usage', 'content-signal'];
  const spoken = new Set(records.map(({ group, field }) => `${group} ${field}`));
  const inGroup = (index: number, field: string) => spoken.has(`${index} ${field}`);
  const star = new Set(groups.flatMap((group, index) => (group.agents.includes('*') ? [index] : [])));
  const said = fields.filter((field) => [...star].some((index) => inGroup(index, field)));
  if (said.length === 0) return { agents: [], fields: [] };
  const names = new Set(groups.flatMap((group) => group.names).filter((name) => name !== '*'));
  const agents = [...names].filter((name) => {
    const own = groupsFor(robots, name);
    // Who may fetch nothing need not be told what the copy is for.
    const closed = own.some((index) =>
      groups[index]!.rules.some((rule) => rule.kind === 'disallow' && rule.path === '/'),
    );
    return !closed && said.some((field) => !own.some((index) => star.has(index) || inGroup(index, field)));
  });
  return { agents: agents.map((name) => agentByToken(name)?.token ?? name), fields: said.map(titleOf) };
}

/** Patterns with the names they are for. */
function listOf(scopes: readonly SignalScope[]): string {
  const said = scopes.map(({ pattern, agents }) => {
    const names =
      agents.length > 0 ? ` (${agents.slice(0, 3).join(', ')}${agents.length > 3 ? ', …' : ''})` : '';
    return clip(`${clip(pattern, 80)}${names}`);
  });
  return said.length > 6 ? `${said.slice(0, 5).join(', ')}, …` : said.join(', ');
}

function titleOf(field: string): string {
  return field === 'content-usage' ? 'Content-Usage' : 'Content-Signal';
}

function placeOf({ carrier, raw }: EvidenceRecord, language: ReportLanguage): string {
  const name = reportWords[language].carrier[carrier];
  return raw === '' ? name : `${name} (${clip(raw, 80)})`;
}

function someOf(names: readonly string[], language: ReportLanguage): string {
  const words = reportWords[language];
  const said = names.map((one) => (one === '*' ? words.everybody : one));
  return said.length > 6 ? `${said.slice(0, 5).join(', ')}${words.more(said.length - 5)}` : said.join(', ');
}

/** Words of strangers: one line, nothing that steers a terminal, not too long. */
function clip(text: string, length = 160): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return clean.length > length ? `${clean.slice(0, length)}…` : clean;
}
