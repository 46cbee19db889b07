import {
  discoverLicenses,
  type Evaluation,
  evaluate,
  type Issue,
  lint,
  type RslDocument,
  readTermsExtension,
} from '@clearway/rsl';
import { type Carrier, type Comparison, compare, type Permissions, readChannels } from '@clearway/signals';
import type { Kernel } from '../kernel/index.ts';
import { type Fetched, fetchText } from './fetch-text.ts';
import { USES, type Use } from './terms.ts';

/** One RSL document as a bot reads it. */
export type SeenDocument = {
  readonly url: string;
  readonly mediaType: string | undefined;
  readonly issues: readonly Issue[];
  /** For the address looked at. */
  readonly outcomes: { readonly [U in Use]: Evaluation['outcome'] };
  readonly prices: { readonly [U in Use]: readonly string[] };
  readonly version: string | undefined;
  readonly sha256: string | undefined;
};

/** What a bot sees at one address. */
export type Look = {
  readonly url: string;
  readonly at: Date;
  /** Everything that was asked for, also what was not there. */
  readonly fetched: readonly Fetched[];
  readonly documents: readonly SeenDocument[];
  readonly comparison: Comparison;
  /** Links to licences that do not count, and why. */
  readonly ignored: readonly { readonly value: string; readonly reason: string }[];
  readonly verdict: 'agrees' | 'conflict' | 'silent' | 'unreachable';
};

const MAX_DOCUMENTS = 4;

/** Own pages should speak in all of these; another host only where its owner has put the texts there. */
export const OWN_CARRIERS: readonly Carrier[] = [
  'rsl',
  'aipref-header',
  'tdmrep-header',
  'tdmrep-meta',
  'x-robots-tag',
  'robots-meta',
];

/**
 * Fetches an address, its robots.txt, TDMRep file and the RSL documents they name, as a crawler would, and compares what
 * they say with what was decided.
 */
export async function lookAt(
  k: Kernel,
  input: {
    readonly url: string;
    readonly expected: Permissions;
    readonly carriers: readonly Carrier[];
    /** The version that is expected to be named; undefined where none should be. */
    readonly pinned?: { readonly sha256: string; readonly version: number } | undefined;
  },
): Promise<Look> {
  const { url, expected, carriers } = input;
  const { origin } = new URL(url);
  const [page, robots, tdmrep] = await Promise.all([
    fetchText(k, 'page', url),
    fetchText(k, 'robots', `${origin}/robots.txt`),
    fetchText(k, 'tdmrep', `${origin}/.well-known/tdmrep.json`),
  ]);
  const sources = {
    ...(robots.text !== undefined && { robots: robots.text }),
    ...(page.link !== undefined && { link: page.link }),
    ...(page.text !== undefined && { html: page.text }),
  };
  const { found, ignored } = discoverLicenses(sources, '*');
  const addresses = [...new Set(found.map((one) => one.url))].slice(0, MAX_DOCUMENTS);
  const licenses = await Promise.all(addresses.map((address) => fetchText(k, 'license', address)));
  const read = licenses.flatMap((license) => {
    if (license.text === undefined) return [];
    const { document, issues } = lint(license.text);
    return [{ license, document, issues }];
  });
  const rsl = read.flatMap(({ license, document }) => (document ? [{ url: license.url, document }] : []));
  const records = readChannels({
    url,
    ...(robots.text !== undefined && { robots: robots.text }),
    ...(page.headers && { headers: page.headers }),
    ...(page.text !== undefined && { html: page.text }),
    ...(tdmrep.text !== undefined && { tdmrep: tdmrep.text }),
    rsl,
  });
  const documents = read.map(({ license, document, issues }) => seen(license, document, issues, url));
  const comparison = compare(expected, records, carriers);
  return {
    url,
    at: k.clock.now(),
    fetched: [page, robots, tdmrep, ...licenses],
    documents,
    comparison,
    ignored,
    verdict: verdictOf(page, comparison, documents, input.pinned),
  };
}

function verdictOf(
  page: Fetched,
  comparison: Comparison,
  documents: readonly SeenDocument[],
  pinned: { readonly sha256: string } | undefined,
): Look['verdict'] {
  if (page.status === undefined) return 'unreachable';
  const broken = documents.some(({ issues }) => issues.some(({ severity }) => severity === 'error'));
  const named = documents.flatMap(({ sha256 }) => sha256 ?? []);
  const stale = pinned ? !named.includes(pinned.sha256) && named.length > 0 : false;
  if (broken || stale || comparison.conflicts.length > 0) return 'conflict';
  if (comparison.missing.length > 0) return comparison.agreements.length > 0 ? 'conflict' : 'silent';
  return comparison.agreements.length > 0 ? 'agrees' : 'silent';
}

function seen(
  license: Fetched,
  document: RslDocument | undefined,
  issues: readonly Issue[],
  url: string,
): SeenDocument {
  const answers = USES.map((usage) => {
    const answer = document && evaluate(document, { url, usage });
    const prices = (answer?.payments ?? []).flatMap(({ type, amount }) =>
      amount ? [`${amount.currency ?? ''} ${amount.decimal} (${type})`] : [],
    );
    return { usage, outcome: answer?.outcome ?? ('unknown' as const), prices };
  });
  const extension = document?.contents.flatMap((content) => readTermsExtension(content) ?? [])[0];
  return {
    url: license.url,
    mediaType: license.mediaType,
    issues,
    outcomes: Object.fromEntries(answers.map((one) => [one.usage, one.outcome])) as SeenDocument['outcomes'],
    prices: Object.fromEntries(
      answers.map((one) => [one.usage, one.prices]),
    ) as unknown as SeenDocument['prices'],
    version: extension?.version,
    sha256: extension?.sha256,
  };
}
