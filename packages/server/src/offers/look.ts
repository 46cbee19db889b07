import {
  type Evaluation,
  evaluate,
  type IgnoredLicense,
  type Issue,
  lint,
  type RslDocument,
  readTermsExtension,
} from '@clearway/rsl';
import { type Carrier, type Comparison, compare, type Gathered, type Permissions } from '@clearway/signals';
import type { Kernel } from '../kernel/index.ts';
import { readAddress } from '../sites/index.ts';
import { USES, type Use } from './terms.ts';

/** One RSL document as a bot reads it. */
export type SeenDocument = {
  readonly url: string;
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
  readonly fetched: Gathered['asked'];
  readonly documents: readonly SeenDocument[];
  /** The robots.txt, where there is one. */
  readonly robots: string | undefined;
  readonly comparison: Comparison;
  /** Links to licences that do not count, and why. */
  readonly ignored: readonly IgnoredLicense[];
  readonly verdict: 'agrees' | 'conflict' | 'silent' | 'unreachable';
};

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
 * Fetches an address and everything that can speak about it, as a crawler would, and compares what is said with what was
 * decided.
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
  const { gathered, report } = await readAddress(k, url);
  const documents = gathered.sources.flatMap(({ kind, url: address, status = 200, body }) => {
    if (kind !== 'rsl' || status !== 200) return [];
    return [seen(address, typeof body === 'string' ? body : new TextDecoder().decode(body), url)];
  });
  const comparison = compare(expected, report.records, carriers);
  const robots = gathered.sources.find((one) => one.kind === 'robots' && one.status === 200);
  const reached = gathered.asked[0]?.status !== undefined;
  return {
    url,
    at: new Date(report.at),
    fetched: gathered.asked,
    documents,
    robots: robots && new TextDecoder().decode(robots.body as Uint8Array),
    comparison,
    ignored: gathered.ignored,
    verdict: reached ? verdictOf(comparison, documents, input.pinned) : 'unreachable',
  };
}

function verdictOf(
  comparison: Comparison,
  documents: readonly SeenDocument[],
  pinned: { readonly sha256: string } | undefined,
): Look['verdict'] {
  const broken = documents.some(({ issues }) => issues.some(({ severity }) => severity === 'error'));
  const named = documents.flatMap(({ sha256 }) => sha256 ?? []);
  const stale = pinned ? !named.includes(pinned.sha256) && named.length > 0 : false;
  const { agreements, conflicts, missing, unreadable } = comparison;
  if (broken || stale || conflicts.length > 0 || unreadable.length > 0) return 'conflict';
  if (missing.length > 0) return agreements.length > 0 ? 'conflict' : 'silent';
  return agreements.length > 0 ? 'agrees' : 'silent';
}

function seen(address: string, text: string, url: string): SeenDocument {
  const { document, issues } = lint(text);
  const answers = USES.map((usage) => answerFor(document, url, usage));
  const extension = document?.contents.flatMap((content) => readTermsExtension(content) ?? [])[0];
  return {
    url: address,
    issues,
    outcomes: Object.fromEntries(answers.map((one) => [one.usage, one.outcome])) as SeenDocument['outcomes'],
    prices: Object.fromEntries(
      answers.map((one) => [one.usage, one.prices]),
    ) as unknown as SeenDocument['prices'],
    version: extension?.version,
    sha256: extension?.sha256,
  };
}

function answerFor(document: RslDocument | undefined, url: string, usage: Use) {
  const answer = document && evaluate(document, { url, usage });
  const prices = (answer?.payments ?? []).flatMap(({ type, amount }) =>
    amount ? [`${amount.currency ?? ''} ${amount.decimal} (${type})`] : [],
  );
  return { usage, outcome: answer?.outcome ?? ('unknown' as const), prices };
}
