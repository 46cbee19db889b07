import type { RslDocument } from './model.ts';
import type { Position, XmlElement } from './xml.ts';

/**
 * Where the namespaces of RSL-MEDIA (the Human Consent Standard) begin. Its draft of 2026-05-12 has not been published whole;
 * nothing but this is taken from it.
 */
export const mediaNamespacePrefix = 'https://rslmedia.org/';

/** One element of RSL-MEDIA that names its subject, as it stands. */
export interface MediaSubject {
  readonly name: string;
  readonly namespace: string;
  /** All its attributes by name: the registry's identifiers among them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly position: Position;
}

/**
 * The works, identities, characters and marks that elements of RSL-MEDIA in a document speak of, so that they can be looked
 * up elsewhere. They are foreign to RSL and change no answer of `evaluate`; `rewrite` keeps them.
 *
 * @example
 * ```ts
 * import { mediaSubjects, parse } from '@clearway/rsl';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl" xmlns:media="https://rslmedia.org/ns">
 *   <media:subject id="HCS-1"/><content url="/"><license/></content></rsl>`);
 * mediaSubjects(document)[0].attributes.id // => 'HCS-1'
 * ```
 */
export function mediaSubjects(document: RslDocument): MediaSubject[] {
  const found: MediaSubject[] = [];
  function look(element: XmlElement): void {
    const { name, namespace, attributes, position, children } = element;
    const named = attributes.filter((one) => one.name !== 'xmlns' && !one.name.startsWith('xmlns:'));
    if (namespace.startsWith(mediaNamespacePrefix) && named.length > 0) {
      const values = Object.fromEntries(named.map((one) => [one.name, one.value]));
      found.push({ name, namespace, attributes: values, position });
    }
    for (const child of children) if (typeof child !== 'string') look(child);
  }
  look(document.root);
  return found;
}
