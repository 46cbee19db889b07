import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { rslNamespace } from '@clearway/rsl';
import type { SignalSource, SourceKind } from '@clearway/signals';

const NAMES: Readonly<Record<string, SourceKind>> = {
  'robots.txt': 'robots',
  'headers.txt': 'headers',
  'index.html': 'html',
  'page.html': 'html',
  'tdmrep.json': 'tdmrep',
  'policy.json': 'tdm-policy',
  'ai.txt': 'ai-txt',
};
const ENDINGS: Readonly<Record<string, SourceKind>> = { xmp: 'xmp', pdf: 'xmp', opf: 'epub-opf' };

/** The same sources from files: named as on a site, XML files where they are RSL. */
export function readFolder(
  folder: string,
  url: string,
  at: string,
): { url: string; sources: SignalSource[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((one) => relative(folder, join(one.parentPath, one.name)).split(sep).join('/'));
  const sources = paths.toSorted().flatMap((path): SignalSource[] => {
    const body = new Uint8Array(readFileSync(join(folder, path)));
    const kind = kindOf(path, body);
    return kind ? [{ kind, url: new URL(path, url).href, at, body }] : [];
  });
  return { url: new URL(url).href, sources };
}

function kindOf(path: string, body: Uint8Array): SourceKind | undefined {
  const name = basename(path).toLowerCase();
  const ending = name.slice(name.lastIndexOf('.') + 1);
  if (ending === 'xml') return new TextDecoder().decode(body).includes(rslNamespace) ? 'rsl' : undefined;
  return NAMES[name] ?? ENDINGS[ending];
}
