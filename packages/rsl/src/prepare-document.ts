import { isPrintable, webAddress } from './addresses.ts';
import { compilePattern, type PathPattern, preparePath } from './match-path.ts';
import type { Content, License, Permission, RslDocument } from './model.ts';
import { indexPatterns, type PatternIndex } from './pattern-index.ts';
import { isRfc3339 } from './validate.ts';
import { isExtensionName } from './validate-license.ts';
import { isPattern } from './validate-scope.ts';
import {
  covers,
  isUsageToken,
  isUserToken,
  legacyUsageTokens,
  permissionTypes,
  type UsageToken,
  usageTokens,
} from './vocabulary.ts';

/** A document laid out for questions: in the order of the text, with everything worked out that no question changes. */
export interface PreparedDocument {
  readonly contents: readonly PreparedContent[];
  /** Their patterns, by the same places. */
  readonly index: PatternIndex;
  /** Something that may hold for any address cannot be read: then nothing is granted at all. */
  readonly doubtful: boolean;
}

export interface PreparedContent {
  readonly content: Content;
  readonly url: string;
  readonly pattern: PathPattern;
  /** The origin that the content names, if it names one. */
  readonly origin: string | undefined;
  readonly licenses: readonly PreparedLicense[];
  /** Something that may restrict what is granted here cannot be read. */
  readonly doubtful: boolean;
}

export interface PreparedLicense {
  readonly license: License;
  /** The narrowest permitted token that covers a usage; `none` where a list leaves it out, `silent` without a list. */
  readonly permitted: Readonly<Record<UsageToken, UsageToken | 'none' | 'silent'>>;
  readonly prohibited: readonly UsageToken[];
  readonly users: readonly string[] | undefined;
  readonly barredUsers: readonly string[] | undefined;
  readonly places: readonly string[] | undefined;
  readonly barredPlaces: readonly string[] | undefined;
}

/** Documents are never changed, so each is laid out once. */
const known = new WeakMap<RslDocument, PreparedDocument>();

export function prepareDocument(document: RslDocument): PreparedDocument {
  const found = known.get(document);
  if (found) return found;
  const contents = inOrder(document.contents).flatMap((content) => {
    const prepared = prepareContent(content);
    return [prepared, ...alternatesOf(prepared)];
  });
  const prepared = {
    contents,
    index: indexPatterns(contents.map((one) => one.pattern)),
    doubtful: document.flawed === true || document.contents.some(isUnbounded),
  };
  known.set(document, prepared);
  return prepared;
}

/** Whether what a content speaks of cannot be read: it may be any address. */
function isUnbounded({ url, alternates }: Content): boolean {
  return !isScope(url) || !alternates.every((one) => isPrintable(one.url));
}

/** A pattern, an address, or nothing where the page or the item itself is the scope. */
function isScope(url: string | undefined): boolean {
  return url !== undefined && (url === '' || isPattern(url) || webAddress(url) !== undefined);
}

/** What names no server is free of that condition, unless an attribute that cannot be read may have been or swallowed it. */
function mayLackServer({ flawed, server, encrypted = 'false', lastmod }: Content): boolean {
  return (
    flawed || (server === undefined && (encrypted !== 'false' || (lastmod !== undefined && !isDate(lastmod))))
  );
}

function prepareContent(content: Content): PreparedContent {
  const { url = '' } = content;
  const named = url.startsWith('/') ? undefined : webAddress(url);
  // Cut from the text: the parsed form would encode the characters that have a meaning in patterns.
  const slash = named ? url.indexOf('/', url.indexOf('://') + 3) : 0;
  const path = slash === -1 ? '/' : url.slice(slash);
  return {
    content,
    url,
    pattern: compilePattern(url.startsWith('/') || named ? path : ''),
    origin: named?.origin,
    licenses: inOrder(content.licenses).map(prepareLicense),
    doubtful: mayLackServer(content) || content.licenses.length === 0 || content.licenses.some(isDoubtful),
  };
}

/** Other forms of the work on this host are under the same terms (RSL 1.0 §3.14): each is one address, no scope. */
function alternatesOf(prepared: PreparedContent): PreparedContent[] {
  return prepared.content.alternates
    .filter(({ url }) => url.startsWith('/') && !url.startsWith('//'))
    .map(({ url }) => ({ ...prepared, url, pattern: compilePattern(`${preparePath(url)}$`) }));
}

function prepareLicense(license: License): PreparedLicense {
  const { permits, prohibits } = license;
  return {
    license,
    permitted: permittedTokens(license),
    prohibited: prohibitedTokens(license),
    users: tokensOf(permits, 'user'),
    barredUsers: tokensOf(prohibits, 'user'),
    places: tokensOf(permits, 'geo'),
    barredPlaces: tokensOf(prohibits, 'geo'),
  };
}

/**
 * Whether a restriction may be lost: the shape is broken, a list is of no known type, or a word cannot be read. Words that
 * permit restrict too: a licence that names a use for a price takes it away from one that gives everything.
 */
function isDoubtful({ flawed, permits, prohibits }: License): boolean {
  return (
    flawed ||
    !permits.every((one) => isReadable(one, false)) ||
    !prohibits.every((one) => isReadable(one, true))
  );
}

/** A prohibition is read with good will, so what it then says is no doubt. */
export function isReadable({ type, tokens, text }: Permission, goodWill: boolean): boolean {
  if (type === 'geo') return tokens.length > 0 && tokens.every((one) => /^[A-Z]{2}$/.test(one.text));
  if (type === 'user')
    return tokens.length > 0 && tokens.every((one) => isUserToken(one.text) || isExtensionName(one));
  if (!goodWill)
    return type === 'usage' && tokens.every((one) => isUsageToken(one.text) || isExtensionName(one));
  const words = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const extensions = new Set(tokens.filter(isExtensionName).map((one) => one.text.toLowerCase()));
  return (
    words.length > 0 &&
    words.every(
      (word) => isUsageToken(word) || Object.hasOwn(legacyUsageTokens, word) || extensions.has(word),
    )
  );
}

/** A mere day is no RFC 3339 time, but nothing is lost in it. */
function isDate(text: string): boolean {
  return isRfc3339(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
}

function permittedTokens(license: License): PreparedLicense['permitted'] {
  const lists = license.permits.filter((one) => one.type === 'usage' || !isKnownType(one));
  const tokens = lists.filter((one) => one.type === 'usage').flatMap((one) => one.tokens);
  const named = [...new Set(tokens.map((one) => one.text).filter(isUsageToken))];
  const entries = usageTokens.map((usage) => {
    let best: UsageToken | 'none' | 'silent' = lists.length === 0 ? 'silent' : 'none';
    for (const text of named) {
      if (covers(text, usage) && (best === 'none' || best === 'silent' || covers(best, text))) best = text;
    }
    return [usage, best] as const;
  });
  return Object.fromEntries(entries) as PreparedLicense['permitted'];
}

/** Read with good will towards the holder: commas, capitals, names of earlier drafts and a missing type do not void a no. */
function prohibitedTokens(license: License): UsageToken[] {
  const words = license.prohibits
    .filter((one) => one.type === 'usage' || !isKnownType(one))
    .flatMap((one) => one.text.toLowerCase().split(/[\s,]/));
  const tokens = words.map((word) =>
    Object.hasOwn(legacyUsageTokens, word) ? legacyUsageTokens[word]! : word,
  );
  return [...new Set(tokens.filter(isUsageToken))];
}

function isKnownType(permission: Permission): boolean {
  return (permissionTypes as readonly (string | undefined)[]).includes(permission.type);
}

function tokensOf(list: readonly Permission[], type: string): string[] | undefined {
  const found = list.filter((one) => one.type === type);
  return found.length === 0
    ? undefined
    : [...new Set(found.flatMap((one) => one.tokens.map((token) => token.text)))];
}

function inOrder<T extends { readonly position: { readonly offset: number } }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => a.position.offset - b.position.offset);
}
