import { licenceStatement } from './cc.ts';
import { type Statement, unreadable } from './statement.ts';

const keys = ['license', 'acquireLicensePage', 'usageInfo'] as const;
const opening = '<script';
/** Enough for any honest page; more blocks are not read. */
const maxBlocks = 50;
const maxNodes = 10_000;

/**
 * Reads `license`, `acquireLicensePage` and `usageInfo` of schema.org in the JSON-LD of a page. They say where terms are,
 * not what they say: the statements decide nothing and carry the address.
 *
 * @example
 * ```ts
 * import { readJsonLd } from '@clearway/signals';
 *
 * const html = '<script type="application/ld+json">{"license":"https://a.example/l"}</script>';
 * readJsonLd(html)[0].policy // => 'https://a.example/l'
 * ```
 */
export function readJsonLd(html: string): Statement[] {
  return blocks(html).flatMap(({ text, offset }): Statement[] => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const note = 'The JSON-LD cannot be read.';
      return [{ ...unreadable('schema-org', note, { raw: text.slice(0, 200), offset }), damaged: false }];
    }
    return termsIn(value).map(([key, address]) => {
      const raw = `${key}: ${address}`;
      const base = { carrier: 'schema-org', usage: 'all', stance: 'none', offset, raw, note: key } as const;
      return licenceStatement(address, raw, offset) ?? { ...base, policy: address };
    });
  });
}

function blocks(html: string): { readonly text: string; readonly offset: number }[] {
  const found: { text: string; offset: number }[] = [];
  const lower = html.toLowerCase();
  // Lower case of a few characters is longer; then the places would not be those of the page.
  const same = lower.length === html.length ? lower : html;
  for (let at = same.indexOf(opening); at !== -1 && found.length < maxBlocks; ) {
    const start = same.indexOf('>', at);
    if (start === -1) return found;
    const end = same.indexOf('</script', start);
    if (end === -1) return found;
    if (same.slice(at, start).includes('application/ld+json'))
      found.push({ text: html.slice(start + 1, end), offset: start + 1 });
    at = same.indexOf(opening, end);
  }
  return found;
}

function termsIn(root: unknown): (readonly [string, string])[] {
  const out: (readonly [string, string])[] = [];
  const waiting: unknown[] = [root];
  for (let seen = 0; waiting.length > 0 && seen < maxNodes; seen += 1) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    const own = node as Record<string, unknown>;
    for (const key of keys) {
      if (!Object.hasOwn(own, key)) continue;
      for (const one of [own[key]].flat().map(addressOf)) if (one !== undefined) out.push([key, one]);
    }
    waiting.push(...Object.values(own).toReversed().slice(0, maxNodes));
  }
  return out;
}

function addressOf(value: unknown): string | undefined {
  const text =
    typeof value === 'object' && value !== null
      ? ((value as Record<string, unknown>)['@id'] ?? (value as Record<string, unknown>).url)
      : value;
  return typeof text === 'string' && URL.canParse(text) ? text : undefined;
}
