import type { Content, Legal, License, Payment, Permission, Reporting } from './model.ts';
import { type Bindings, type Reader, readToken, readTokens } from './reader.ts';
import { inventedAttributes, rslNamespace } from './vocabulary.ts';
import type { XmlElement } from './xml.ts';

const contentChildren = ['license', 'alternate', 'schema', 'copyright', 'terms'];
const licenseChildren = ['permits', 'prohibits', 'payment', 'legal', 'reporting'];
const noAttributes: readonly string[] = [];
const contentAttributes = ['url', 'server', 'encrypted', 'lastmod'];
const copyrightAttributes = ['type', 'contactEmail', 'contactUrl'];
const reportingAttributes = ['type', 'profile', 'endpoint'];
const currencyOnly = ['currency'];
const typeOnly = ['type'];
const paymentChildren = ['standard', 'custom', 'amount', 'accepts'];

/** A `content` with everything below it, as RSL 1.0 §3.3 to §3.17 lay it out. */
export function readContent(reader: Reader, element: XmlElement, outer: Bindings): Content {
  const before = reader.issues.length;
  const node = reader.open(element, contentAttributes, contentChildren, outer);
  const flawed = mayHaveLost(reader, before, element, contentAttributes);
  const url = node.attribute('url');
  const server = node.attribute('server');
  const encrypted = node.attribute('encrypted');
  const lastmod = node.attribute('lastmod');
  const schema = node.single('schema', 'R61-schema');
  const copyright = node.single('copyright', 'R62-repeated');
  const terms = node.single('terms', 'R62-repeated');
  return {
    ...(url !== undefined && { url }),
    ...(server !== undefined && { server }),
    ...(encrypted !== undefined && { encrypted }),
    ...(lastmod !== undefined && { lastmod }),
    licenses: node.children('license').map((child) => readLicense(reader, child, node.bindings)),
    alternates: node.children('alternate').map((child) => {
      const alternate = reader.open(child, typeOnly, 'text', node.bindings);
      return {
        ...optional('type', alternate.attribute('type')),
        url: alternate.text().trim(),
        position: child.position,
      };
    }),
    ...(schema && {
      schema: {
        ...optional('type', reader.open(schema, typeOnly, 'text', node.bindings).attribute('type')),
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
export function mayHaveLost(
  { issues }: Reader,
  since: number,
  element: XmlElement,
  attributes: readonly string[],
): boolean {
  for (let index = since; index < issues.length; index += 1) {
    const { code, severity } = issues[index]!;
    if (severity === 'error' && code !== 'R7-unknown-attribute') return true;
  }
  return element.attributes.some(
    ({ name, namespace, local }) =>
      namespace === rslNamespace ||
      (namespace === '' &&
        name !== 'xmlns' &&
        !attributes.includes(local) &&
        !inventedAttributes.includes(local)),
  );
}

/** Whether anything was reported as an error since then. */
function hasErrors({ issues }: Reader, since: number): boolean {
  for (let index = since; index < issues.length; index += 1)
    if (issues[index]!.severity === 'error') return true;
  return false;
}

function readCopyright(
  reader: Reader,
  element: XmlElement,
  outer: Bindings,
): NonNullable<Content['copyright']> {
  const node = reader.open(element, copyrightAttributes, 'text', outer);
  return {
    ...optional('type', node.attribute('type')),
    name: node.text().trim(),
    ...optional('contactEmail', node.attribute('contactEmail')),
    ...optional('contactUrl', node.attribute('contactUrl')),
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
  const type = node.attribute('type');
  const read = { tokens: readTokens(text, node.bindings), text: text.trim(), position: element.position };
  return type === undefined ? read : { type, ...read };
}

function readPayment(reader: Reader, element: XmlElement, outer: Bindings): Payment {
  const node = reader.open(element, typeOnly, paymentChildren, outer);
  const type = node.attribute('type');
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
      ...optional('currency', read.attribute('currency')),
      decimal: read.text().trim(),
      position: amount.position,
    };
  }
  if (accepts) {
    const read = reader.open(accepts, typeOnly, 'text', node.bindings);
    payment.accepts = {
      ...optional('type', read.attribute('type')),
      payload: read.text().trim(),
      position: accepts.position,
    };
  }
  return payment;
}

function readLegal(reader: Reader, element: XmlElement, outer: Bindings): Legal {
  const node = reader.open(element, typeOnly, 'text', outer);
  return {
    ...optional('type', node.attribute('type')),
    text: node.text().trim(),
    position: element.position,
  };
}

function readReporting(reader: Reader, element: XmlElement, outer: Bindings): Reporting {
  const node = reader.open(element, reportingAttributes, 'text', outer);
  return {
    ...optional('type', node.attribute('type')),
    ...optional('profile', node.attribute('profile')),
    ...optional('endpoint', node.attribute('endpoint')),
    configuration: node.text().trim(),
    position: element.position,
  };
}

/** While it is being read. */
type Mutable<T> = { -readonly [P in keyof T]: T[P] };

/** Under exactOptionalPropertyTypes an absent value must be an absent key. */
function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}
