import { termsNamespace } from './extension.ts';
import type { Line } from './render-xml.ts';
import { rslNamespace } from './vocabulary.ts';
import type { ExtensionName, ForeignElement } from './write-input.ts';

/** The prefixes of one document: ours is `cw`, others are numbered in the order in which they come. */
export interface Names {
  /** `prefix:name`. Throws RangeError for a name XML cannot hold and for RSL's own namespace. */
  of(name: ExtensionName): string;
  elements(list: readonly ForeignElement[] | undefined): Line[];
  /** What the root has to declare. */
  declarations(): Record<string, string>;
}

const ours = 'cw';
const unprefixed = /^[\p{L}_][\p{L}\p{N}._-]{0,99}$/u;

export function createNames(): Names {
  const prefixes = new Map<string, string>();
  function of({ namespace, name }: ExtensionName): string {
    if (!unprefixed.test(name) || namespace === '' || namespace.startsWith('http://www.w3.org/')) {
      throw new RangeError(`"${name}" in "${namespace}" is no name of an extension.`);
    }
    if (namespace === rslNamespace) throw new RangeError('An extension has a namespace of its own.');
    const known = prefixes.get(namespace) ?? (namespace === termsNamespace ? ours : `x${prefixes.size + 1}`);
    prefixes.set(namespace, known);
    return `${known}:${name}`;
  }
  function lineOf(element: ForeignElement): Line {
    const { attributes = {}, children = [] } = element;
    const name = of(element);
    const strange = Object.keys(attributes).find((one) => !unprefixed.test(one) || one === 'xmlns');
    if (strange !== undefined) throw new RangeError(`"${strange}" is no name of an attribute.`);
    if (children.every((one) => typeof one === 'string')) {
      return { name, attributes, ...(children.length > 0 && { text: children.join('') }) };
    }
    const lines = children.map((one) => (typeof one === 'string' ? { name: '', text: one } : lineOf(one)));
    return { name, attributes, mixed: lines };
  }
  return {
    of,
    elements: (list = []) => list.map(lineOf),
    declarations: () =>
      Object.fromEntries([...prefixes].map(([namespace, prefix]) => [`xmlns:${prefix}`, namespace])),
  };
}
