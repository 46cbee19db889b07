import { parseRobots, type RslDocument } from '@clearway/rsl';
import { readContentUsage, readContentUsageLines } from './aipref.ts';
import { readContentSignals } from './content-signal.ts';
import { readRobotsMeta, readXRobotsTag } from './noai.ts';
import { readDisallowed } from './read-robots.ts';
import { readRsl } from './read-rsl.ts';
import type { SignalRecord } from './record.ts';
import { readTdmHeaders, readTdmMeta, readTdmrepJson } from './tdmrep.ts';

/** What somebody else has fetched for one page; leave out what was not there. */
export interface ChannelTexts {
  /** The absolute address of the page. */
  readonly url: string;
  readonly robots?: string;
  /** Response headers of the page, names in lower case. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly html?: string;
  readonly tdmrep?: string;
  /** The RSL documents that were found, each with its address. */
  readonly rsl?: readonly { readonly url: string; readonly document: RslDocument }[];
}

/**
 * Reads every sign of permission or refusal in what was fetched for one page: "what does a bot see?". Lines of
 * robots.txt are read as they stand for the agent, by default one that no group names. Throws TypeError when `url` is
 * no absolute address.
 *
 * @example
 * ```ts
 * import { readChannels } from '@clearway/signals';
 *
 * const records = readChannels({ url: 'https://example.org/', headers: { 'content-usage': 'train-ai=n' } });
 * records.map((one) => one.usage + ' ' + one.stance) // => ['ai-train disallow']
 * ```
 */
export function readChannels(texts: ChannelTexts, agentToken = '*'): SignalRecord[] {
  const { url, headers = {}, html, tdmrep } = texts;
  const { origin, pathname, search } = new URL(url);
  const path = pathname + search;
  const records: SignalRecord[] = [];
  if (texts.robots !== undefined) {
    const source = `${origin}/robots.txt`;
    const robots = parseRobots(texts.robots);
    records.push(
      ...readContentUsageLines(robots, agentToken, path, source),
      ...readContentSignals(robots, agentToken, source),
      ...readDisallowed(robots, path, source),
    );
  }
  if (tdmrep !== undefined)
    records.push(...readTdmrepJson(tdmrep, path, `${origin}/.well-known/tdmrep.json`));
  records.push(...readTdmHeaders(headers, url));
  const usage = headers['content-usage'];
  if (usage !== undefined) records.push(...readContentUsage(usage, url));
  const tag = headers['x-robots-tag'];
  if (tag !== undefined) records.push(...readXRobotsTag(tag, url));
  if (html !== undefined) records.push(...readTdmMeta(html, url), ...readRobotsMeta(html, url));
  for (const one of texts.rsl ?? []) records.push(...readRsl(one.document, url, one.url));
  return records;
}
