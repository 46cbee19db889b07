import { scanHtmlHead } from '@clearway/rsl';
import { type Permissions, stanceFor } from './permissions.ts';
import type { Carrier, SignalRecord } from './record.ts';

const aiUsages = ['ai-train', 'ai-input', 'ai-index'] as const;

/**
 * The value of a robots `<meta>` or `X-Robots-Tag` that keeps AI out, or undefined. It is a refusal of every AI use, so it
 * is only written when training is not free for all and no AI use is.
 *
 * @example
 * ```ts
 * import { noai } from '@clearway/signals';
 *
 * noai({ 'ai-all': 'conditional' }) // => 'noai, noimageai'
 * noai({ 'ai-train': 'disallow', 'ai-input': 'allow' }) // => undefined
 * ```
 */
export function noai(permissions: Permissions): string | undefined {
  const [train, ...rest] = aiUsages.map((usage) => stanceFor(permissions, usage));
  const refused = train === 'disallow' || train === 'conditional';
  return refused && !rest.includes('allow') ? 'noai, noimageai' : undefined;
}

/**
 * The `<meta>` element of {@link noai}, or an empty text.
 *
 * @example
 * ```ts
 * import { noaiMeta } from '@clearway/signals';
 *
 * noaiMeta({ 'ai-all': 'disallow' }) // => '<meta name="robots" content="noai, noimageai">'
 * ```
 */
export function noaiMeta(permissions: Permissions): string {
  const value = noai(permissions);
  return value === undefined ? '' : `<meta name="robots" content="${value}">`;
}

/**
 * Reads the robots `<meta>` elements in the head of a page.
 *
 * @example
 * ```ts
 * import { readRobotsMeta } from '@clearway/signals';
 *
 * readRobotsMeta('<meta name=robots content=noai>', 'page').map((one) => one.usage) // => ['ai-train', 'ai-input', 'ai-index']
 * ```
 */
export function readRobotsMeta(html: string, source: string): SignalRecord[] {
  return scanHtmlHead(html).flatMap((tag) => {
    const name = tag.attributes.name?.trim().toLowerCase();
    if (tag.name !== 'meta' || name !== 'robots') return [];
    const refused = hasNoai(words(tag.attributes.content ?? ''));
    return refused ? toRecords('robots-meta', source, tag.raw, undefined, tag.offset) : [];
  });
}

/**
 * Reads `X-Robots-Tag` header lines; one may begin with an agent: `otherbot: noai`.
 *
 * @example
 * ```ts
 * import { readXRobotsTag } from '@clearway/signals';
 *
 * readXRobotsTag('otherbot: noai', 'page')[0].agent // => 'otherbot'
 * ```
 */
export function readXRobotsTag(header: string | readonly string[], source: string): SignalRecord[] {
  return [header].flat().flatMap((line) => {
    const agents = new Set<string | undefined>();
    let agent: string | undefined;
    for (const word of words(line)) {
      const colon = word.indexOf(':');
      const isRule = valued.has(word.slice(0, Math.max(colon, 0)));
      // An agent's name holds for every rule after it, up to the next name.
      if (colon > 0 && !isRule) agent = word.slice(0, colon);
      if (hasNoai([colon > 0 && !isRule ? word.slice(colon + 1).trim() : word])) agents.add(agent);
    }
    return [...agents].flatMap((one) => toRecords('x-robots-tag', source, line, one));
  });
}

/** Rules of robots meta that have a value after a colon and so are no agent's name. */
const valued = new Set(['max-snippet', 'max-image-preview', 'max-video-preview', 'unavailable_after']);

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
}

/** `noimageai` alone speaks of pictures only, so it is no statement about a page. */
function hasNoai(rules: readonly string[]): boolean {
  return rules.includes('noai');
}

function toRecords(
  carrier: Carrier,
  source: string,
  raw: string,
  agent: string | undefined,
  offset?: number,
): SignalRecord[] {
  return aiUsages.map((usage) => ({
    carrier,
    source,
    raw,
    usage,
    stance: 'disallow',
    ...(agent && { agent }),
    ...(offset !== undefined && { offset }),
  }));
}
