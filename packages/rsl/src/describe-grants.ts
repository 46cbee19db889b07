import type { ScopeGrants, UsageGrant } from './grants-of.ts';

/** The languages of {@link describeGrants}. */
export type GrantsLanguage = 'en' | 'de';

const words = {
  en: {
    use: { search: 'search', 'ai-index': 'AI indexing', 'ai-input': 'AI answers', 'ai-train': 'AI training' },
    states: {
      'licensed-free': 'free',
      'licensed-against': 'against conditions',
      'not-licensed': 'not licensed',
      unknown: 'not answered',
    },
    payments: {
      purchase: 'a one-off price',
      subscription: 'a subscription',
      training: 'a price for each training',
      crawl: 'a price for each fetch',
      use: 'a price for each use in an answer',
      contribution: 'a contribution',
      attribution: 'credit with a link',
      free: 'a licence from the server',
      unstated: 'terms stated elsewhere',
    } as Readonly<Record<string, string>>,
    classes: {} as Readonly<Record<string, string>>,
    users: (classes: string) => (classes === '' ? 'for users' : `for ${classes} users`),
    elsewhere: (places: string) => `any country but ${places}`,
    reports: ' who report as asked',
    silent: 'for whoever says nothing about itself',
    rest: 'for all others nothing',
    against: 'against',
    or: ' or ',
    on: 'Under',
    and: ' and ',
    nothing: 'This grants nothing: no use of anything is licensed by it.',
    none: 'This says nothing that a machine can act on, so nothing is licensed by it.',
    more: (count: number) => ` ${count} more scopes are not shown.`,
  },
  de: {
    use: {
      search: 'Suche',
      'ai-index': 'KI-Indexierung',
      'ai-input': 'KI-Antworten',
      'ai-train': 'KI-Training',
    },
    states: {
      'licensed-free': 'frei',
      'licensed-against': 'gegen Bedingungen',
      'not-licensed': 'nicht lizenziert',
      unknown: 'ohne Antwort',
    },
    payments: {
      purchase: 'einen einmaligen Preis',
      subscription: 'ein Abonnement',
      training: 'einen Preis je Training',
      crawl: 'einen Preis je Abruf',
      use: 'einen Preis je Verwendung in einer Antwort',
      contribution: 'einen Beitrag',
      attribution: 'Namensnennung mit Link',
      free: 'eine Lizenz vom Server',
      unstated: 'anderswo genannte Bedingungen',
    } as Readonly<Record<string, string>>,
    classes: {
      commercial: 'gewerblich',
      'non-commercial': 'nicht gewerblich',
      education: 'Bildung',
      government: 'Behörde',
      personal: 'privat',
    } as Readonly<Record<string, string>>,
    users: (classes: string) => (classes === '' ? 'für Nutzer' : `für Nutzer (${classes})`),
    elsewhere: (places: string) => `jedem Land außer ${places}`,
    reports: ', die wie verlangt berichten',
    silent: 'für alle ohne weitere Angaben',
    rest: 'für alle anderen nichts',
    against: 'gegen',
    or: ' oder ',
    on: 'Unter',
    and: ' und ',
    nothing: 'Das gewährt nichts: Keine Nutzung ist damit lizenziert.',
    none: 'Das sagt nichts, wonach eine Maschine handeln kann; lizenziert ist damit nichts.',
    more: (count: number) => ` ${count} weitere Bereiche sind nicht gezeigt.`,
  },
} as const;

const shown = 5;

/**
 * What a document really grants, as one plain sentence for a person, from {@link grantsOf}. The commonest defect of a
 * licence file is that it is valid and grants nothing, so that is said first.
 *
 * @example
 * ```ts
 * import { check, describeGrants } from '@clearway/rsl';
 *
 * const { grants } = check(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <prohibits type="usage">all</prohibits></license></content></rsl>`);
 * describeGrants(grants, 'en') // => 'This grants nothing: no use of anything is licensed by it.'
 * ```
 */
export function describeGrants(grants: readonly ScopeGrants[], language: GrantsLanguage): string {
  const text = words[language];
  if (grants.length === 0) return text.none;
  const answers = grants.flatMap(({ usages, clients }) => [usages, ...clients.map((one) => one.usages)]);
  const outcomes = new Set(answers.flatMap((usages) => usages.map(({ outcome }) => outcome)));
  if (outcomes.size === 1 && outcomes.has('not-licensed')) return text.nothing;
  if (outcomes.size === 1 && outcomes.has('unknown')) return text.none;
  const merged = new Map<string, string[]>();
  for (const one of grants) {
    const sentence = scopeSentence(one, language);
    merged.set(sentence, [...(merged.get(sentence) ?? []), `"${one.scope.slice(0, 60)}"`]);
  }
  const parts = [...merged].slice(0, shown).map(([sentence, scopes], index) => {
    const on = index === 0 ? text.on : text.on.toLowerCase();
    const names = scopes.length > shown ? [...scopes.slice(0, shown), '…'] : scopes;
    return `${on} ${joined(names, text.and)}: ${sentence}`;
  });
  const rest = merged.size - parts.length;
  return `${parts.join('; ')}.${rest > 0 ? text.more(rest) : ''}`;
}

interface Kind {
  readonly sentence: string;
  readonly classes: readonly string[];
  readonly places: readonly string[];
  readonly reports: boolean;
}

/** Where it makes a difference who asks: those who get something, then who says nothing about itself, then the others. */
function scopeSentence({ usages, clients }: ScopeGrants, language: GrantsLanguage): string {
  const text = words[language];
  const silent = sentenceOf(usages, language);
  if (clients.every((one) => sentenceOf(one.usages, language) === silent)) return silent;
  const named = clients.map(({ client }) => client.place ?? '');
  const others = [...new Set(named)].filter((place) => place !== 'elsewhere').slice(0, shown);
  const all = clients
    .filter((one) => isLicensed(one.usages))
    .map(({ client, usages: own }): Kind => {
      const { userClass, place, reports = false } = client;
      const where = place === 'elsewhere' ? text.elsewhere(joined(others, text.or)) : place;
      return {
        sentence: sentenceOf(own, language),
        classes: userClass === undefined ? [] : [text.classes[userClass] ?? userClass.slice(0, 40)],
        places: where === undefined ? [] : [where],
        reports,
      };
    });
  const byPlace = join(all, (one) => `${one.places}`, 'classes');
  const kinds = join(byPlace, (one) => `${one.classes}`, 'places').map(
    ({ sentence, classes, places, reports }) => {
      const where = places.length === 0 ? '' : ` in ${joined(places, text.and)}`;
      return `${text.users(joined(classes, text.and))}${where}${reports ? text.reports : ''}: ${sentence}`;
    },
  );
  const parts = kinds.length > shown ? [...kinds.slice(0, shown), '…'] : kinds;
  const none = clients.length > all.length || !isLicensed(usages);
  if (isLicensed(usages)) parts.push(`${text.silent}: ${silent}`);
  return [...parts, ...(none ? [text.rest] : [])].join('; ');
}

/** Kinds that get the same and differ in nothing but what is to be joined, as one. */
function join(kinds: readonly Kind[], key: (kind: Kind) => string, by: 'classes' | 'places'): Kind[] {
  const found = new Map<string, Kind>();
  for (const kind of kinds) {
    const name = `${key(kind)} ${kind.reports} ${kind.sentence}`;
    const other = found.get(name);
    found.set(name, other ? { ...other, [by]: [...other[by], ...kind[by]] } : kind);
  }
  return [...found.values()];
}

function isLicensed(usages: readonly UsageGrant[]): boolean {
  return usages.some(({ outcome }) => outcome.startsWith('licensed'));
}

function sentenceOf(usages: readonly UsageGrant[], language: GrantsLanguage): string {
  const text = words[language];
  const groups = new Map<string, string[]>();
  for (const { usage, outcome, payments } of usages) {
    const asked = [...new Set(payments.map(({ type }) => text.payments[type] ?? `"${type.slice(0, 40)}"`))];
    const state =
      outcome === 'licensed-against' && asked.length > 0
        ? `${text.against} ${asked.join(text.or)}`
        : text.states[outcome];
    groups.set(state, [...(groups.get(state) ?? []), text.use[usage]]);
  }
  return [...groups].map(([state, uses]) => `${joined(uses, text.and)} ${state}`).join('; ');
}

function joined(list: readonly string[], and: string): string {
  return list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')}${and}${list.at(-1)}`;
}
