import { readXml, type XmlElement, XmlError } from '@clearway/rsl';
import { inflate, zipReader } from './read-zip.ts';
import { type FileKind, sniffKind, sniffMarkup } from './sniff-kind.ts';
import type { SignalSource } from './source.ts';

const maxPart = 2 * 1024 * 1024;
const maxStreams = 20;

const byName: Readonly<Record<string, FileKind>> = {
  'robots.txt': 'robots',
  'headers.txt': 'headers',
  'license.xml': 'rsl',
  'tdmrep.json': 'tdmrep',
  'policy.json': 'tdm-policy',
  'tdm-policy.json': 'tdm-policy',
  'ai.txt': 'ai-txt',
};
const pictures = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'tif', 'tiff', 'avif', 'heic', 'jxl', 'svg'];
const byEnding: Readonly<Record<string, FileKind>> = {
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  rsl: 'rsl',
  xmp: 'xmp',
  ...Object.fromEntries(pictures.map((ending) => [ending, 'xmp' as const])),
  opf: 'epub-opf',
  epub: 'epub',
  pdf: 'pdf',
};

/**
 * The sources one file holds: a channel as it stands on a site (`robots.txt`, `tdmrep.json`, `ai.txt`, a page, `headers.txt`), an
 * RSL document, or a file with marks inside. Its name says what it is, else what stands in it, unless only `named` files are
 * wanted: then XML alone is looked into. An EPUB is unpacked to its package document, and compressed XMP in a PDF to its packets.
 * Empty for a file that can carry no sign.
 *
 * @example
 * ```ts
 * import { openFile } from '@clearway/signals';
 *
 * const place = { url: 'https://example.org/ai.txt', at: '2026-11-22T00:00:00Z' };
 * const found = await openFile('ai.txt', new TextEncoder().encode('User-Agent: *'), place);
 * found.map((one) => one.kind) // => ['ai-txt']
 * const copy = await openFile('robots (1).txt', new TextEncoder().encode('User-Agent: *'), place);
 * copy.map((one) => one.kind) // => ['robots']
 * ```
 */
export async function openFile(
  name: string,
  body: Uint8Array,
  place: Pick<SignalSource, 'url' | 'at'>,
  { named = false }: { readonly named?: boolean } = {},
): Promise<SignalSource[]> {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
  const ending = base.slice(base.lastIndexOf('.') + 1);
  const kind = byName[base] ?? byEnding[ending] ?? (named ? undefined : sniffKind(base, body));
  if (kind === 'epub') return openEpub(body, place);
  if (kind === 'pdf') return openPdf(body, place);
  if (kind) return [{ kind, ...place, body }];
  const isRsl =
    named && ending === 'xml' && sniffMarkup(new TextDecoder().decode(body).trimStart()) === 'rsl';
  return isRsl ? [{ kind: 'rsl', ...place, body }] : [];
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
