import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { openFile, readHar, type SignalSource } from '@clearway/signals';

type Found = { readonly url: string; readonly sources: readonly SignalSource[] };

/** Sources from this machine: an HTTP archive, one file, or a folder of files named as on a site. */
export async function readFiles(path: string, url: string | undefined, at: string): Promise<Found> {
  if (/\.har$/i.test(path)) return readHar(readFileSync(path, 'utf8'), url);
  const base = new URL(url ?? 'https://site.invalid/').href;
  if (!statSync(path).isDirectory())
    return { url: base, sources: await open(path, basename(path), base, at) };
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const names = files.map((one) => relative(path, join(one.parentPath, one.name)).split(sep).join('/'));
  const found = await Promise.all(
    names.toSorted().map((name) => open(join(path, name), name, base, at, { named: true })),
  );
  return { url: base, sources: found.flat() };
}

async function open(
  path: string,
  name: string,
  base: string,
  at: string,
  how: { readonly named?: boolean } = {},
): Promise<SignalSource[]> {
  return openFile(name, new Uint8Array(readFileSync(path)), { url: new URL(name, base).href, at }, how);
}
