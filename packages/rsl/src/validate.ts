import { isAbsoluteUri, isPrintable, looksLikeEmail, webAddress } from './addresses.ts';
import { type Issue, type IssueCode, inOrder, issue, quote, type Report, withPaths } from './issues.ts';
import type { Content, Context, RslDocument } from './model.ts';
import { type Parsed, parse } from './parse.ts';
import { isJson, isPersonalAddress, validateLicense } from './validate-license.ts';
import { validateScope } from './validate-scope.ts';
import { defaultMaxAgeDays } from './vocabulary.ts';
import type { Position, XmlLimits } from './xml.ts';

/**
 * Checks the values of a parsed document against RSL 1.0: scopes, tokens, prices, addresses, dates. What breaks the
 * shape of the language was already reported by `parse`. Sorted by place.
 *
 * @example
 * ```ts
 * import { parse, validate } from '@clearway/rsl';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <permits type="usage">train-ai</permits></license></content></rsl>`);
 * validate(document).map((one) => one.code) // => ['R33-usage-token']
 * ```
 */
export function validate(document: RslDocument, context: Context = {}): Issue[] {
  return withPaths(inOrder(valueIssues(document, context)), document.root);
}

/** The issues of {@link validate}, unsorted and without their paths: those of many documents in one tree are found together. */
export function valueIssues(document: RslDocument, context: Context): Issue[] {
  const issues: Issue[] = [];
  function report(code: IssueCode, message: string, position: Position): void {
    issues.push(issue(code, message, position));
  }
  if (document.maxAge !== undefined && readMaxAge(document.maxAge) === undefined) {
    report('R9-max-age', `max-age is "${quote(document.maxAge)}".`, document.position);
  }
  const { association = 'site' } = context;
  if (association === 'page' && document.contents.length !== 1) {
    report('R72-one-content', `There are ${document.contents.length} contents.`, document.position);
  } else if (association === 'file' && document.contents.length !== 1) {
    report('R75-one-content', `There are ${document.contents.length} contents.`, document.position);
  }
  for (const content of document.contents) validateContent(content, report, context);
  return issues;
}

/**
 * Reads and checks a text in one go: the issues of `parse` and of `validate`, sorted by place.
 *
 * @example
 * ```ts
 * import { lint } from '@clearway/rsl';
 *
 * lint('<!DOCTYPE rsl><rsl/>').issues.map((one) => one.code) // => ['R104-refused']
 * ```
 */
export function lint(xml: string | Uint8Array, limits: Partial<XmlLimits> = {}): Parsed {
  const { document, issues } = parse(xml, limits);
  return { document, issues: document ? inOrder([...issues, ...validate(document)]) : issues };
}

/**
 * How many days the document may be trusted: 30 when it does not say, 0 when what it says cannot be read. RSL 1.0 §3.2.
 *
 * @example
 * ```ts
 * import { maxAgeDays, parse } from '@clearway/rsl';
 *
 * maxAgeDays(parse('<rsl xmlns="https://rslstandard.org/rsl"/>').document) // => 30
 * ```
 */
export function maxAgeDays(document: RslDocument): number {
  return document.maxAge === undefined ? defaultMaxAgeDays : (readMaxAge(document.maxAge) ?? 0);
}

function readMaxAge(text: string): number | undefined {
  const days = Number(text);
  return /^[0-9]{1,9}$/.test(text) && days > 0 ? days : undefined;
}

function validateContent(content: Content, report: Report, context: Context): void {
  const { url, server, encrypted, lastmod, position } = content;
  validateScope(content, report, context);
  if (content.licenses.length === 0) report('R15-license-missing', 'A content has no license.', position);
  if (server !== undefined) {
    if (!url) report('R19-server-without-url', 'A content has a server but no url.', position);
    if (!isServerAddress(server)) {
      report('R19-server-not-https', `The server is "${quote(server)}".`, position);
    }
  }
  if (encrypted !== undefined && encrypted !== 'true' && encrypted !== 'false') {
    report('R21-encrypted', `encrypted is "${quote(encrypted)}".`, position);
  }
  if (encrypted === 'true' && server === undefined) {
    report('R22-encrypted-without-server', 'Encrypted content names no server.', position);
  }
  if (lastmod !== undefined && !isRfc3339(lastmod)) {
    report('R23-lastmod', `lastmod is "${quote(lastmod)}".`, position);
  }
  const { schema, copyright, terms } = content;
  if (schema && !isSchema(schema)) report('R61-schema', 'The schema cannot be read.', schema.position);
  if (copyright?.type !== undefined && copyright.type !== 'person' && copyright.type !== 'organization') {
    report('R62-copyright-type', `The copyright type is "${quote(copyright.type)}".`, copyright.position);
  }
  for (const alternate of content.alternates) {
    if (!isPrintable(alternate.url)) {
      report('R60-alternate', `The alternate is "${quote(alternate.url)}".`, alternate.position);
    }
  }
  const { contactEmail, contactUrl } = copyright ?? {};
  if (
    copyright &&
    ((contactEmail !== undefined && !looksLikeEmail(contactEmail)) ||
      (contactUrl !== undefined && !webAddress(contactUrl)))
  ) {
    const contact = quote(contactEmail ?? contactUrl ?? '');
    report('R62-copyright-contact', `The contact is "${contact}".`, copyright.position);
  } else if (copyright && contactEmail !== undefined && isPersonalAddress(contactEmail)) {
    report('R102-personal-address', `${quote(contactEmail)} looks like a person.`, copyright.position);
  }
  if (terms && !isAbsoluteUri(terms.url))
    report('R62-terms', `The terms are at "${quote(terms.url)}".`, terms.position);
  for (const license of content.licenses) validateLicense(license, report);
}

/**
 * Whether a text can be the base address of a license server (R19): absolute and https. Plain http is accepted on a
 * loopback host only, where no certificate can exist.
 *
 * @example
 * ```ts
 * import { isServerAddress } from '@clearway/rsl';
 *
 * isServerAddress('http://rights.example/olp') // => false
 * ```
 */
export function isServerAddress(text: string): boolean {
  const url = webAddress(text);
  return url !== undefined && (url.protocol === 'https:' || isLoopback(url.hostname));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '[::1]';
}

function isSchema(schema: { readonly type?: string; readonly text: string }): boolean {
  if (schema.type === undefined) return isAbsoluteUri(schema.text.trim());
  return schema.type === 'application/ld+json' && isJson(schema.text);
}

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** RFC 3339 §5.6, with the length of each month; a leap second is accepted. */
export function isRfc3339(text: string): boolean {
  const parts = text.length > 40 ? null : rfc3339.exec(text);
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  const zone = parts[8]!;
  const zoneFits = zone.length === 1 || (Number(zone.slice(1, 3)) < 24 && Number(zone.slice(4)) < 60);
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second <= 60 && zoneFits;
}
