import { namesAgent, parseRobots, type RobotsGroup } from '@clearway/rsl';
import {
  describeReport,
  type ReportDescription,
  type SignalScope,
  type SignalSource,
  scopesOf,
} from '@clearway/signals';
import type { Kernel, Locale } from '../kernel/index.ts';
import { failSites } from './problems.ts';
import { EVERYBODY, readSources } from './read-address.ts';

/** What a file says for one part of a site. */
export type ReadPlace = Pick<ReportDescription, 'sentence' | 'classes' | 'findings'> & {
  /** As the file writes it. */
  readonly pattern: string;
  /** The address in it that was judged. */
  readonly url: string;
};

/** Where a file without an address is thought to lie. */
export const NOWHERE = 'https://site.invalid/';
const MAX_PLACES = 12;
const MAX_NAMES = 20;
/** Of a longer file the places are told for everybody only. */
const MAX_NAMED_BYTES = 65_536;

/**
 * The address a file is judged at: what somebody typed, a whole address or a path on the site.
 * @throws `site-address-invalid`
 */
export function fileAddress(typed: string | undefined): string {
  const text = typed?.trim() ?? '';
  if (text === '') return NOWHERE;
  // What begins like a host is one: "example.org/articles/1".
  const whole = /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?::\d+)?\//u.test(text) ? `https://${text}` : text;
  const url = URL.canParse(whole, NOWHERE) ? new URL(whole, NOWHERE) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw failSites('site-address-invalid', { detail: text.slice(0, 100) });
  return url.href;
}

/** Who is judged: everybody we know, and whom the file names besides. */
export function agentsIn(sources: readonly SignalSource[]): string[] {
  const groups = groupsIn(sources);
  const unknown = groups
    .flatMap((group) => group.names)
    .filter((name) => !EVERYBODY.some((one) => one.toLowerCase() === name));
  return [...EVERYBODY, ...[...new Set(unknown)].slice(0, MAX_NAMES)];
}

/** What a file says for each part of a site it has rules for, the start page first; empty where it knows no parts. */
export async function readPlaces(
  k: Kernel,
  sources: readonly SignalSource[],
  locale: Locale,
): Promise<ReadPlace[]> {
  const scopes = scopesOf(sources);
  if (scopes.every(({ pattern }) => pattern === '/')) return [];
  const root = { pattern: '/', url: NOWHERE, agents: [] };
  const judged = [root, ...scopes.filter(({ pattern }) => pattern !== '/')].filter(hasAddress);
  const bytes = sources.reduce((sum, { body }) => sum + body.length, 0);
  const groups = bytes > MAX_NAMED_BYTES ? [] : groupsIn(sources);
  const named = agentsIn(sources).filter((one) => groups.some((group) => namesAgent(group, one)));
  const places: ReadPlace[] = [];
  for (const { pattern, url } of judged.slice(0, MAX_PLACES)) {
    const report = await readSources(k, url, sources, ['*', ...named]);
    const { sentence, classes, findings } = describeReport(report, locale, { place: pattern });
    places.push({ pattern, url, sentence, classes, findings });
  }
  return places;
}

function hasAddress(scope: SignalScope): scope is SignalScope & { readonly url: string } {
  return scope.url !== undefined;
}

function groupsIn(sources: readonly SignalSource[]): readonly RobotsGroup[] {
  return sources.flatMap(({ kind, body }) => {
    if (kind !== 'robots' && kind !== 'ai-txt') return [];
    return parseRobots(typeof body === 'string' ? body : new TextDecoder().decode(body)).groups;
  });
}
