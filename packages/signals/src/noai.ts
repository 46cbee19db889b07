import { scanHtmlHead } from '@clearway/rsl';
import { type LeafUsage, type Permissions, stanceFor } from './permissions.ts';
import type { SignalRecord } from './record.ts';
import { headerRules, ruleWords } from './robots-rules.ts';
import { aiUsages } from './statement.ts';

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
 * Reads the robots `<meta>` elements in the head of a page: `noai` refuses every AI use, `noml` training.
 *
 * @example
 * ```ts
 * import { readRobotsMeta } from '@clearway/signals';
 *
 * readRobotsMeta('<meta name=robots content=noai>', 'page').map((one) => one.usage) // => ['ai-train', 'ai-input', 'ai-index']
 * ```
 */
export function readRobotsMeta(html: string, source: string): SignalRecord[] {
  return robotsMetas(html, source, 'robots');
}

/** The same for the elements that name one agent: `<meta name="GPTBot" content="noai">`. */
export function readAgentMeta(html: string, source: string, agent: string): SignalRecord[] {
  const wanted = agent.toLowerCase();
  return wanted === 'robots' ? [] : robotsMetas(html, source, wanted).map((one) => ({ ...one, agent }));
}

function robotsMetas(html: string, source: string, wanted: string): SignalRecord[] {
  return scanHtmlHead(html).flatMap(({ name, attributes, raw, offset }) => {
    if (name !== 'meta' || attributes.name?.trim().toLowerCase() !== wanted) return [];
    return refusedBy(ruleWords(attributes.content ?? '')).map((usage) => ({
      ...{ carrier: 'robots-meta', source, raw, usage, stance: 'disallow', offset },
    }));
  });
}

/**
 * Reads `X-Robots-Tag` header lines; one may begin with an agent: `otherbot: noai`. `noai` refuses every AI use, `noml`
 * training, and where the answer is a `picture`, `noimageai` every AI use.
 *
 * @example
 * ```ts
 * import { readXRobotsTag } from '@clearway/signals';
 *
 * readXRobotsTag('otherbot: noai', 'page')[0].agent // => 'otherbot'
 * ```
 */
export function readXRobotsTag(
  header: string | readonly string[],
  source: string,
  picture = false,
): SignalRecord[] {
  return [header].flat().flatMap((raw) => {
    const byAgent = Map.groupBy(headerRules(raw), (one) => one.agent);
    return [...byAgent].flatMap(([agent, rules]) =>
      refusedBy(
        rules.flatMap((one) => one.words),
        picture,
      ).map((usage) => ({
        ...{ carrier: 'x-robots-tag', source, raw, usage, stance: 'disallow' },
        ...(agent && { agent }),
      })),
    );
  });
}

/** `noimageai` alone speaks of pictures only, so it is no statement about a page. */
function refusedBy(words: readonly string[], picture = false): readonly LeafUsage[] {
  if (words.includes('noai') || (picture && words.includes('noimageai'))) return aiUsages;
  return words.includes('noml') ? ['ai-train'] : [];
}
