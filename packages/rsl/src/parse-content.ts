import type { Content, Legal, License, Payment, Permission, Reporting, RslDocument } from './model.ts';
import { type Bindings, type Reader, readToken, readTokens } from './reader.ts';
import { inventedAttributes, rslNamespace } from './vocabulary.ts';
import type { XmlElement } from './xml.ts';

const contentChildren = ['license', 'alternate', 'schema', 'copyright', 'terms'];
const licenseChildren = ['permits', 'prohibits', 'payment', 'legal', 'reporting'];
const noAttributes = [] as const;
const rootAttributes = ['max-age'] as const;
const contentAttributes = ['url', 'server', 'encrypted', 'lastmod'] as const;
const copyrightAttributes = ['type', 'contactEmail', 'contactUrl'] as const;
const reportingAttributes = ['type', 'profile', 'endpoint'] as const;
const currencyOnly = ['currency'] as const;
const typeOnly = ['type'] as const;
const paymentChildren = ['standard', 'custom', 'amount', 'accepts'];

/** The element `rsl` with everything below it; `root` is that of the text it stands in. */
export function readRoot(
  reader: Reader,
  element: XmlElement,
  outer: Bindings,
  root: XmlElement,
  readChild: typeof readContent,
): RslDocument {
  const before = reader.issues.length;
  const node = reader.open(element, rootAttributes, ['content'], outer);
  const flawed = mayHaveLost(reader, before, element, rootAttributes);
  const maxAge = node.given['max-age'];
  return {
    ...(maxAge !== undefined && { maxAge }),
    contents: node.children('content').map((child) => readChild(reader, child, node.bindings)),
    extensions: node.extensions,
    flawed,
    position: element.position,
    root,
  };
}

/** A `content` with everything below it, as RSL 1.0 §3.3 to §3.17 lay it out. */
export function readContent(reader: Reader, element: XmlElement, outer: Bindings): Content {
  const before = reader.issues.length;
  const node = reader.open(element, contentAttributes, contentChildren, outer);
  const flawed = mayHaveLost(reader, before, element, contentAttributes);
  const schema = node.single('schema', 'R61-schema');
  const copyright = node.single('copyright', 'R62-repeated');
  const terms = node.single('terms', 'R62-repeated');
  return {
    ...node.given,
    licenses: node.children('license').map((child) => readLicense(reader, child, node.bindings)),
    alternates: node.children('alternate').map((child) => {
      const alternate = reader.open(child, typeOnly, 'text', node.bindings);
      return {
        ...alternate.given,
        url: alternate.text().trim(),
        position: child.position,
      };
    }),
    ...(schema && {
      schema: {
        ...reader.open(schema, typeOnly, 'text', node.bindings).given,
        text: schema.children.filter((child) => typeof child === 'string').join(''),
        position: schema.position,
      },
    }),
    ...(copyright && { copyright: readCopyright(reader, copyright, node.bindings) }),
    ...(terms && {
      terms: { url: reader.text(terms, noAttributes, node.bindings), position: terms.position },
    }),
    extensions: node.extensions,
    flawed,
    position: element.position,
  };
}

/** Whether a name on or below an element cannot be read, so that an attribute or an element may be lost. */
function mayHaveLost(
  reader: Reader,
  since: number,
  element: XmlElement,
  attributes: readonly string[],
): boolean {
  return (
    hasErrors(reader, since, 'R7-unknown-attribute') ||
    element.attributes.some(
      ({ namespace, local }) =>
        namespace === rslNamespace ||
        (namespace === '' && !attributes.includes(local) && !inventedAttributes.includes(local)),
    )
  );
}

/** Whether any error was reported since then, but for those of one code. */
function hasErrors({ issues }: Reader, since: number, but?: string): boolean {
  return issues.slice(since).some(({ severity, code }) => severity === 'error' && code !== but);
}

function readCopyright(
  reader: Reader,
  element: XmlElement,
  outer: Bindings,
): NonNullable<Content['copyright']> {
  const node = reader.open(element, copyrightAttributes, 'text', outer);
  return {
    ...node.given,
    name: node.text().trim(),
    position: element.position,
  };
}

/** A `license` (RSL 1.0 §3.4), also usable alone: OLP sends a single one. */
export function readLicense(reader: Reader, element: XmlElement, outer: Bindings): License {
  const before = reader.issues.length;
  const node = reader.open(element, noAttributes, licenseChildren, outer);
  const payment = node.single('payment', 'R45-repeated');
  const license: Mutable<License> = {
    permits: node.children('permits').map((child) => readPermission(reader, child, node.bindings)),
    prohibits: node.children('prohibits').map((child) => readPermission(reader, child, node.bindings)),
    legal: node.children('legal').map((child) => readLegal(reader, child, node.bindings)),
    reporting: node.children('reporting').map((child) => readReporting(reader, child, node.bindings)),
    extensions: node.extensions,
    flawed: false,
    position: element.position,
  };
  if (payment) license.payment = readPayment(reader, payment, node.bindings);
  license.flawed = hasErrors(reader, before);
  return license;
}

function readPermission(reader: Reader, element: XmlElement, outer: Bindings): Permission {
  const node = reader.open(element, typeOnly, 'text', outer);
  const text = node.text();
  return {
    ...node.given,
    tokens: readTokens(text, node.bindings),
    text: text.trim(),
    position: element.position,
  };
}

function readPayment(reader: Reader, element: XmlElement, outer: Bindings): Payment {
  const node = reader.open(element, typeOnly, paymentChildren, outer);
  const { type } = node.given;
  const standard = node.single('standard', 'R45-repeated');
  const custom = node.single('custom', 'R45-repeated');
  const amount = node.single('amount', 'R45-repeated');
  const accepts = node.single('accepts', 'R45-repeated');
  const payment: Mutable<Payment> = { extensions: node.extensions, position: element.position };
  if (type !== undefined) payment.type = readToken(type, node.bindings);
  if (standard) payment.standard = reader.text(standard, noAttributes, node.bindings);
  if (custom) payment.custom = reader.text(custom, noAttributes, node.bindings);
  if (amount) {
    const read = reader.open(amount, currencyOnly, 'text', node.bindings);
    payment.amount = {
      ...read.given,
      decimal: read.text().trim(),
      position: amount.position,
    };
  }
  if (accepts) {
    const read = reader.open(accepts, typeOnly, 'text', node.bindings);
    payment.accepts = {
      ...read.given,
      payload: read.text().trim(),
      position: accepts.position,
    };
  }
  return payment;
}

function readLegal(reader: Reader, element: XmlElement, outer: Bindings): Legal {
  const node = reader.open(element, typeOnly, 'text', outer);
  return {
    ...node.given,
    text: node.text().trim(),
    position: element.position,
  };
}

function readReporting(reader: Reader, element: XmlElement, outer: Bindings): Reporting {
  const node = reader.open(element, reportingAttributes, 'text', outer);
  return {
    ...node.given,
    configuration: node.text().trim(),
    position: element.position,
  };
}

/** While it is being read. */
type Mutable<T> = { -readonly [P in keyof T]: T[P] };
