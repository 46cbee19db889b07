import type { Position } from './xml.ts';

/** Something wrong in a document: a stable code that begins with the rule's number, a sentence, a place and a cure. */
export interface Issue {
  readonly code: IssueCode;
  /** The item of the conformance checklist, for example `R7`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly cure: string;
  readonly position: Position;
}

const table = {
  'R1-not-well-formed': ['error', 'Write well-formed XML 1.0 in UTF-8.'],
  'R104-refused': ['error', 'Remove DOCTYPE and entities and stay below the documented size limits.'],
  'R2-not-rsl': ['error', 'Make <rsl xmlns="https://rslstandard.org/rsl"> the root element.'],
  'R3-prefixed': ['warning', 'Use RSL as the default namespace in a document of its own.'],
  'R7-unknown-element': ['error', 'Remove it, or move it to a namespace of your own.'],
  'R7-unknown-attribute': ['error', 'Remove it, or move it to a namespace of your own.'],
  'R7-stray-text': ['error', 'Remove the text; it belongs to no element that takes text.'],
  'R9-max-age': ['error', 'Write a positive whole number of days, or leave the attribute out.'],
  'R14-url-missing': ['error', 'Give every content a url.'],
  'R15-license-missing': ['error', 'Give every content at least one license.'],
  'R16-url-not-a-pattern': ['error', 'Write a path pattern that begins with "/".'],
  'R16-url-absolute': ['warning', 'Write only the path: the document already belongs to one host.'],
  'R18-url-empty': [
    'warning',
    'Write a path pattern: an empty url names nothing in a document linked by robots.txt or Link.',
  ],
  'R19-server-without-url': ['error', 'Give a content with a server a url that is not empty.'],
  'R19-server-not-https': ['error', 'Write an absolute https address.'],
  'R21-encrypted': ['error', 'Write exactly "true" or "false".'],
  'R22-encrypted-without-server': ['error', 'Name the server that hands out the key.'],
  'R23-lastmod': ['error', 'Write an RFC 3339 date and time, for example 2026-01-31T12:00:00Z.'],
  'R30-repeated': ['error', 'Put all tokens of one type into one element.'],
  'R31-permission-type': ['error', 'Write type="usage", "user" or "geo".'],
  'R32-token-list': ['error', 'Write one or more tokens separated by spaces.'],
  'R33-usage-token': [
    'error',
    'Use all, ai-all, ai-train, ai-input, ai-index, search or a prefixed name of your own.',
  ],
  'R34-user-token': [
    'error',
    'Use commercial, non-commercial, education, government, personal or a prefixed name of your own.',
  ],
  'R35-geo-token': ['error', 'Use two upper-case letters of ISO 3166-1, or EU.'],
  'R43-payment-type': [
    'error',
    'Use purchase, subscription, training, crawl, use, contribution, attribution, free or a prefixed name of your own.',
  ],
  'R45-repeated': ['error', 'Keep one and remove the others.'],
  'R46-standard': ['error', 'Write an absolute address.'],
  'R48-currency': ['error', 'Write an ISO 4217 code in upper case, for example EUR.'],
  'R49-amount': ['error', 'Write a decimal number with a point, without grouping, exponent or unit.'],
  'R49-amount-negative': ['error', 'Write a price of zero or more.'],
  'R49-amount-zero': ['error', 'Use type="free", or write the price.'],
  'R49-amount-with-free': ['warning', 'Remove the amount, or change the type; readers treat this as priced.'],
  'R51-accepts-type': ['error', 'Name the media type of the payment protocol.'],
  'R54-reporting': [
    'error',
    'Give type telemetry, provenance or audit, an absolute profile, and an https endpoint if any.',
  ],
  'R56-legal-type': ['error', 'Use warranty, disclaimer, attestation, contact or proof.'],
  'R56-repeated': ['error', 'Put everything of one type into one element.'],
  'R57-legal-token': ['error', 'Use only the tokens RSL lists for this type.'],
  'R58-attestation': ['error', 'Write true or false in lower case.'],
  'R59-legal-address': ['error', 'Write one address for contact, absolute addresses for proof.'],
  'R61-schema': ['error', 'Use one schema: an address, or application/ld+json with valid JSON inside.'],
  'R62-repeated': ['error', 'Keep one and remove the others.'],
  'R62-copyright-type': ['error', 'Write type="person" or "organization".'],
  'R62-terms': ['error', 'Write the absolute address of the terms.'],
  'R27-grants-nothing': ['warning', 'Remove the token from one of the two lists; the prohibition wins.'],
} as const satisfies Record<string, readonly ['error' | 'warning', string]>;

/** All codes an {@link Issue} can carry. */
export type IssueCode = keyof typeof table;

/** The codes with their severity and cure, for documentation. */
export const issueCodes: Readonly<Record<IssueCode, readonly ['error' | 'warning', string]>> = table;

export function issue(code: IssueCode, message: string, position: Position): Issue {
  const [severity, cure] = table[code];
  return { code, rule: code.slice(0, code.indexOf('-')), severity, message, cure, position };
}

export function inOrder(issues: readonly Issue[]): Issue[] {
  return [...issues].sort(
    (a, b) => a.position.offset - b.position.offset || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}

export type Report = (code: IssueCode, message: string, position: Position) => void;

/** A stranger's text inside a message stays short. */
export function quote(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
