import type { Gathered, ReportDescription } from '@clearway/signals';

const words = {
  en: {
    asked: 'Asked',
    classes: 'What each kind of bot sees',
    channels: 'What each channel says to everybody',
    findings: 'To mend',
    none: 'nothing',
    says: { allow: 'yes', disallow: 'no', conditional: 'terms', mixed: 'both', damaged: '?', nothing: '-' },
    head: ['training', 'answers', 'index', 'search'],
    named: (count: number) => ` (${count} agents by name)`,
  },
  de: {
    asked: 'Gefragt',
    classes: 'Was jede Art von Bot sieht',
    channels: 'Was jeder Kanal allen sagt',
    findings: 'Zu tun',
    none: 'nichts',
    says: {
      allow: 'ja',
      disallow: 'nein',
      conditional: 'Preis',
      mixed: 'beides',
      damaged: '?',
      nothing: '-',
    },
    head: ['Training', 'Antwort', 'Index', 'Suche'],
    named: (count: number) => ` (${count} Programme beim Namen)`,
  },
} as const;

/** What a bot sees, for a person at a terminal. */
export function printDescription(
  told: ReportDescription,
  { url, asked }: Pick<Gathered, 'url' | 'asked'>,
  language: 'en' | 'de',
): string {
  const text = words[language];
  const classes = told.classes.flatMap(({ who, says, others }) => [
    `  ${who}: ${says}`,
    ...others.map((one) => `    ${some(one.agents)}: ${one.says}`),
  ]);
  const row = (cells: readonly string[]) => `  ${cells.map((cell) => cell.padEnd(9)).join('')}`;
  const channels = told.channels.map(
    ({ name, says, agents }) =>
      row(Object.values(says).map((one) => text.says[one])) +
      name +
      (agents.length > 0 ? text.named(agents.length) : ''),
  );
  const findings = told.findings.flatMap((one, index) => [
    `  ${index + 1}. ${one.text}`,
    `     → ${one.cure}`,
  ]);
  return [
    `${url}\n${told.sentence}`,
    section(
      text.asked,
      asked.map((one) => `  ${one.status ?? one.error} ${one.url}`),
      text.none,
    ),
    section(text.classes, classes, text.none),
    section(text.channels, channels.length > 0 ? [row(text.head), ...channels] : [], text.none),
    section(text.findings, findings, text.none),
  ].join('\n\n');
}

function section(title: string, lines: readonly string[], none: string): string {
  return `${title}\n${lines.length > 0 ? lines.join('\n') : `  ${none}`}`;
}

function some(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 7).join(', ')} +${names.length - 7}` : names.join(', ');
}
