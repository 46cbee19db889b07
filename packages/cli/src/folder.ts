import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** Reads a folder as `verifyFolder` wants it: paths with `/`, relative to the folder. */
export function folderReader(folder: string): {
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  listFiles(): Promise<string[]>;
} {
  return {
    readFile: async (path) => new Uint8Array(readFileSync(join(folder, ...path.split('/')))),
    listFiles: async () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')),
  };
}

/** Writes files into a folder that does not exist yet. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of files) {
    const target = join(folder, ...path.split('/'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes, { flag: 'wx' });
  }
}
