import { htmlLink, linkHeader, readXml, rslNamespace, type XmlElement } from '@clearway/rsl';
import { attribute } from './escape.ts';
import { noaiMeta } from './noai.ts';
import { type Permissions, stanceFor } from './permissions.ts';
import { tdmMeta, tdmReservation } from './tdmrep.ts';

/** The elements for the head of every page. */
export function headSnippet(about: {
  readonly licenseUrl: string;
  readonly permissions: Permissions;
  readonly policyUrl: string;
}): string {
  const { licenseUrl, permissions, policyUrl } = about;
  const tags = [htmlLink(licenseUrl), tdmMeta(permissions, policyUrl), noaiMeta(permissions)];
  return `${tags.filter((tag) => tag !== '').join('\n')}\n`;
}

/** Stands for the address of an item; left as it is it names no page. */
const itemAddress = '/address-of-the-item';

/**
 * What each item of a feed needs: the terms of the whole site with the prefix a feed must use (RSL 1.0 §4.7). Undefined where
 * the document has no terms for the whole: an item must not get those of another page.
 */
export function feedSnippet(rsl: string): string | undefined {
  const { children, bindings } = readXml(rsl);
  const contents = children.filter(
    (child): child is XmlElement => typeof child !== 'string' && child.local === 'content',
  );
  const places = contents.map((one) => one.attributes.find(({ local }) => local === 'url')?.value ?? '');
  const alone = new Set(places).size === 1;
  const own = contents.filter((_, index) => alone || places[index] === '/');
  if (own.length === 0) return undefined;
  const texts = own.map((one) => {
    const attributes = one.attributes.map((each) =>
      each.local === 'url' ? { ...each, value: itemAddress } : each,
    );
    // What a name or a token of others needs was declared on the root.
    return prefixed({ ...one, attributes, bindings: { ...bindings, ...one.bindings } }, '');
  });
  return `<!-- On <rss>: xmlns:rsl="${rslNamespace}". In each <item> that is yours, with its own address for ${itemAddress}: -->\n${texts.join('\n')}\n`;
}

function prefixed(element: XmlElement, indent: string): string {
  const own = element.namespace === rslNamespace;
  const qualified = element.name.includes(':');
  const name = own ? `rsl:${element.local}` : element.name;
  const declared = Object.entries(element.bindings).flatMap(([prefix, namespace]) =>
    prefix === '' || prefix === 'rsl' ? [] : ` xmlns:${prefix}="${attribute(namespace)}"`,
  );
  const space = [...(own || qualified ? [] : [` xmlns="${attribute(element.namespace)}"`]), ...declared].join(
    '',
  );
  const words = element.attributes.map((one) => ` ${one.name}="${attribute(one.value)}"`).join('');
  const children = element.children.filter((child) => typeof child !== 'string');
  const text = element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
  if (children.length === 0)
    return text === ''
      ? `${indent}<${name}${space}${words}/>`
      : `${indent}<${name}${space}${words}>${attribute(text)}</${name}>`;
  const inner = children.map((child) => prefixed(child, `${indent}  `)).join('\n');
  return `${indent}<${name}${space}${words}>\n${inner}\n${indent}</${name}>`;
}

/**
 * An XMP sidecar for a picture, a PDF or a film: PLUS Data Mining (IPTC 2023.1), TDMRep, and where the terms are.
 *
 * @example
 * ```ts
 * import { readXmp, xmpSidecar } from '@clearway/signals';
 *
 * const url = 'https://a.example/license.xml';
 * const text = xmpSidecar({ permissions: { 'ai-all': 'disallow' }, termsUrl: url, licenseUrl: url });
 * readXmp(text).some((one) => one.usage === 'ai-train' && one.stance === 'disallow') // => true
 * ```
 */
export function xmpSidecar(about: {
  readonly permissions: Permissions;
  readonly termsUrl: string;
  readonly licenseUrl: string;
}): string {
  const { permissions, termsUrl, licenseUrl } = about;
  linkHeader(licenseUrl);
  const code = plusCode(permissions);
  const reservation = tdmReservation(permissions);
  const lines = [
    'xmpRights:Marked="True"',
    `xmpRights:WebStatement="${attribute(termsUrl)}"`,
    ...(code === undefined ? [] : [`plus:DataMining="http://ns.useplus.org/ldf/vocab/${code}"`]),
    ...(code === linked ? [`Iptc4xmpExt:LinkedEncRightsExpr="${attribute(licenseUrl)}"`] : []),
    ...(reservation === undefined ? [] : [`tdm:reservation="${reservation}"`]),
    ...(reservation === 1 ? [`tdm:policy="${attribute(termsUrl)}"`] : []),
  ];
  return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about=""
      xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
      xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
      xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
      xmlns:tdm="http://www.w3.org/ns/tdmrep/"
      ${lines.join('\n      ')}/>
  </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

const linked = 'DMI-PROHIBITED-SEELINKEDRIGHTSEXPR';

/** The PLUS code that says no more than what is given; one for the case that something is given against terms. */
function plusCode(permissions: Permissions): string | undefined {
  const ai = (['ai-train', 'ai-input', 'ai-index'] as const).map((usage) => stanceFor(permissions, usage));
  if (ai.every((stance) => stance === 'allow')) return 'DMI-ALLOWED';
  if (ai.includes('conditional')) return linked;
  if (ai.every((stance) => stance === 'disallow'))
    return stanceFor(permissions, 'search') === 'disallow'
      ? 'DMI-PROHIBITED'
      : 'DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING';
  return ai[0] === 'disallow' ? 'DMI-PROHIBITED-AIMLTRAINING' : undefined;
}
