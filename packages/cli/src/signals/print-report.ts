import { agentByToken, usagesOf } from '@clearway/agents';
import type {
  AgentVerdict,
  Contradiction,
  SignalScope,
  SignalsReport,
  UsageVerdict,
} from '@clearway/signals';

const CLASSES = {
  'ai-train': 'training',
  'ai-input': 'answers for a person',
  'ai-index': 'AI index',
  search: 'search',
} as const;
type Usage = keyof typeof CLASSES;

const KINDS: Readonly<Record<Contradiction['kind'], string>> = {
  'yes-and-no': 'given here and reserved there; the refusal counts',
  'closed-offer': 'terms are offered to whom robots.txt keeps out',
  unreadable: 'something cannot be read, so silence gives nothing',
};

/** The report for a person: sources, records, verdicts by class of agent, contradictions. */
export function printReport(report: SignalsReport): string {
  const { url, at, sources, records, verdicts, contradictions } = report;
  const asked = sources.map(
    ({ kind, status, url: from, bytes, sha256 }) =>
      `  ${status === undefined ? 'file' : status || '----'} ${kind} ${from} (${bytes} bytes, SHA-256 ${sha256.slice(0, 12)})`,
  );
  const said = records.map(({ id, carrier, usage, stance, agent, note, damaged, byteOffset, raw }) => {
    const state = damaged ? 'cannot be read' : stance;
    const whom = agent === undefined ? '' : ` for ${plain(agent)}`;
    return `  ${id} ${carrier}, byte ${byteOffset}: ${usage} ${state}${whom}: ${plain(raw)}${note ? ` (${plain(note)})` : ''}`;
  });
  const wrong = contradictions.map(
    ({ kind, usage, records: ids, agents }) =>
      `  ${usage}: ${KINDS[kind]} (${ids.join(', ')}; ${someOf(agents.map(nameOf))})`,
  );
  return [
    `${url} at ${at}`,
    section('Asked', asked),
    section('Said', said, 'nothing'),
    section('What follows', follows(verdicts)),
    section('Contradictions', wrong, 'none'),
  ].join('\n\n');
}

/** What follows at one address of a part of a site. */
export type Place = Pick<SignalsReport, 'url' | 'records' | 'verdicts' | 'contradictions'> & {
  readonly pattern: string;
};

/** The parts of a site the sources have rules for: what follows for each, else only their names; empty without any. */
export function printPlaces(scopes: readonly SignalScope[], places: readonly Place[]): string {
  if (places.length > 0)
    return places
      .map(({ pattern, url, verdicts }) =>
        section(`For ${plain(pattern)}, as at ${plain(url)}`, follows(verdicts)),
      )
      .join('\n\n');
  const names = scopes.map(({ pattern }) => `  ${plain(pattern)}`);
  return names.length === 0 ? '' : section('There are rules for other addresses too', names.slice(0, 12));
}

function follows(verdicts: readonly AgentVerdict[]): string[] {
  return (Object.keys(CLASSES) as Usage[]).flatMap((usage) => {
    const base = verdicts.find((one) => one.agent === '*');
    const concerned = verdicts.filter(({ agent }) => {
      const known = agentByToken(agent);
      return agent !== '*' && (!base || !known || usagesOf(known).includes(usage));
    });
    const groups = Map.groupBy(concerned, (one) => sentence(one, usage));
    const usual = base && sentence(base, usage);
    const others = [...groups].filter(([text]) => text !== usual);
    return [
      ...(usual === undefined ? [] : [`  ${CLASSES[usage]} (${usage}): ${usual}`]),
      ...others.map(
        ([text, list]) =>
          `  ${usual === undefined ? `${CLASSES[usage]} (${usage}), ` : '  '}${someOf(list.map((one) => one.agent))}: ${text}`,
      ),
    ];
  });
}

function sentence({ fetch, usages }: AgentVerdict, usage: Usage): string {
  const { because, terms, setAside } = usages[usage];
  const why = because.length > 0 ? ` (${because.join(', ')})` : '';
  const offer = terms.length > 0 ? `; terms: ${terms.map(plain).join(', ')}` : '';
  const aside = setAside.length > 0 ? `; set aside: ${setAside.join(', ')}` : '';
  return `${words(usages[usage])}${why}${offer}${aside}${fetch === 'refused' ? '; may not fetch' : ''}`;
}

function words({ outcome, usable }: UsageVerdict): string {
  if (outcome === 'allowed') return usable ? 'allowed as a preference, no licence' : 'allowed, not usable';
  if (outcome === 'conditional') return 'against terms';
  if (outcome === 'unknown') return usable ? 'not reserved' : 'nothing said';
  return outcome;
}

function nameOf(agent: string): string {
  return agent === '*' ? 'everybody' : agent;
}

function someOf(names: readonly string[]): string {
  const more = names.length - 5;
  return more > 1 ? `${names.slice(0, 5).join(', ')} and ${more} more` : names.join(', ');
}

function section(title: string, lines: readonly string[], none = 'nothing'): string {
  return `${title}\n${lines.length > 0 ? lines.join('\n') : `  ${none}`}`;
}

/** Words of strangers on a terminal: one line, no control characters, not too long. */
function plain(text: string): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return clean.length > 160 ? `${clean.slice(0, 160)}…` : clean;
}
