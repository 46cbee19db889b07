import { readXml, type XmlElement, XmlError } from '@clearway/rsl';
import { type Statement, unreadable } from './statement.ts';
import { tdmStatement } from './xmp.ts';

/**
 * Reads TDMRep in the package document (OPF) of an EPUB 2 or 3: `<meta name="tdm:reservation" content="1"/>` or
 * `<meta property="tdm:reservation">1</meta>`.
 *
 * @example
 * ```ts
 * import { readOpf } from '@clearway/signals';
 *
 * readOpf('<package><metadata><meta property="tdm:reservation">1</meta></metadata></package>')[0].stance // => 'disallow'
 * ```
 */
export function readOpf(text: string): Statement[] {
  try {
    const metas = metasOf(readXml(text));
    const values = metas.filter((one) => one.name === 'tdm:reservation').map((one) => one.value);
    const policy = metas.find((one) => one.name === 'tdm:policy')?.value;
    return tdmStatement('tdmrep-epub', values, policy).map((one) => ({
      ...one,
      offset: Math.max(
        text.indexOf(one.stance === 'none' && !one.damaged ? 'tdm:policy' : 'tdm:reservation'),
        0,
      ),
    }));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return [unreadable('tdmrep-epub', `The package document cannot be read: ${error.message}`)];
  }
}

function metasOf(root: XmlElement): { readonly name: string; readonly value: string }[] {
  const out: { name: string; value: string }[] = [];
  const waiting: XmlElement[] = [root];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    const children = element.children.filter((child) => typeof child !== 'string');
    waiting.push(...children.toReversed());
    if (element.local !== 'meta') continue;
    const attribute = (name: string) => element.attributes.find((one) => one.local === name)?.value;
    const text = element.children.filter((child) => typeof child === 'string').join('');
    const name = attribute('property') ?? attribute('name');
    if (name !== undefined) out.push({ name: name.trim(), value: (attribute('content') ?? text).trim() });
  }
  return out;
}
