import { webAddress } from './addresses.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluatedPayment, Evaluation, Question, TraceStep } from './evaluation.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import type { RslDocument } from './model.ts';
import type { PageScope } from './scan-page.ts';
import type { FoundDocument, FoundTerms } from './terms.ts';
import { maxAgeDays } from './validate.ts';

/** What is asked of everything that was found; the address is the one it was found for. */
export type TermsQuestion = Omit<Question, 'url'>;

/** One document's part in an answer. */
export interface DocumentAnswer {
  readonly document: FoundDocument;
  /** Undefined where there is nothing to ask: the document could not be had. */
  readonly evaluation: Evaluation | undefined;
}

/** The answer of everything together. `payments` of several documents must all be met. */
export interface TermsAnswer extends Evaluation {
  readonly parts: readonly DocumentAnswer[];
  /** Elements of the page that have terms of their own (RSL 1.0 §4.6); the outcome above is that of the rest. */
  readonly elements: readonly (DocumentAnswer & { readonly scope: PageScope })[];
}

/**
 * One answer from all documents that were found, RSL 1.0 §4.9: what the address itself names beats what its site names; on
 * one level the most restrictive counts, and what is asked by several must all be met. A document that is declared but
 * cannot be read licenses nothing on its level. With `strict`, or `prohibitions: 'anywhere'`, no level beats the other.
 *
 * @example
 * ```ts
 * import { answerTerms, findTerms } from '@clearway/rsl/find';
 *
 * const fetch = async () => new Response('', { status: 404 });
 * const found = await findTerms({ url: 'https://example.org/a', agent: 'ABot', fetch, now: () => 0 });
 * answerTerms(found, { usage: 'ai-train' }).outcome // => 'unknown'
 * ```
 */
export function answerTerms(found: FoundTerms, question: TermsQuestion): TermsAnswer {
  const all = found.documents.map((document) => ({
    document,
    evaluation: evaluateFound(document, found.url, question),
  }));
  const elements = all.flatMap((one) =>
    one.document.scope?.kind === 'element' ? [{ ...one, scope: one.document.scope }] : [],
  );
  const parts = all.filter((one) => one.document.scope?.kind !== 'element');
  const page = merge(parts.filter((one) => one.document.level === 'page'));
  const site = merge(parts.filter((one) => one.document.level === 'site'));
  const steps: TraceStep[] = [...page.trace, ...site.trace];
  function answer(
    outcome: Evaluation['outcome'],
    rule: string,
    text: string,
    payments: readonly EvaluatedPayment[] = [],
    undecided?: true,
  ) {
    const trace = [...steps, { rule, text }];
    return { outcome, payments, trace, parts, elements, ...(undecided && { undecided }) };
  }

  for (const { scope } of elements) {
    const name = scope.kind === 'element' ? scope.name : 'page';
    steps.push({ rule: 'R71', text: `An element <${name}> of the page has terms of its own.` });
  }
  if (parts.length === 0) return answer('unknown', 'R79', 'No terms were found.');
  const { usage, strict = false, prohibitions } = question;
  if (strict || prohibitions === 'anywhere') {
    const both = worst([page, site]);
    const said = `${usage}: the most restrictive of all documents counts.`;
    return answer(both.outcome, 'R77', said, both.payments, both.undecided);
  }
  // Whoever does not say who it is may be the one whom the page refuses.
  if (page.outcome !== 'unknown' || page.undecided) {
    const beaten = site.outcome !== 'unknown' && site.outcome !== page.outcome;
    const text = `${usage}: what the address itself names counts${beaten ? ', before what its site names' : ''}.`;
    return answer(page.outcome, 'R77', text, page.payments, page.undecided);
  }
  return answer(site.outcome, 'R76', `${usage}: what the site names counts.`, site.payments, site.undecided);
}

/** The time for which the whole of it, documents and the places that name them, can be relied on (RSL 1.0 §3.2.1). */
export interface TermsFreshness extends Freshness {
  /** The address that ends it. */
  readonly first: string;
}

/**
 * How far what was found can be trusted now: the association must be asked for again within `max-age` as well as the
 * document. `changedAt` is what a sitemap, or anything else, says of the last change, in milliseconds since 1970.
 *
 * @example
 * ```ts
 * import { findTerms, termsFreshness } from '@clearway/rsl/find';
 *
 * const fetch = async () => new Response('', { status: 404 });
 * const found = await findTerms({ url: 'https://example.org/a', agent: 'ABot', fetch, now: () => 0 });
 * termsFreshness(found, 31 * 86_400_000).state // => 'stale'
 * ```
 */
export function termsFreshness(found: FoundTerms, now: number, changedAt?: number): TermsFreshness {
  const days = found.documents.flatMap((one) => (one.document ? [maxAgeDays(one.document)] : []));
  const shortest = days.length > 0 ? Math.min(...days) : 30;
  const points = [found.robots, found.page].flatMap(({ url, at, validators }) =>
    at === undefined ? [] : [{ url, at, keepMs: validators?.keepMs, maxAgeDays: shortest }],
  );
  const documents = found.documents.map(({ url, at, validators, document }) => {
    return { url, at, keepMs: validators.keepMs, maxAgeDays: document ? maxAgeDays(document) : 0 };
  });
  const all = [...points, ...documents].map((one) => {
    return { ...freshnessOf({ ...one, now, changedAt }), first: one.url };
  });
  const order = ['fresh', 'revalidate', 'stale'];
  const [ends] = all.sort(
    (a, b) => order.indexOf(b.state) - order.indexOf(a.state) || a.freshUntil - b.freshUntil,
  );
  return ends ?? { state: 'stale', freshUntil: found.at, trustUntil: found.at, first: found.url };
}

/**
 * What one document says of an address, as the place where it was found lets it: what stands in a page or a file speaks of that,
 * and permits nothing of what is another host's (RSL 1.0 §4.6.2, §4.8). Undefined where there is nothing to ask.
 *
 * @example
 * ```ts
 * import { parse } from '@clearway/rsl';
 * import { evaluateFound } from '@clearway/rsl/find';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url=""><license>
 *   <prohibits type="usage">all</prohibits></license></content></rsl>`);
 * const found = { document, channel: 'html-script', issues: [] };
 * evaluateFound(found, 'https://example.org/a', { usage: 'search' }).outcome // => 'not-licensed'
 * ```
 */
export function evaluateFound(
  found: Pick<FoundDocument, 'document' | 'channel' | 'association' | 'issues'>,
  url: string,
  question: TermsQuestion,
): Evaluation | undefined {
  const { document, channel, association } = found;
  if (!document || found.issues.some((one) => one.code === 'R72-one-content')) return undefined;
  const placed = channel === 'html-script' || channel === 'challenge-body' || channel === 'embedded';
  if (!placed && channel !== 'html-link') return evaluate(document, { ...question, url });
  const host = webAddress(url)?.origin;
  const claims = placed && document.contents.some((one) => otherOrigin(one.url, host));
  const answer = evaluate(
    claims || association === 'file' ? everywhere(document, true) : everywhere(document),
    {
      ...question,
      url,
    },
  );
  if (!claims || answer.outcome === 'not-licensed') return answer;
  // Anybody can write another's address into a page; a no from whoever serves it is a no all the same.
  const text = 'It names an address on another host, which has not said that itself.';
  return { outcome: 'unknown', payments: [], trace: [...answer.trace, { rule: 'R73', text }] };
}

function otherOrigin(url: string | undefined, host: string | undefined): boolean {
  const address = webAddress(url ?? '');
  return address !== undefined && address.origin !== host;
}

/** What stands in a page speaks of the place it stands in; its address says whose it is. */
function everywhere(document: RslDocument, all = false): RslDocument {
  const contents = document.contents.map((one) => {
    return one.url === '' || (all && webAddress(one.url ?? '')) ? { ...one, url: '/' } : one;
  });
  return { ...document, contents };
}

const severity = ['not-licensed', 'licensed-against', 'licensed-free', 'unknown'] as const;

/** The documents of one level: the most restrictive counts, and one that cannot be read licenses nothing. */
function merge(parts: readonly DocumentAnswer[]): Evaluation {
  const answers = parts.map(({ document, evaluation }): Evaluation => {
    if (evaluation) return evaluation;
    const text = `Terms are declared at ${document.url} but cannot be read (${document.state}).`;
    return { outcome: 'not-licensed', payments: [], trace: [{ rule: 'A16', text }] };
  });
  return worst(answers);
}

function worst(answers: readonly Evaluation[]): Evaluation {
  const undecided = answers.some((one) => one.undecided);
  const said = severity.find((one) => answers.some((answer) => answer.outcome === one)) ?? 'unknown';
  const outcome = undecided && said !== 'not-licensed' ? 'unknown' : said;
  const counting = answers.filter((one) => one.outcome === outcome);
  const trace = answers.flatMap((one) => one.trace);
  const payments = counting.flatMap((one) => one.payments);
  return { outcome, payments, trace, ...(outcome === 'unknown' && undecided && { undecided }) };
}
