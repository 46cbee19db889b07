import { readXml, type XmlElement, XmlError } from '@clearway/rsl';
import { licenceStatement } from './cc.ts';
import { aiUsages, type Statement, unreadable } from './statement.ts';
import { policyAlone } from './tdm-fold.ts';

const plus = 'http://ns.useplus.org/ldf/xmp/1.0/';
const rights = 'http://ns.adobe.com/xap/1.0/rights/';
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const cc = 'http://creativecommons.org/ns#';
const iptcExt = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
/** Both spellings stand in the specification of TDMRep. */
const tdm = new Set(['http://www.w3.org/ns/tdmrep/', 'http://www.w3.org/ns/tdmrep#']);

/** What the codes of PLUS Data Mining say; a code that is not here is damaged. */
const codes: Readonly<Record<string, readonly [refused: readonly string[], note?: string]>> = {
  'DMI-UNSPECIFIED': [[]],
  'DMI-PROHIBITED-AIMLTRAINING': [['ai-train']],
  'DMI-PROHIBITED-GENAIMLTRAINING': [['ai-train'], 'Generative training only.'],
  'DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING': [aiUsages],
  'DMI-PROHIBITED': [aiUsages],
};
const seeElsewhere = new Set([
  'DMI-PROHIBITED-SEECONSTRAINT',
  'DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR',
  'DMI-PROHIBITED-SEELINKEDRIGHTSEXPR',
]);

interface Property {
  readonly namespace: string;
  readonly local: string;
  readonly value: string;
}

/**
 * Reads the rights in XMP: PLUS Data Mining, TDMRep, `xmpRights`, and a Creative Commons licence. Takes a sidecar file or
 * the text of any file with uncompressed packets (PDF, JPEG, PNG); every packet is read.
 *
 * @example
 * ```ts
 * import { readXmp } from '@clearway/signals';
 *
 * readXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>') // => []
 * ```
 */
export function readXmp(text: string): Statement[] {
  return packets(text).flatMap(({ packet, offset }) => {
    const place = { raw: packet.slice(0, 200), offset };
    try {
      return read(packet).map((one) => locate(one, text, offset, packet.length));
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      return [unreadable('xmp-rights', `The XMP packet cannot be read: ${error.message}`, place)];
    }
  });
}

/** The XMP packets in the text of a file, with their places. */
export function packets(text: string): { readonly packet: string; readonly offset: number }[] {
  const found: { packet: string; offset: number }[] = [];
  for (const [name, close] of [
    ['<x:xmpmeta', '</x:xmpmeta>'],
    ['<rdf:RDF', '</rdf:RDF>'],
  ] as const) {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      const stop = text.indexOf(close, at);
      const end = stop === -1 ? text.length : stop + close.length;
      found.push({ packet: text.slice(at, end), offset: at });
      at = end - 1;
    }
    if (found.length > 0) return found;
  }
  return found;
}

function read(packet: string): Statement[] {
  const properties = propertiesOf(readXml(packet));
  function valueIn(namespace: string, local: string): string | undefined {
    return properties.find((one) => one.namespace === namespace && one.local === local)?.value;
  }
  const linked = valueIn(iptcExt, 'LinkedEncRightsExpr') ?? valueIn(rights, 'WebStatement');
  const policy = linked === undefined ? {} : { policy: linked };
  const out: Statement[] = [];
  for (const { namespace, local, value } of properties) {
    const place = { raw: value, offset: 0 };
    if (namespace === plus && local === 'DataMining') out.push(...plusStatements(value, policy));
    else if (namespace === rights && (local === 'WebStatement' || local === 'UsageTerms')) {
      out.push(licenceStatement(value) ?? { carrier: 'xmp-rights', usage: 'all', stance: 'none', ...place });
    } else if (namespace === cc && local === 'license') {
      const licence = licenceStatement(value);
      if (licence) out.push(licence);
    }
  }
  return [...out, ...tdmStatements(properties)];
}

function plusStatements(value: string, policy: { readonly policy?: string }): Statement[] {
  const code = value.slice(value.lastIndexOf('/') + 1).trim();
  const base = { carrier: 'plus', raw: value, offset: 0 } as const;
  if (code === 'DMI-ALLOWED') return aiUsages.map((usage) => ({ ...base, usage, stance: 'allow' }));
  if (seeElsewhere.has(code))
    return aiUsages.map((usage) => ({ ...base, usage, stance: 'conditional', ...policy }));
  const known = Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (!known) return [unreadable('plus', 'No code of PLUS Data Mining.', { raw: value, usage: 'ai-all' })];
  const [refused, note] = known;
  const more = note === undefined ? {} : { note };
  const search =
    code === 'DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING'
      ? [{ ...base, usage: 'search' as const, stance: 'allow' as const }]
      : [];
  if (refused.length === 0) return [{ ...base, usage: 'ai-all', stance: 'none' }];
  return [
    ...(refused as typeof aiUsages).map(
      (usage) => ({ ...base, usage, stance: 'disallow', ...more }) as const,
    ),
    ...search,
  ];
}

function tdmStatements(properties: readonly Property[]): Statement[] {
  const own = properties.filter((one) => tdm.has(one.namespace));
  const values = own.filter((one) => one.local === 'reservation').map((one) => one.value);
  const policy = own.find((one) => one.local === 'policy')?.value;
  return tdmStatement('tdmrep-xmp', values, policy);
}

/** A reservation inside a file, from all the values it has there: any 1 reserves. */
export function tdmStatement(
  carrier: 'tdmrep-xmp' | 'tdmrep-epub',
  values: readonly string[],
  policy: string | undefined,
): Statement[] {
  const alone = policyAlone(carrier, policy, { raw: policy ?? '', offset: 0 });
  if (values.length === 0) return alone;
  const value = values.includes('1') ? '1' : values[0]!;
  const base = { carrier, raw: value, offset: 0 };
  if (value !== '0' && value !== '1')
    return [unreadable(carrier, 'A reservation is 0 or 1.', { raw: value, usage: 'ai-all' }), ...alone];
  if (value === '0') return aiUsages.map((usage) => ({ ...base, usage, stance: 'allow' }));
  return aiUsages.map((usage) =>
    policy ? { ...base, usage, stance: 'conditional', policy } : { ...base, usage, stance: 'disallow' },
  );
}

/** XMP writes a property as an attribute or as an element, with its value as text, link or list. */
function propertiesOf(root: XmlElement): Property[] {
  const out: Property[] = [];
  const waiting: XmlElement[] = [root];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    const children = element.children.filter((child) => typeof child !== 'string');
    if (element.namespace === rdf && element.local === 'Description') {
      for (const { namespace, local, value } of element.attributes)
        if (namespace !== rdf) out.push({ namespace, local, value: value.trim() });
      for (const child of children)
        out.push({ namespace: child.namespace, local: child.local, value: textOf(child) });
    }
    waiting.push(...children.toReversed());
  }
  return out;
}

function textOf(element: XmlElement): string {
  const link = element.attributes.find((one) => one.namespace === rdf && one.local === 'resource');
  if (link) return link.value.trim();
  const parts: string[] = [];
  const waiting: (XmlElement | string)[] = [element];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one === 'string') parts.push(one);
    else waiting.push(...one.children.toReversed());
  }
  return parts.join('').trim();
}

/** The words' own place where they stand there unescaped, else that of the packet. */
function locate(one: Statement, text: string, from: number, length: number): Statement {
  const at = one.raw === '' ? -1 : text.slice(from, from + length).indexOf(one.raw);
  return { ...one, offset: at === -1 ? from : from + at };
}
