import { rslNamespace } from '@clearway/rsl';
import { decode } from './decode.ts';
import type { SourceKind } from './source.ts';

/** A kind of source, or a container that has to be opened first. */
export type FileKind = SourceKind | 'epub' | 'pdf';

/** How pictures begin; what stands in them is XMP. */
const pictures: readonly (readonly [at: number, octets: string])[] = [
  [0, '\u00ff\u00d8\u00ff'],
  [0, '\u0089PNG'],
  [8, 'WEBP'],
  [0, 'GIF8'],
  [0, 'II*\u0000'],
  [0, 'MM\u0000*'],
  [4, 'ftyp'],
  [4, 'JXL '],
];
const headBytes = 64 * 1024;
const fieldLines = 500;

/** What a file is by what stands in it, where its name does not say; undefined where it is nothing that can speak. */
export function sniffKind(name: string, body: Uint8Array): FileKind | undefined {
  const octets = new TextDecoder('latin1').decode(body.subarray(0, 1024));
  if (octets.startsWith('PK\u0003\u0004'))
    return octets.includes('epub+zip') || octets.includes('META-INF/') ? 'epub' : undefined;
  if (octets.includes('%PDF-')) return 'pdf';
  if (pictures.some(([at, magic]) => octets.startsWith(magic, at))) return 'xmp';
  const text = decode(body.subarray(0, headBytes))
    .text.replace(/^\uFEFF/, '')
    .trimStart();
  if (text.startsWith('<')) return sniffMarkup(text);
  if (/^[[{]/.test(text)) return sniffJson(text);
  return sniffLines(name, text);
}

/** RSL is told by the name of its root: a document with a wrong namespace, or with none, is to be told what is wrong. */
export function sniffMarkup(text: string): SourceKind | undefined {
  const root = rootOf(text)?.toLowerCase() ?? '';
  const local = root.slice(root.indexOf(':') + 1);
  if (local === 'rsl') return 'rsl';
  if (root === '!doctype' || local === 'html') return 'html';
  if (local === 'xmpmeta' || local === 'rdf') return 'xmp';
  if (local === 'package') return 'epub-opf';
  if (text.includes(rslNamespace)) return 'rsl';
  return ['head', 'meta', 'link', 'script', 'body', 'title'].includes(root) ? 'html' : undefined;
}

/** The name of the first element; `!doctype` for one of HTML. */
function rootOf(text: string): string | undefined {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined;
    if (close === undefined) {
      const name = /^<([!\w:.-]+)(?:\s+(\w+))?/.exec(text.slice(at, at + 200));
      if (!name) return undefined;
      const isDoctype = name[1]!.toLowerCase() === '!doctype';
      if (!isDoctype || name[2]?.toLowerCase() === 'html') return name[1];
      at += 1;
      continue;
    }
    const end = text.indexOf(close, at + 2);
    if (end === -1) return undefined;
    at = end + close.length;
  }
  return undefined;
}

function sniffJson(text: string): SourceKind | undefined {
  if (text.includes('"tdm-reservation"')) return 'tdmrep';
  return text.includes('tdmrep') || text.includes('odrl') ? 'tdm-policy' : undefined;
}

const ofRobots = ['user-agent', 'disallow', 'allow', 'sitemap', 'license', 'content-signal'];
const ofHeaders = ['x-robots-tag', 'tdm-reservation', 'tdm-policy', 'content-usage', 'content-type', 'link'];

function sniffLines(name: string, text: string): SourceKind | undefined {
  if (name.includes('robots')) return 'robots';
  if (name.includes('header')) return 'headers';
  const lines = text.split(/\r\n?|\n/, fieldLines);
  const fields = new Set(
    lines.map((line) =>
      line
        .slice(0, Math.max(line.indexOf(':'), 0))
        .trim()
        .toLowerCase(),
    ),
  );
  const isHeaders = lines[0]!.startsWith('HTTP/') || ofHeaders.some((one) => fields.has(one));
  // A robots.txt may hold Content-Usage as well, but no answer has a User-agent.
  const speaks = ofRobots.some((one) => fields.has(one));
  if (fields.has('user-agent') || (speaks && !isHeaders))
    return /(?:^|[^a-z])ai[^a-z]*\.txt$/.test(name) ? 'ai-txt' : 'robots';
  return isHeaders ? 'headers' : undefined;
}
