import type { XmlElement } from '@clearway/rsl';

export const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';

/** The children of this name. */
export function all(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element.children) {
    if (typeof child !== 'string' && child.local === name && child.namespace === NAMESPACE) found.push(child);
  }
  return found;
}

/** The first child of this name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return all(element, name)[0];
}

/** What is reached by going down these names. */
export function under(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((at, name) => at && childOf(at, name), element);
}

/** The text there, in one line and without invisible characters; empty where there is none. */
export function textAt(element: XmlElement | undefined, ...names: string[]): string {
  const found = under(element, ...names);
  return found ? lineOf(found.children.filter((child) => typeof child === 'string').join('')) : '';
}

/** Invisible characters can turn around how a page reads, so they are dropped. */
function lineOf(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The day of an element that holds a date or a time (as its author wrote it); null where there is none. */
export function dayIn(element: XmlElement | undefined): string | null {
  const text = textAt(element, 'Dt') || textAt(element, 'DtTm');
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  if (day === undefined) return null;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? null : day;
}
