import { isAbsoluteUri, isPrintable, looksLikeEmail, webAddress } from './addresses.ts';
import { isSha256, priceUnits, termsNamespace } from './extension.ts';
import { findSplit } from './find-split.ts';
import { normalisePath } from './match-path.ts';
import { type Line, renderXml } from './render-xml.ts';
import { isRfc3339, isServerAddress, lint } from './validate.ts';
import {
  covers,
  currencies,
  disclaimerTokens,
  isUnsignedDecimal,
  isUsageToken,
  paymentTypes,
  permissionTypes,
  rslNamespace,
  usageTokens,
  userTokens,
  warrantyTokens,
} from './vocabulary.ts';
import type {
  ContentInput,
  DocumentInput,
  ExtensionName,
  LegalInput,
  LicenseInput,
  PaymentInput,
  PricedInput,
  ScopeInput,
} from './write-input.ts';
import { createNames, type Names } from './write-names.ts';

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
 * `bad-currency`, `zero-price`, `bad-unit`, `bad-token`, `contradiction`, `readers-differ`, `refusal-without-all`,
 * `free-behind-server`, `bad-hash`, `bad-address`, `bad-text`, `bad-max-age`, `empty`; else the code of the issue that `lint`
 * would report).
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
  const names = createNames();
  const children = guard(() => [
    ...contents.map((content, index) => contentLine(content, `contents[${index}]`, names)),
    ...names.elements(input.foreign),
  ]);
  const attributes = { xmlns: rslNamespace, ...names.declarations(), 'max-age': maxAgeDays?.toString() };
  const xml = guard(() => renderXml({ name: 'rsl', attributes, children }));
  // What is not checked above is checked as every reader will check it.
  const { document, issues } = lint(xml, unlimited);
  const wrong = issues.find((one) => one.severity === 'error');
  if (wrong) throw new RslWriteError(wrong.code, wrong.path, `${wrong.message} ${wrong.cure}`);
  const split = input.readersMayDiffer ? undefined : document && findSplit(document);
  if (split) {
    const message = `"${split.url}" permits ${split.usage} inside what "${split.around}" prohibits, which readers read in two ways`;
    throw new RslWriteError('readers-differ', 'contents', message);
  }
  return xml;
}

/** A site of many works has a long document; what is too long for a reader is not for the writer to say. */
const unlimited = {
  maxBytes: Infinity,
  maxElements: Infinity,
  maxAttributes: Infinity,
  maxTextBytes: Infinity,
};

function guard<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RslWriteError('bad-text', 'contents', error.message);
  }
}

function contentLine(content: ContentInput, path: string, names: Names): Line {
  const { url, server, encrypted, lastmod, licenses, copyright, terms, extension } = content;
  const { alternates = [], schema } = content;
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
  const gifts = licenses.filter((one) => one.permits && one.payment.type === 'free').length;
  if (server !== undefined && gifts > 0 && gifts < licenses.length) {
    const message = 'what is free needs a content of its own, without the server of what is not';
    throw new RslWriteError('free-behind-server', `${path}.server`, message);
  }
  const children = licenses.map((license, index) =>
    licenseLine(license, `${path}.licenses[${index}]`, names),
  );
  children.push(
    ...alternates.map(({ url: text, type }) => ({ name: 'alternate', attributes: { type }, text })),
  );
  if (schema && 'url' in schema)
    children.push({ name: 'schema', text: address(schema.url, `${path}.schema`) });
  else if (schema) {
    children.push({ name: 'schema', attributes: { type: 'application/ld+json' }, data: schema.jsonLd });
  }
  if (copyright) children.push(copyrightLine(copyright, `${path}.copyright`));
  if (terms !== undefined) children.push({ name: 'terms', text: address(terms, `${path}.terms`) });
  if (extension) children.push(termsLine(extension, `${path}.extension`, names));
  children.push(...names.elements(content.foreign));
  const locked = encrypted ? 'true' : undefined;
  const attributes = { url: normalisePath(url), server, encrypted: locked, lastmod };
  return { name: 'content', attributes, children };
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

function termsLine(extension: NonNullable<ContentInput['extension']>, path: string, names: Names): Line {
  const { termsHash, version, onRequest = [], requestUrl } = extension;
  if (!isSha256(termsHash)) {
    throw new RslWriteError('bad-hash', `${path}.termsHash`, 'must be 64 lower-case hexadecimal digits');
  }
  if (!isPrintable(version))
    throw new RslWriteError('bad-text', `${path}.version`, 'must hold no white space');
  const list =
    onRequest.length === 0 ? undefined : tokenList(usageTokens, onRequest, `${path}.onRequest`, names);
  const request = requestUrl === undefined ? undefined : address(requestUrl, `${path}.requestUrl`);
  const name = names.of({ namespace: termsNamespace, name: 'terms' });
  return { name, attributes: { sha256: termsHash, version, 'on-request': list, request } };
}

const knownTokens = { usage: usageTokens, user: userTokens, geo: undefined } as const;

function licenseLine(license: LicenseInput, path: string, names: Names): Line {
  const { permits, payment, legal, reporting = [] } = license;
  const prohibits: ScopeInput | undefined = license.prohibits;
  if (!permits && !prohibits?.usage?.includes('all')) {
    throw new RslWriteError('refusal-without-all', path, 'a licence without permits must prohibit "all"');
  }
  const children: Line[] = [];
  for (const type of permissionTypes) {
    const denied = tokensOf(prohibits?.[type], names);
    const both = tokensOf(permits?.[type], names).find((token) =>
      denied.some((other) => other === token || isIncluded(token, other)),
    );
    if (both) throw new RslWriteError('contradiction', path, `"${both}" is both permitted and prohibited`);
  }
  for (const [name, scope] of [
    ['permits', permits],
    ['prohibits', prohibits],
  ] as const) {
    for (const type of permissionTypes) {
      const list = scope?.[type];
      if (!list) continue;
      const text = tokenList(knownTokens[type], list, `${path}.${name}.${type}`, names);
      children.push({ name, attributes: { type }, text });
    }
  }
  children.push(paymentLine(payment, `${path}.payment`, names));
  if (legal) children.push(...legalLines(legal, `${path}.legal`, names));
  for (const { configuration, type, profile, endpoint } of reporting) {
    const data = configuration === undefined ? {} : { data: configuration };
    children.push({ name: 'reporting', attributes: { type, profile, endpoint }, ...data });
  }
  children.push(...names.elements(license.foreign));
  return { name: 'license', children };
}

function tokensOf(list: readonly (string | ExtensionName)[] | undefined, names: Names): string[] {
  return (list ?? []).map((one) => (typeof one === 'string' ? one : names.of(one)));
}

/** Readers differ on a narrow permission inside a broad prohibition; in one licence it is never written. */
function isIncluded(token: string, other: string): boolean {
  return isUsageToken(token) && isUsageToken(other) && covers(other, token);
}

function paymentLine(payment: PaymentInput, path: string, names: Names): Line {
  const { type, foreign } = payment;
  if (typeof type === 'string') oneOf(paymentTypes, type, `${path}.type`);
  const attributes = { type: typeof type === 'object' ? names.of(type) : type };
  const { standard, custom, amount, price, accepts }: PricedInput = payment.type === 'free' ? {} : payment;
  if (type === undefined && standard === undefined) {
    throw new RslWriteError('bad-token', `${path}.type`, 'may be left out beside a standard only');
  }
  const children: Line[] = [];
  if (standard !== undefined) {
    if (!isAbsoluteUri(standard)) {
      throw new RslWriteError('bad-address', `${path}.standard`, 'must be an absolute URI');
    }
    children.push({ name: 'standard', text: standard });
  }
  if (custom !== undefined) children.push({ name: 'custom', text: address(custom, `${path}.custom`) });
  if (amount) children.push(amountLine(amount, `${path}.amount`));
  if (accepts) {
    const data = accepts.payload === undefined ? {} : { data: accepts.payload };
    children.push({ name: 'accepts', attributes: { type: accepts.type }, ...data });
  }
  if (price) {
    oneOf(priceUnits, price.unit, `${path}.price.unit`);
    if (!amount || !Number.isSafeInteger(price.perUnits) || price.perUnits < 1 || price.perUnits >= 1e15) {
      const message = 'needs an amount and a whole number of units above zero';
      throw new RslWriteError('bad-unit', `${path}.price`, message);
    }
    const name = names.of({ namespace: termsNamespace, name: 'price' });
    children.push({ name, attributes: { unit: price.unit, per: price.perUnits.toString() } });
  }
  children.push(...names.elements(foreign));
  return { name: 'payment', attributes, children };
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

function legalLines(legal: LegalInput, path: string, names: Names): Line[] {
  const { warranty, disclaimer, attestation, contact, proof } = legal;
  const lines: Line[] = [];
  function add(type: string, text: string): void {
    lines.push({ name: 'legal', attributes: { type }, text });
  }
  if (warranty) add('warranty', tokenList(warrantyTokens, warranty, `${path}.warranty`, names));
  if (disclaimer) add('disclaimer', tokenList(disclaimerTokens, disclaimer, `${path}.disclaimer`, names));
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

/** Each token once, in the order of the vocabulary, then those of others, so that the same licence is always the same bytes. */
function tokenList(
  known: readonly string[] | undefined,
  tokens: readonly (string | ExtensionName)[],
  path: string,
  names: Names,
): string {
  if (tokens.length === 0) throw new RslWriteError('bad-token', path, 'must name at least one token');
  const own = tokens.filter((token) => typeof token === 'string');
  if (known) for (const token of own) oneOf(known, token, path);
  const others = tokens.filter((token) => typeof token === 'object');
  const first = known ? known.filter((token) => own.includes(token)) : [...new Set(own)].sort();
  return [...first, ...new Set(tokensOf(others, names))].join(' ');
}

function oneOf(known: readonly string[], text: string, path: string): void {
  if (!known.includes(text))
    throw new RslWriteError('bad-token', path, `"${text}" is not one of ${known.join(', ')}`);
}

function address(text: string, path: string): string {
  if (!webAddress(text)) throw new RslWriteError('bad-address', path, 'must be an absolute web address');
  return text;
}
