/**
 * The lines of a header that was joined into one value, as `Headers` does with several of one name. Of an `X-Robots-Tag` nobody
 * can tell any more which part was for whom: `otherbot: noindex` and `noai` become one. So each further part is also read for
 * everybody; that may refuse too much, never too little. Other headers are answered as they are.
 *
 * @example
 * ```ts
 * import { splitJoined } from '@clearway/signals';
 *
 * splitJoined('x-robots-tag', 'otherbot: noindex, noai').map(([, value]) => value) // => ['otherbot: noindex, noai', 'noai']
 * ```
 */
export function splitJoined(name: string, value: string): [name: string, value: string][] {
  const parts = name.toLowerCase() === 'x-robots-tag' ? value.split(',').slice(1) : [];
  return [value, ...parts.map((part) => part.trim())].map((line) => [name, line]);
}
