import { agentByToken } from '@clearway/agents';

/** Words of a robots element or an `X-Robots-Tag` line, for everybody or for one agent, in lower case. */
export interface RobotsRules {
  /** Undefined means everybody. */
  readonly agent?: string;
  readonly words: readonly string[];
}

/** Rules with a value after a colon. */
const valued = new Set(['max-snippet', 'max-image-preview', 'max-video-preview', 'unavailable_after']);
/** Rules without one. */
const plain = new Set([
  ...['all', 'none', 'index', 'noindex', 'follow', 'nofollow', 'archive', 'noarchive', 'nocache', 'snippet'],
  ...[
    'nosnippet',
    'noimageindex',
    'notranslate',
    'indexifembedded',
    'noodp',
    'noydir',
    'nositelinkssearchbox',
  ],
  ...['noai', 'noimageai', 'noml'],
]);

/** The words of a rule list: commas are the rule, but blanks and semicolons separate as well, so that no refusal is lost. */
export function ruleWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
}

/**
 * The rules of an `X-Robots-Tag` line. A name before a colon is an agent only where a rule follows it: `max-snippet: 20` is a
 * rule with a value, and `25 Jun 2030 15` before the colon of a time is the tail of a date. A name holds up to the next one; one
 * that is no product token may be anybody's, so the rules after it are for everybody.
 */
export function headerRules(line: string): RobotsRules[] {
  const out: RobotsRules[] = [];
  let agent: string | undefined;
  const add = (words: readonly string[]) => {
    if (words.length > 0) out.push(agent === undefined ? { words } : { agent, words });
  };
  for (const part of line.toLowerCase().split(/[,;]/)) {
    const colon = part.indexOf(':');
    const head = ruleWords(part.slice(0, Math.max(colon, 0)));
    const rest = ruleWords(part.slice(colon + 1));
    const isName = isRule(rest[0]) && !valued.has(head.at(-1) ?? '');
    if (colon === -1 || !(isName || agentByToken(head.join(' ')))) {
      add([...head, ...rest]);
      continue;
    }
    const name = nameOf(head);
    if (name === undefined) add(head);
    agent = name;
    add(rest);
  }
  return out;
}

function isRule(word = ''): boolean {
  const colon = word.indexOf(':');
  return colon === -1 ? plain.has(word) || valued.has(word) : valued.has(word.slice(0, colon));
}

/** A product token, perhaps with its version, or the whole name of a known agent. */
function nameOf(head: readonly string[]): string | undefined {
  const whole = head.join(' ');
  if (agentByToken(whole)) return whole;
  const [token = ''] = whole.split('/', 1);
  return /^[\w.-]*[a-z][\w.-]*$/.test(token) && !isRule(token) ? token : undefined;
}
