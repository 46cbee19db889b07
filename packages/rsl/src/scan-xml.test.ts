import { XmlElement as Libxml2Element, XmlCData, XmlDocument, XmlText } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { readXml } from './read-xml.ts';
import { type XmlElement, XmlError } from './xml.ts';

interface Tree {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly string[];
  readonly children: readonly (Tree | string)[];
}

/** What libxml2 makes of a text; `undefined` where it refuses it. */
function readWithLibxml2(text: string): Tree | undefined {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(text);
  } catch {
    return undefined;
  }
  try {
    return fromLibxml2(document.root);
  } finally {
    document.dispose();
  }
}

function fromLibxml2(element: Libxml2Element): Tree {
  const children: (Tree | string)[] = [];
  for (let child = element.firstChild; child; child = child.next) {
    if (child instanceof Libxml2Element) children.push(fromLibxml2(child));
    else if (child instanceof XmlText || child instanceof XmlCData) children.push(child.content);
  }
  return {
    name: element.name,
    namespace: element.namespaceUri,
    attributes: element.attrs.map((one) => `${one.namespaceUri} ${one.name}=${one.value}`).sort(),
    children: joined(children),
  };
}

function fromOurs({ local, namespace, attributes, children }: XmlElement): Tree {
  const own = attributes.filter((one) => one.namespace !== 'http://www.w3.org/2000/xmlns/');
  return {
    name: local,
    namespace,
    attributes: own.map((one) => `${one.namespace} ${one.local}=${one.value}`).sort(),
    children: joined(children.map((child) => (typeof child === 'string' ? child : fromOurs(child)))),
  };
}

/** Where one piece of text ends and the next begins says nothing. */
function joined(children: readonly (Tree | string)[]): (Tree | string)[] {
  const out: (Tree | string)[] = [];
  for (const child of children) {
    const last = out.at(-1);
    if (typeof child === 'string' && typeof last === 'string') out[out.length - 1] = last + child;
    else if (child !== '') out.push(child);
  }
  return out;
}

function readOurs(text: string): Tree | undefined {
  try {
    return fromOurs(readXml(text));
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

const texts = [
  `<?xml version='1.0'?><a><?pi some?>b</a>`,
  `<?xml version="1.0" encoding="UTF-8" standalone='yes'?>\n<!-- a - b --><a xmlns="urn:x" xmlns:p='urn:y'>\r\n<p:b c="1&lt;2&#10;&#x41;" p:c=''>t<![CDATA[<u>]]>]]&gt;</p:b ><d/>&amp;</a>\n<?end?>`,
  `<rsl xmlns="https://rslstandard.org/rsl" max-age="7"><content url="/*.pdf$"><license><permits type="usage">ai-train search</permits><payment type="use"><amount currency="EUR">0.02</amount></payment></license></content></rsl>`,
  `<é xml:lang="de" xmlns:xml="http://www.w3.org/XML/1998/namespace">𝄞 ä\t]</é>`,
  `<a:b xmlns:a="u"><c xmlns="v" a:x="1" x="2"><d xmlns=""/></c><a:e xmlns:a="w" a:y='"'/></a:b>`,
];
const pieces = [
  ...'<>/="\'&;:!?-[] \t\n\rxa1.é𝄞\u0000\u0001\uFFFE',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x ',
  '?>',
  '<a>',
  '</a>',
  '<a/>',
  '&amp;',
  '&#0;',
  '&#x1F600;',
  '&#13;',
  '&b;',
  ' xmlns:q="r"',
  ' xmlns=""',
  ' xmlns:q=""',
  ' q:z="1"',
  ' a="1"',
  ' xmlns:xmlns="u"',
];

/**
 * libxml2 wants every name of a namespace to be a URI, which Namespaces in XML calls an error of no consequence, and reads
 * other encodings and versions, which we refuse.
 */
function isExcused(text: string, ours: Tree | undefined): boolean {
  if (!ours) {
    const declaration = text.startsWith('<?xml') ? text.slice(0, text.indexOf('?>')) : '';
    const encoding = declaration.includes('encoding') && !/["']UTF-8["']/i.test(declaration);
    return encoding || (declaration !== '' && !/version\s*=\s*["']1\.0["']/.test(declaration));
  }
  const names = [...text.matchAll(/xmlns(?::[^= \t\r\n]*)?\s*=\s*("[^"]*"|'[^']*')/g)].map((one) =>
    one[1]!.slice(1, -1),
  );
  return !names.every((name) => /^(?:[a-z]+:(?:\/\/[\w.]+\/)?)?[\w./]*$/.test(name));
}

/** The nodes of libxml2-wasm lead no further behind a processing instruction. */
function hasInstruction(text: string): boolean {
  return text.indexOf('<?', 1) !== -1;
}

const runs = Number(process.env.FUZZ_RUNS ?? 5_000);
let state = Number(process.env.FUZZ_SEED ?? 20_261_122);
function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 0x1_0000_0000) * limit);
}

function damaged(): string {
  let text = texts[below(texts.length)]!;
  for (let times = 1 + below(3); times > 0; times -= 1) {
    const from = below(text.length + 1);
    const cut = below(3) === 0 ? 0 : below(below(4) === 0 ? 20 : 2);
    const put = below(4) === 0 ? '' : pieces[below(pieces.length)]!;
    text = text.slice(0, from) + put + text.slice(from + cut);
  }
  return text;
}

describe('our reader of XML, beside libxml2', () => {
  it('accepts and refuses the same texts, and reads the same in them', () => {
    let accepted = 0;
    const differ: string[] = [];
    for (let run = 0; run < runs; run += 1) {
      const text = damaged();
      // Half of a surrogate pair cannot be handed to libxml2.
      if (!text.isWellFormed()) continue;
      const ours = readOurs(text);
      const theirs = readWithLibxml2(text);
      if (ours && theirs) accepted += 1;
      const same = hasInstruction(text)
        ? (ours === undefined) === (theirs === undefined)
        : JSON.stringify(ours) === JSON.stringify(theirs);
      if (!same && !isExcused(text, ours)) differ.push(text);
    }
    expect(differ).toEqual([]);
    expect(accepted).toBeGreaterThan(runs / 20);
  });

  it('refuses half a surrogate pair wherever it stands', () => {
    for (const text of ['<a>\uD800</a>', '<a b="\uDC00"/>', '<!--\uD800--><a/>', '<a><![CDATA[\uDFFF]]></a>'])
      expect(readOurs(text)).toBeUndefined();
  });
});
