import type { Position, XmlElement } from './xml.ts';

/** Something wrong in a document: a stable code that begins with the rule's number, a sentence, a place and a cure. */
export interface Issue {
  readonly code: IssueCode;
  /** The item of the conformance checklist, for example `R7`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly cure: string;
  readonly position: Position;
  /** The element it is about, from the root: `/rsl[1]/content[2]/license[1]`; empty when there is no tree. */
  readonly path: string;
}

const table = {
  'R1-not-well-formed': ['error', 'Write well-formed XML 1.0 in UTF-8.'],
  'R104-refused': ['error', 'Remove DOCTYPE and entities and stay below the documented size limits.'],
  'R2-not-rsl': ['error', 'Make <rsl xmlns="https://rslstandard.org/rsl"> the root element.'],
  'R107-other-version': [
    'error',
    'Use the namespace https://rslstandard.org/rsl; no other version is known here.',
  ],
  'R3-prefixed': ['warning', 'Use RSL as the default namespace in a document of its own.'],
  'R4-unprefixed': ['error', 'Write a prefix on every RSL element that stands in a feed or a file.'],
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
  'R35-no-country': ['warning', 'Use an assigned code of ISO 3166-1: GB, not UK; GR, not EL.'],
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
  'R51-x402-type': ['error', 'Write exactly application/x402+json.'],
  'R52-no-cdata': ['warning', 'Wrap the JSON in <![CDATA[ … ]]>.'],
  'R54-reporting': [
    'error',
    'Give type telemetry, provenance or audit, an absolute profile, and an https endpoint if any.',
  ],
  'R56-legal-type': ['error', 'Use warranty, disclaimer, attestation, contact or proof.'],
  'R56-repeated': ['error', 'Put everything of one type into one element.'],
  'R57-legal-token': ['error', 'Use only the tokens RSL lists for this type.'],
  'R58-attestation': ['error', 'Write true or false in lower case.'],
  'R59-legal-address': ['error', 'Write one address for contact, absolute addresses for proof.'],
  'R60-alternate': ['error', 'Write the address of the other form, and nothing else.'],
  'R61-schema': ['error', 'Use one schema: an address, or application/ld+json with valid JSON inside.'],
  'R62-repeated': ['error', 'Keep one and remove the others.'],
  'R62-copyright-type': ['error', 'Write type="person" or "organization".'],
  'R62-copyright-contact': [
    'error',
    'Write an e-mail address in contactEmail and an absolute address in contactUrl.',
  ],
  'R62-terms': ['error', 'Write the absolute address of the terms.'],
  'R72-one-content': ['error', 'Write exactly one content in a script of a page.'],
  'R73-not-canonical': [
    'warning',
    'Write the stable absolute address of the work, else copies of the page or the file lose their terms.',
  ],
  'R73-no-address': [
    'error',
    'Write the stable absolute https address of the work: the file travels without its site.',
  ],
  'R74-other-origin': ['error', 'Name an address on the origin of the feed itself.'],
  'R75-one-content': ['error', 'Write one rsl with exactly one content into a file.'],
  'R102-personal-address': [
    'warning',
    'Use the address of a role, for example rights@; licence files are read by everybody.',
  ],
  'R79-no-terms': ['warning', 'Add a content with a license: as it stands the document says nothing.'],
  'R106-draft': [
    'warning',
    'Bring it to RSL 1.0; `clearway rsl fix` does what can be done without granting anything new.',
  ],
  'R20-free-behind-server': [
    'warning',
    'Move the free license to a content of its own without a server: with one, even a search engine has to ask there first.',
  ],
  'A2-readers-differ': [
    'warning',
    'Give the broader prohibition narrower paths, so that no path is both prohibited above and permitted below.',
  ],
  'R27-grants-nothing': ['warning', 'Remove the token from one of the two lists; the prohibition wins.'],
} as const satisfies Record<string, readonly ['error' | 'warning', string]>;

/** All codes an {@link Issue} can carry. */
export type IssueCode = keyof typeof table;

/** The codes with their severity and cure, for documentation. */
export const issueCodes: Readonly<Record<IssueCode, readonly ['error' | 'warning', string]>> = table;

export function issue(code: IssueCode, message: string, position: Position): Issue {
  const [severity, cure] = table[code];
  return { code, rule: code.slice(0, code.indexOf('-')), severity, message, cure, position, path: '' };
}

export function inOrder(issues: readonly Issue[]): Issue[] {
  return [...issues].sort(
    (a, b) => a.position.offset - b.position.offset || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}

/** The same issues, each with the path of the element it is about. One walk through the tree, however many there are. */
export function withPaths(issues: readonly Issue[], root: XmlElement): Issue[] {
  const wanted = new Set(issues.map((one) => one.position.offset));
  const paths = new Map<number, string>();
  function walk(element: XmlElement, path: string): void {
    if (wanted.has(element.position.offset)) paths.set(element.position.offset, path);
    const counts = new Map<string, number>();
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      const count = (counts.get(child.name) ?? 0) + 1;
      counts.set(child.name, count);
      walk(child, `${path}/${quote(child.name)}[${count}]`);
    }
  }
  if (issues.length > 0) walk(root, `/${quote(root.name)}[1]`);
  return issues.map((one) => ({ ...one, path: paths.get(one.position.offset) ?? '' }));
}

export type Report = (code: IssueCode, message: string, position: Position) => void;

/** A stranger's text inside a message stays short. */
export function quote(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
