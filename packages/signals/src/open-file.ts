import { readXml, rslNamespace, type XmlElement, XmlError } from '@clearway/rsl';
import { inflate, zipReader } from './read-zip.ts';
import type { SignalSource, SourceKind } from './source.ts';

const maxPart = 2 * 1024 * 1024;
const maxStreams = 20;

const byName: Readonly<Record<string, SourceKind>> = {
  'robots.txt': 'robots',
  'headers.txt': 'headers',
  'tdmrep.json': 'tdmrep',
  'policy.json': 'tdm-policy',
  'tdm-policy.json': 'tdm-policy',
  'ai.txt': 'ai-txt',
};
const byEnding: Readonly<Record<string, SourceKind>> = {
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  xmp: 'xmp',
  pdf: 'xmp',
  jpg: 'xmp',
  jpeg: 'xmp',
  png: 'xmp',
  opf: 'epub-opf',
};

/**
 * The sources one file holds, by its name: a channel as it stands on a site (`robots.txt`, `tdmrep.json`, `ai.txt`,
 * a page, `headers.txt`), an RSL document, or a file with marks inside. An EPUB is unpacked to its package document, and
 * compressed XMP in a PDF to its packets. Empty for a file that can carry no sign.
 *
 * @example
 * ```ts
 * import { openFile } from '@clearway/signals';
 *
 * const place = { url: 'https://example.org/ai.txt', at: '2026-11-22T00:00:00Z' };
 * const found = await openFile('ai.txt', new TextEncoder().encode('User-Agent: *'), place);
 * found.map((one) => one.kind) // => ['ai-txt']
 * ```
 */
export async function openFile(
  name: string,
  body: Uint8Array,
  place: Pick<SignalSource, 'url' | 'at'>,
): Promise<SignalSource[]> {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  const ending = base.slice(base.lastIndexOf('.') + 1);
  if (ending === 'epub') return openEpub(body, place);
  if (ending === 'pdf') return openPdf(body, place);
  if (ending === 'xml' || ending === 'rsl') {
    const text = new TextDecoder().decode(body);
    return text.includes(rslNamespace) ? [{ kind: 'rsl', ...place, body }] : [];
  }
  const kind = byName[base] ?? byEnding[ending];
  return kind ? [{ kind, ...place, body }] : [];
}

/** The package document of an EPUB (EPUB 3.3 OCF §4.2.6.3.1); one that cannot be found is kept as an unreadable one. */
export async function openEpub(
  body: Uint8Array,
  place: Pick<SignalSource, 'url' | 'at'>,
): Promise<SignalSource[]> {
  const zip = zipReader(body);
  const container = await zip?.read('META-INF/container.xml', maxPart);
  const path = container && rootFile(new TextDecoder().decode(container));
  const opf = path === undefined ? undefined : await zip?.read(path, maxPart);
  if (opf === undefined) return [{ kind: 'epub-opf', ...place, body: '' }];
  return [{ kind: 'epub-opf', ...place, url: `${place.url}#${encodeURI(path!)}`, body: opf }];
}

function rootFile(text: string): string | undefined {
  try {
    const waiting: XmlElement[] = [readXml(text)];
    for (let element = waiting.pop(); element; element = waiting.pop()) {
      const path = element.attributes.find((one) => one.local === 'full-path')?.value;
      if (element.local === 'rootfile' && path !== undefined) return path;
      waiting.push(...element.children.filter((child) => typeof child !== 'string').toReversed());
    }
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
  }
  return undefined;
}

/** A PDF as it is, and every metadata stream in it that is compressed (ISO 32000-2, 14.3.2). */
export async function openPdf(
  body: Uint8Array,
  place: Pick<SignalSource, 'url' | 'at'>,
): Promise<SignalSource[]> {
  const text = new TextDecoder('latin1').decode(body);
  const out: SignalSource[] = [{ kind: 'xmp', ...place, body }];
  for (let at = 0, seen = 0; seen < maxStreams; seen += 1) {
    const mark = text.indexOf('/Metadata', at);
    if (mark === -1) break;
    at = mark + 1;
    const from = text.lastIndexOf('obj', mark);
    const start = text.indexOf('stream', mark);
    const end = text.indexOf('endstream', start);
    if (from === -1 || start === -1 || end === -1) continue;
    const head = text.slice(from, start);
    if (head.includes('endobj') || !/\/Type\s*\/Metadata/.test(head) || !head.includes('/FlateDecode'))
      continue;
    const first = start + 'stream'.length + (text.startsWith('\r\n', start + 6) ? 2 : 1);
    const packet = await inflateUpTo(body.subarray(first, end));
    if (packet) out.push({ kind: 'xmp', ...place, url: `${place.url}#metadata-${out.length}`, body: packet });
  }
  return out;
}

/** A line end may stand between the data and `endstream`, which a strict decompressor refuses. */
async function inflateUpTo(packed: Uint8Array): Promise<Uint8Array | undefined> {
  for (const cut of [0, 1, 2]) {
    const out = await inflate(packed.subarray(0, packed.length - cut), 'deflate', maxPart);
    if (out) return out;
  }
  return undefined;
}
