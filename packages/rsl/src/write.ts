import { isAbsoluteUri, isPrintable, looksLikeEmail, webAddress } from './addresses.ts';
import { isSha256, type PriceUnit, priceUnits, termsNamespace } from './extension.ts';
import { normalisePath } from './match-path.ts';
import { type Line, renderXml } from './render-xml.ts';
import { isRfc3339, isServerAddress } from './validate.ts';
import {
  covers,
  currencies,
  type DisclaimerToken,
  disclaimerTokens,
  isUnsignedDecimal,
  isUsageToken,
  type PaymentType,
  paymentTypes,
  rslNamespace,
  type UsageToken,
  type UserToken,
  usageTokens,
  userTokens,
  type WarrantyToken,
  warrantyTokens,
} from './vocabulary.ts';

/** A list that cannot be empty. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Types that ask for something. */
export type PaidType = Exclude<PaymentType, 'free' | 'attribution'>;

/** What is asked. There is no default: leaving it out would mean free to every reader. */
export type PaymentInput =
  | { readonly type: 'free' }
  | { readonly type: 'attribution'; readonly standard?: string; readonly custom?: string }
  | {
      readonly type: PaidType;
      readonly amount?: { readonly currency: string; readonly decimal: string };
      /** What the amount buys; RSL has no word for it, so it is written in our own namespace. */
      readonly price?: { readonly unit: PriceUnit; readonly perUnits: number };
      /** Absolute URI of a shared framework. */
      readonly standard?: string;
      /** Address where the licensor's own process begins. */
      readonly custom?: string;
    };

/** Statements about title and liability, RSL 1.0 §3.13; one of each kind. */
export interface LegalInput {
  readonly warranty?: NonEmpty<WarrantyToken>;
  readonly disclaimer?: NonEmpty<DisclaimerToken>;
  readonly attestation?: boolean;
  readonly contact?: string;
  readonly proof?: NonEmpty<string>;
}

interface CommonLicense {
  readonly payment: PaymentInput;
  readonly legal?: LegalInput;
}

/** A licence that grants what it names, and nothing else. */
export interface GrantInput extends CommonLicense {
  readonly permits: { readonly usage: NonEmpty<UsageToken>; readonly user?: NonEmpty<UserToken> };
  readonly prohibits?: { readonly usage?: NonEmpty<UsageToken>; readonly user?: NonEmpty<UserToken> };
}

/**
 * A licence that grants nothing. It must prohibit `all`: without a list of permits, RSL reads everything that is not
 * prohibited as granted.
 */
export interface RefusalInput extends CommonLicense {
  readonly permits?: never;
  readonly prohibits: { readonly usage: readonly ['all', ...UsageToken[]] };
}

export type LicenseInput = GrantInput | RefusalInput;

/** A scope and the licences for it. */
export interface ContentInput {
  /** RFC 9309 path pattern, beginning with `/`. */
  readonly url: string;
  /** Base address of the licence server. With it every client must get a licence there first, even a free one. */
  readonly server?: string;
  /** RFC 3339. */
  readonly lastmod?: string;
  readonly licenses: NonEmpty<LicenseInput>;
  readonly copyright?: {
    readonly name: string;
    readonly type?: 'person' | 'organization';
    readonly contactEmail?: string;
    readonly contactUrl?: string;
  };
  /** Address of the terms people read. */
  readonly terms?: string;
  /** Pins the terms: their SHA-256, their version, which uses are given on request only, and where to ask. */
  readonly extension?: {
    readonly termsHash: string;
    readonly version: string;
    readonly onRequest?: readonly UsageToken[];
    /** Where somebody asks for these uses. */
    readonly requestUrl?: string;
  };
}

export interface DocumentInput {
  /** Days this document may be trusted; 30 when left out. */
  readonly maxAgeDays?: number;
  readonly contents: NonEmpty<ContentInput>;
}

/** Thrown by {@link writeDocument} and the channel writers: a stable code, the place in the input, a sentence. */
export class RslWriteError extends Error {
  readonly code: string;
  readonly path: string;
  constructor(code: string, path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = 'RslWriteError';
    this.code = code;
    this.path = path;
  }
}

/**
 * Writes an RSL 1.0 document: always the same bytes for the same input, always an explicit `payment`, never anything
 * `lint` would call an error. Throws {@link RslWriteError} (`bad-url`, `bad-server`, `bad-date`, `bad-amount`,
 * `bad-currency`, `zero-price`, `bad-unit`, `bad-token`, `contradiction`, `refusal-without-all`, `bad-hash`, `bad-address`, `bad-text`,
 * `bad-max-age`, `empty`).
 *
 * @example
 * ```ts
 * import { writeDocument } from '@clearway/rsl';
 *
 * const xml = writeDocument({
 *   contents: [
 *     {
 *       url: '/stories/',
 *       licenses: [
 *         { permits: { usage: ['search'] }, payment: { type: 'free' } },
 *         { permits: { usage: ['ai-input'] }, payment: { type: 'use', amount: { currency: 'EUR', decimal: '0.02' } } },
 *       ],
 *     },
 *   ],
 * });
 * xml.includes('<permits type="usage">ai-input</permits>') // => true
 * ```
 */
export function writeDocument(input: DocumentInput): string {
  const { maxAgeDays, contents } = input;
  if (maxAgeDays !== undefined && !(Number.isSafeInteger(maxAgeDays) && maxAgeDays > 0 && maxAgeDays < 1e9)) {
    throw new RslWriteError('bad-max-age', 'maxAgeDays', 'must be a whole number of days above zero');
  }
  if (contents.length === 0) throw new RslWriteError('empty', 'contents', 'must name at least one content');
  const extended = contents.some(usesExtension);
  return render({
    name: 'rsl',
    attributes: {
      xmlns: rslNamespace,
      'xmlns:cw': extended ? termsNamespace : undefined,
      'max-age': maxAgeDays?.toString(),
    },
    children: contents.map((content, index) => contentLine(content, `contents[${index}]`)),
  });
}

function render(root: Line): string {
  try {
    return renderXml(root);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RslWriteError('bad-text', 'contents', error.message);
  }
}

function usesExtension(content: ContentInput): boolean {
  return (
    content.extension !== undefined ||
    content.licenses.some(({ payment }) => 'price' in payment && payment.price !== undefined)
  );
}

function contentLine(content: ContentInput, path: string): Line {
  const { url, server, lastmod, licenses, copyright, terms, extension } = content;
  if (!url.startsWith('/') || url.includes('#')) {
    throw new RslWriteError('bad-url', `${path}.url`, 'must be a path pattern that begins with "/"');
  }
  if (server !== undefined && !isServerAddress(server)) {
    throw new RslWriteError('bad-server', `${path}.server`, 'must be an absolute https address');
  }
  if (lastmod !== undefined && !isRfc3339(lastmod)) {
    throw new RslWriteError('bad-date', `${path}.lastmod`, 'must be an RFC 3339 date and time');
  }
  if (licenses.length === 0)
    throw new RslWriteError('empty', `${path}.licenses`, 'must hold at least one licence');
  const children = licenses.map((license, index) => licenseLine(license, `${path}.licenses[${index}]`));
  if (copyright) children.push(copyrightLine(copyright, `${path}.copyright`));
  if (terms !== undefined) children.push({ name: 'terms', text: address(terms, `${path}.terms`) });
  if (extension) children.push(termsLine(extension, `${path}.extension`));
  return { name: 'content', attributes: { url: normalisePath(url), server, lastmod }, children };
}

function copyrightLine(copyright: NonNullable<ContentInput['copyright']>, path: string): Line {
  const { name, type, contactEmail, contactUrl } = copyright;
  if (contactEmail !== undefined && !looksLikeEmail(contactEmail)) {
    throw new RslWriteError('bad-address', `${path}.contactEmail`, 'must be an e-mail address');
  }
  if (type !== undefined) oneOf(['person', 'organization'], type, `${path}.type`);
  const url = contactUrl === undefined ? undefined : address(contactUrl, `${path}.contactUrl`);
  return { name: 'copyright', attributes: { type, contactEmail, contactUrl: url }, text: name };
}

function termsLine(extension: NonNullable<ContentInput['extension']>, path: string): Line {
  const { termsHash, version, onRequest = [], requestUrl } = extension;
  if (!isSha256(termsHash)) {
    throw new RslWriteError('bad-hash', `${path}.termsHash`, 'must be 64 lower-case hexadecimal digits');
  }
  if (!isPrintable(version))
    throw new RslWriteError('bad-text', `${path}.version`, 'must hold no white space');
  const list = onRequest.length === 0 ? undefined : usageList(onRequest, `${path}.onRequest`);
  const request = requestUrl === undefined ? undefined : address(requestUrl, `${path}.requestUrl`);
  return { name: 'cw:terms', attributes: { sha256: termsHash, version, 'on-request': list, request } };
}

function licenseLine(license: LicenseInput, path: string): Line {
  const { permits, prohibits, payment, legal } = license;
  const forbidden: readonly string[] = prohibits?.usage ?? [];
  if (!permits && !forbidden.includes('all')) {
    throw new RslWriteError('refusal-without-all', path, 'a licence without permits must prohibit "all"');
  }
  const granted: readonly string[] = permits ? [...permits.usage, ...(permits.user ?? [])] : [];
  const denied: readonly string[] = [...forbidden, ...(permits ? (license.prohibits?.user ?? []) : [])];
  const both = granted.find((token) => denied.some((other) => other === token || isIncluded(token, other)));
  if (both) throw new RslWriteError('contradiction', path, `"${both}" is both permitted and prohibited`);
  const children: Line[] = [];
  function list(name: string, type: string, text: string | undefined): void {
    if (text !== undefined) children.push({ name, attributes: { type }, text });
  }
  if (permits) list('permits', 'usage', usageList(permits.usage, `${path}.permits.usage`));
  if (permits?.user) list('permits', 'user', tokenList(userTokens, permits.user, `${path}.permits.user`));
  if (prohibits?.usage) list('prohibits', 'usage', usageList(prohibits.usage, `${path}.prohibits.usage`));
  if (permits && license.prohibits?.user) {
    list('prohibits', 'user', tokenList(userTokens, license.prohibits.user, `${path}.prohibits.user`));
  }
  children.push(paymentLine(payment, `${path}.payment`));
  if (legal) children.push(...legalLines(legal, `${path}.legal`));
  return { name: 'license', children };
}

/** Readers differ on a narrow permission inside a broad prohibition, so it is never written. */
function isIncluded(token: string, other: string): boolean {
  return isUsageToken(token) && isUsageToken(other) && covers(other, token);
}

function paymentLine(payment: PaymentInput, path: string): Line {
  oneOf(paymentTypes, payment.type, `${path}.type`);
  if (payment.type === 'free') return { name: 'payment', attributes: { type: 'free' } };
  const children: Line[] = [];
  if (payment.standard !== undefined) {
    if (!isAbsoluteUri(payment.standard)) {
      throw new RslWriteError('bad-address', `${path}.standard`, 'must be an absolute URI');
    }
    children.push({ name: 'standard', text: payment.standard });
  }
  if (payment.custom !== undefined)
    children.push({ name: 'custom', text: address(payment.custom, `${path}.custom`) });
  if (payment.type !== 'attribution') {
    const { amount, price } = payment;
    if (amount) children.push(amountLine(amount, `${path}.amount`));
    if (price) {
      oneOf(priceUnits, price.unit, `${path}.price.unit`);
      if (!amount || !Number.isSafeInteger(price.perUnits) || price.perUnits < 1 || price.perUnits >= 1e15) {
        throw new RslWriteError(
          'bad-unit',
          `${path}.price`,
          'needs an amount and a whole number of units above zero',
        );
      }
      children.push({ name: 'cw:price', attributes: { unit: price.unit, per: price.perUnits.toString() } });
    }
  }
  return { name: 'payment', attributes: { type: payment.type }, children };
}

function amountLine(amount: { readonly currency: string; readonly decimal: string }, path: string): Line {
  if (!currencies.has(amount.currency)) {
    throw new RslWriteError('bad-currency', `${path}.currency`, 'must be an ISO 4217 code');
  }
  if (!isUnsignedDecimal(amount.decimal)) {
    throw new RslWriteError('bad-amount', `${path}.decimal`, 'must be a decimal number without sign');
  }
  // A price of nothing would be a gift by accident; a gift says type "free".
  if (!/[1-9]/.test(amount.decimal)) {
    throw new RslWriteError(
      'zero-price',
      `${path}.decimal`,
      'must be above zero; a free licence has the type "free"',
    );
  }
  return { name: 'amount', attributes: { currency: amount.currency }, text: amount.decimal };
}

function legalLines(legal: LegalInput, path: string): Line[] {
  const { warranty, disclaimer, attestation, contact, proof } = legal;
  const lines: Line[] = [];
  function add(type: string, text: string): void {
    lines.push({ name: 'legal', attributes: { type }, text });
  }
  if (warranty) add('warranty', tokenList(warrantyTokens, warranty, `${path}.warranty`));
  if (disclaimer) add('disclaimer', tokenList(disclaimerTokens, disclaimer, `${path}.disclaimer`));
  if (attestation !== undefined) add('attestation', attestation ? 'true' : 'false');
  if (contact !== undefined) {
    const fits =
      isPrintable(contact) &&
      (webAddress(contact) || contact.startsWith('mailto:') || looksLikeEmail(contact));
    if (!fits)
      throw new RslWriteError('bad-address', `${path}.contact`, 'must be an address or e-mail address');
    add('contact', contact);
  }
  if (proof) {
    if (!proof.every(isAbsoluteUri)) {
      throw new RslWriteError('bad-address', `${path}.proof`, 'must hold absolute addresses');
    }
    add('proof', proof.join(' '));
  }
  return lines;
}

function usageList(tokens: readonly string[], path: string): string {
  const strange = tokens.find((token) => !isUsageToken(token));
  if (strange !== undefined) throw new RslWriteError('bad-token', path, `"${strange}" is no usage token`);
  return tokenList(usageTokens, tokens, path);
}

/** Each token once, in the order of the vocabulary, so that the same licence is always the same bytes. */
function tokenList(known: readonly string[], tokens: readonly string[], path: string): string {
  for (const token of tokens) oneOf(known, token, path);
  if (tokens.length === 0) throw new RslWriteError('bad-token', path, 'must name at least one token');
  return known.filter((token) => tokens.includes(token)).join(' ');
}

function oneOf(known: readonly string[], text: string, path: string): void {
  if (!known.includes(text))
    throw new RslWriteError('bad-token', path, `"${text}" is not one of ${known.join(', ')}`);
}

function address(text: string, path: string): string {
  if (!webAddress(text)) throw new RslWriteError('bad-address', path, 'must be an absolute web address');
  return text;
}
