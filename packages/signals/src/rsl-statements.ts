import { licensesFor, type Robots, recordsFor, rslMediaType, rslNamespace } from '@clearway/rsl';
import { evaluateFound, readTermsInside, type TermsInside } from '@clearway/rsl/find';
import { decode } from './decode.ts';
import { type LeafUsage, leafUsages } from './permissions.ts';
import type { SignalSource, SourceKind } from './source.ts';
import { type Statement, unreadable } from './statement.ts';
import { packets } from './xmp.ts';

const stances = {
  'licensed-free': 'allow',
  'licensed-against': 'conditional',
  'not-licensed': 'disallow',
} as const;

/** RSL in a text, with the part of the text it stands in. */
interface Part {
  readonly found: TermsInside;
  readonly text: string;
  readonly offset: number;
}

/** Where an RSL document is from. */
export interface RslPlace {
  readonly address: string;
  /** It came as the body of a 401 or 402 of the address itself. */
  readonly challenge: boolean;
}

/** An RSL document, or a feed of RSL, that was named as the terms of an address. One that cannot be read may have been a refusal. */
export function rslStatements(text: string, url: string, { address, challenge }: RslPlace): Statement[] {
  return namedParts(text, address).flatMap((one) => {
    if (one.found.association === 'file') return statementsOf(one, url, address);
    const channel = challenge ? 'challenge-body' : 'robots-global';
    return statementsOf({ ...one, found: { ...one.found, channel } }, url, address);
  });
}

/** The RSL inside a page, or inside the metadata of a file. */
export function insideStatements(text: string, kind: SourceKind, url: string, address: string): Statement[] {
  return insideParts(text, kind, address).flatMap((one) => statementsOf(one, url, address));
}

/**
 * Every piece of RSL in a source: a document or a feed of its own, scripts of a page, metadata of a file; what is meant to be
 * RSL and cannot be read is there without a document.
 *
 * @example
 * ```ts
 * import { rslIn } from '@clearway/signals';
 *
 * const at = '2026-11-22T00:00:00Z';
 * rslIn({ kind: 'html', url: 'https://a.example/', at, body: '<p>Roses</p>' }) // => []
 * ```
 */
export function rslIn({ kind, url, body }: SignalSource): TermsInside[] {
  const text = typeof body === 'string' ? body : decode(body).text;
  const parts = kind === 'rsl' ? namedParts(text, url) : insideParts(text, kind, url);
  return parts.map((one) => one.found);
}

function namedParts(text: string, url: string): Part[] {
  const own = readTermsInside(text, { url, mediaType: rslMediaType });
  // Some hand in the metadata of a file as it is.
  const inside = own.some((one) => one.document)
    ? []
    : readTermsInside(text, { url }).filter((one) => one.association === 'file');
  return (inside.length > 0 ? inside : own).map((found) => ({ found, text, offset: 0 }));
}

function insideParts(text: string, kind: SourceKind, url: string): Part[] {
  const holds = kind === 'html' || kind === 'xmp' || kind === 'epub-opf';
  if (!holds || (!text.includes(rslNamespace) && !text.includes(rslMediaType))) return [];
  const mediaType = kind === 'html' ? 'text/html' : 'application/xml';
  const packed = kind === 'xmp' ? packets(text) : [];
  // A file that is no XML says something in its packets only.
  const whole = kind !== 'xmp' || /^\uFEFF?\s*</.test(text) ? [{ packet: text, offset: 0 }] : [];
  return (packed.length > 0 ? packed : whole).flatMap(({ packet, offset }) =>
    readTermsInside(packet, { url, mediaType }).map((found) => ({ found, text: packet, offset })),
  );
}

function statementsOf({ found, text, offset: from }: Part, url: string, address: string): Statement[] {
  const { document, issues, scope } = found;
  const [first] = issues;
  const at = from + (document?.position.offset ?? first?.position.offset ?? 0);
  const head = rawAt(text, at - from);
  if (scope?.kind === 'element') {
    const name = `<${scope.name}${scope.id === undefined ? '' : ` id="${scope.id}"`}>`;
    const note = `An element ${name} of the page has terms of its own; they say nothing of the rest.`;
    return [{ carrier: 'rsl', usage: 'all', stance: 'none', raw: head, offset: at, note }];
  }
  return leafUsages.flatMap((usage): Statement[] => {
    const answer = evaluateFound(found, url, { usage });
    if (!document || !answer)
      return [
        unreadable('rsl', first?.message ?? 'This is no RSL document.', { raw: head, offset: at, usage }),
      ];
    const { outcome, payments, trace, doubtful, undecided } = answer;
    const last = trace.at(-1);
    const said = last?.text ?? '';
    // Whose it is has not spoken here: that is told, and decides nothing.
    if (outcome === 'unknown' && last?.rule === 'R73')
      return [{ carrier: 'rsl', usage, stance: 'none', raw: head, offset: at, note: said }];
    if (outcome === 'unknown' && !doubtful && !undecided) return [];
    // A licence by silence or by one of two readings, in a document with faults, may be a refusal of which a byte is gone.
    const clear = outcome !== 'licensed-free' || issues.length === 0 || isLicence(found, url, usage);
    const step = trace.findLast((one) => one.position !== undefined);
    const offset = payments[0]?.position.offset ?? step?.position?.offset ?? 0;
    const raw = rawAt(text, offset);
    const named = payments.length > 0 || undecided ? address : undefined;
    const policy = payments.find((one) => one.custom)?.custom ?? named;
    const base = { carrier: 'rsl', usage, raw, offset: from + offset, ...(policy && { policy }) } as const;
    if (clear && outcome !== 'unknown') return [{ ...base, stance: stances[outcome], note: said }];
    // Some have a licence, some have none: whoever wants it has to say who it is.
    if (undecided && !doubtful) return [{ ...base, stance: 'conditional', note: said }];
    const note = doubtful
      ? 'Something that may restrict this use cannot be read.'
      : `${said} Not expressly, and the document has faults.`;
    return [{ ...base, stance: 'none', note, damaged: true }];
  });
}

function rawAt(text: string, offset: number): string {
  const close = text.indexOf('>', offset);
  return text.slice(offset, close === -1 ? offset + 200 : close + 1).slice(0, 1000);
}

/** Whether the strict reading, in which every prohibition stands and silence gives nothing, licenses it too. */
function isLicence(found: TermsInside, url: string, usage: LeafUsage): boolean {
  const outcome = evaluateFound(found, url, { usage, strict: true })?.outcome;
  return outcome === 'licensed-free' || outcome === 'licensed-against';
}

/** Whether an RSL document counts for an agent: one that robots.txt names only for others does not, unless a page names it. */
export function rslConcerns(
  address: string,
  agent: string,
  robots: Robots | undefined,
  pageNames: (address: string) => boolean,
): boolean {
  if (!robots || pageNames(address)) return true;
  const lines = robots.records.filter((one) => one.field === 'license' && one.value === address);
  if (lines.length === 0) return true;
  if (recordsFor(robots, agent, 'license').scope === 'none') return false;
  return licensesFor(robots, agent).found.some((one) => one.url === address);
}
