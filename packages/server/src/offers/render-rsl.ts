import {
  type ContentInput,
  type LicenseInput,
  type NonEmpty,
  type UsageToken,
  writeDocument,
} from '@clearway/rsl';
import { decimalOf } from './price-input.ts';
import { settleScopes } from './settle-scopes.ts';
import { type Answer, grants, type Price, type Terms, type Unit, USES, type Use } from './terms.ts';

/** Days a reader may trust a document of ours before it looks again. */
export const MAX_AGE_DAYS = 1;

/** One scope and the terms that hold in it. Names stay out of the document (RSL 1.0 §9); the terms it links name people. */
export type RslScope = {
  /** RFC 9309 path pattern. */
  readonly url: string;
  readonly terms: Terms;
  readonly currency: string;
  /** Address of the terms people read, and of the page where a licence or a yes is asked for. */
  readonly termsUrl: string;
  readonly requestUrl: string;
  /** RFC 3339. */
  readonly lastmod?: string;
  /** Only where the scope says exactly what this version says. */
  readonly pinned?: { readonly sha256: string; readonly version: number };
  /** Base address of the licence server, where licences for priced uses are got. */
  readonly server?: string | undefined;
};

const PAYMENT = { fetch: 'crawl', answer: 'use', 'model-version': 'training' } as const satisfies Record<
  Unit,
  string
>;

/** The RSL 1.0 document for some scopes, as far as they can be said so that every careful reader reads the same. */
export function renderRsl(scopes: NonEmpty<RslScope>): string {
  const contents = settleScopes(scopes).said.flatMap(({ scope, inside }) => scopeContents(scope, inside));
  return writeDocument({ maxAgeDays: MAX_AGE_DAYS, contents: nonEmpty(contents) });
}

/**
 * Free and priced uses are two contents for one address: a licence server, once named, obliges every reader of its
 * content to fetch a token first, and search engines shall not. Each licence also names what it refuses, so that a
 * reader of one alone, or a strict one, comes to the same answer; but for what is granted inside.
 */
function scopeContents(scope: RslScope, inside: ReadonlySet<Use>): ContentInput[] {
  const refused = refusedTokens(scope.terms, inside);
  const free = USES.filter((use) => scope.terms[use].answer === 'free');
  const priced = USES.flatMap((use) => pricedLicenses(use, scope.terms[use], scope, refused));
  if (free.length === 0 && priced.length === 0) {
    // RSL wants a payment here too; a careless reader shall find no "free" in a refusal.
    const payment = { type: 'purchase', custom: scope.requestUrl } as const;
    return [content(scope, [{ prohibits: { usage: ['all'] }, payment }])];
  }
  const contents: ContentInput[] = [];
  if (free.length > 0) {
    const license = { permits: { usage: nonEmpty(free) }, ...refused, payment: { type: 'free' } } as const;
    contents.push(content(scope, [license]));
  }
  if (priced.length > 0) {
    const { server } = scope;
    contents.push({ ...content(scope, nonEmpty(priced)), ...(server !== undefined && { server }) });
  }
  return contents;
}

function content(scope: RslScope, licenses: NonEmpty<LicenseInput>): ContentInput {
  const { url, terms, termsUrl, requestUrl, lastmod, pinned } = scope;
  const onRequest = USES.filter((use) => terms[use].answer === 'ask');
  return {
    url,
    licenses,
    terms: termsUrl,
    ...(lastmod !== undefined && { lastmod }),
    ...(pinned && {
      extension: {
        termsHash: pinned.sha256,
        version: pinned.version.toString(),
        ...(onRequest.length > 0 && { onRequest, requestUrl }),
      },
    }),
  };
}

function refusedTokens(
  terms: Terms,
  inside: ReadonlySet<Use>,
): { prohibits?: { usage: NonEmpty<UsageToken> } } {
  const refused: UsageToken[] = USES.filter((use) => !grants(terms[use]) && !inside.has(use));
  const ai = refused.filter((use) => use !== 'search');
  const short =
    ai.length === USES.length - 1
      ? ['ai-all' as const, ...refused.filter((use) => use === 'search')]
      : refused;
  return short.length === 0 ? {} : { prohibits: { usage: nonEmpty(short) } };
}

function pricedLicenses(
  use: Use,
  said: Answer,
  scope: RslScope,
  refused: { prohibits?: { usage: NonEmpty<UsageToken> } },
): LicenseInput[] {
  if (said.answer !== 'paid') return [];
  return said.prices.map((price) => ({
    permits: { usage: [use] },
    ...refused,
    payment: {
      type: PAYMENT[price.unit],
      custom: scope.requestUrl,
      amount: { currency: scope.currency, decimal: priceOfOne(price) },
      price: { unit: price.unit, perUnits: 1 },
    },
  }));
}

/** A pack is a power of ten, so the price of one is an exact decimal, and no reader can take the pack for one. */
function priceOfOne({ amountMicro, perUnits }: Price): string {
  const zeros = perUnits.length - 1;
  const digits = BigInt(amountMicro)
    .toString()
    .padStart(6 + zeros + 1, '0');
  const point = digits.length - 6 - zeros;
  const fraction = digits.slice(point).replace(/0+$/, '').padEnd(2, '0');
  return zeros === 0 ? decimalOf(BigInt(amountMicro), 2) : `${digits.slice(0, point)}.${fraction}`;
}

function nonEmpty<T>(list: readonly T[]): NonEmpty<T> {
  const [first, ...rest] = list;
  if (first === undefined) throw new RangeError('an empty list where one is needed');
  return [first, ...rest];
}
