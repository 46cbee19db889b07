import { matchPath, type Robots, type RobotsRecord, recordsFor, type UsageToken } from '@clearway/rsl';
import { aiprefLabels } from './aipref-labels.ts';
import { parseDictionary } from './parse-dictionary.ts';
import { type Statement, unreadable } from './statement.ts';

interface Said {
  readonly usage: UsageToken;
  readonly gives: boolean;
}

const fields = ['content-signal', 'content-usage'] as const;

/**
 * Lines of use above the first `User-agent`: they speak to nobody. That is not silence: a refusal there is kept as damaged,
 * a permission as a record that decides nothing.
 */
export function signalsBeforeGroups(robots: Robots, path: string): Statement[] {
  return robots.records.flatMap((record) => {
    const field = fields.find((one) => one === record.field);
    if (!field || record.group !== undefined) return [];
    return statementsOf(record, field, path, {
      fault: 'before-groups',
      note: 'It stands above the first User-agent line and so speaks to nobody.',
    });
  });
}

/** `Content-Signal` lines with a path, which only early texts about them mention: nobody knows what they say. */
export function signalsWithPath(robots: Robots, agent: string, path: string): Statement[] {
  const { scope, records } = recordsFor(robots, agent, 'content-signal');
  if (scope !== 'group') return [];
  return records
    .filter((one) => one.value.startsWith('/'))
    .flatMap((record) =>
      statementsOf(record, 'content-signal', path, {
        fault: 'signal-path',
        note: 'It begins with a path, and Content-Signal knows none.',
      }),
    );
}

function statementsOf(
  { value, raw, offset }: RobotsRecord,
  field: (typeof fields)[number],
  path: string,
  about: Required<Pick<Statement, 'fault' | 'note'>>,
): Statement[] {
  const carrier = field === 'content-signal' ? 'content-signal' : 'aipref-robots';
  const [, own, words] = /^(\/\S*)?\s*(.*)$/s.exec(value)!;
  const concerns = own === undefined || matchPath(own, path);
  const said = field === 'content-signal' ? signalsIn(words!) : usagesIn(words!);
  if (said.length === 0) said.push({ usage: 'all', gives: true });
  return said.map(({ usage, gives }) =>
    gives || !concerns
      ? { carrier, usage, stance: 'none', raw, offset, ...about }
      : { ...unreadable(carrier, about.note, { raw, offset, usage }), fault: about.fault },
  );
}

function signalsIn(text: string): Said[] {
  return text
    .toLowerCase()
    .split(',')
    .flatMap((part): Said[] => {
      const usage = signalKeyIn(part);
      const said = part.slice(part.indexOf('=') + 1).trim();
      if (usage) return [{ usage, gives: said === 'yes' }];
      return /(?<![\w-])use(?![\w-])/.test(part) ? [{ usage: 'all', gives: said === 'full' }] : [];
    });
}

/** The known key of `Content-Signal` that stands in a text as a word of its own. */
export function signalKeyIn(text: string): 'search' | 'ai-input' | 'ai-train' | undefined {
  return /(?<![\w-])(search|ai-input|ai-train)(?![\w-])/.exec(text)?.[1] as
    | 'search'
    | 'ai-input'
    | 'ai-train'
    | undefined;
}

function usagesIn(text: string): Said[] {
  const dictionary = parseDictionary(text);
  if (!dictionary) return [{ usage: 'all', gives: false }];
  return [...dictionary].flatMap(([key, value]) => {
    const label = aiprefLabels.get(key);
    return label ? [{ usage: label.usage, gives: value !== 'other' && value.token === 'y' }] : [];
  });
}
