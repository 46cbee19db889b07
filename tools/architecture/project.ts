import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { findImports, type Import } from './imports.ts';
import { type Token, tokenize } from './tokenize.ts';
import { tokenizeSql } from './tokenize-sql.ts';

export interface SourceFile {
  /** From the repository's root, with slashes. */
  readonly path: string;
  /** `works` for packages/works/..., empty outside packages/. */
  readonly package: string;
  /** Path below the package's src/. */
  readonly inner: string;
  /** `works` for packages/server/src/works/..., empty for files directly in src/ and other packages. */
  readonly module: string;
  readonly lines: number;
  readonly tokens: readonly Token[];
  readonly imports: readonly Import[];
  /** Tests and what only tests use. */
  readonly isTest: boolean;
}

export interface PackageManifest {
  readonly name: string;
  readonly path: string;
  readonly exports: readonly string[];
  readonly dependencies: readonly string[];
}

export interface Project {
  readonly files: readonly SourceFile[];
  readonly packages: readonly PackageManifest[];
}

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

const CODE = /\.(?:tsx?|sql|css|m?js)$/;
const FOLDERS = ['packages', 'tools', 'e2e', 'conformance', 'bench', 'examples'];
const SKIP = new Set(['node_modules', 'dist', 'data', 'data-demo']);

/** Reads and tokenizes everything the rules speak about. */
export function loadProject(root: string): Project {
  const paths = FOLDERS.flatMap((folder) => walk(root, folder));
  return {
    files: paths.filter((path) => CODE.test(path)).map((path) => loadFile(root, path)),
    packages: paths
      .filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
      .map((path) => loadManifest(root, path)),
  };
}

/** Where a relative import leads, from the repository's root. */
export function resolveImport(file: SourceFile, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(file.path), specifier));
}

/** Pages draw HTML: everything in JSX, and what lies in a `pages/` folder. */
export function isPage(inner: string): boolean {
  return /\.tsx$|\/pages\//.test(inner);
}

function walk(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (SKIP.has(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...walk(root, path));
    else found.push(path);
  }
  return found.sort();
}

function loadFile(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const [, name = '', inner = ''] = /^packages\/([^/]+)\/src\/(.*)$/.exec(path) ?? [];
  const tokens = tokensOf(path, text);
  return {
    path,
    package: name,
    inner,
    module: name === 'server' && inner.includes('/') ? inner.slice(0, inner.indexOf('/')) : '',
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    tokens,
    imports: /\.tsx?$/.test(path) ? findImports(tokens) : [],
    isTest: /\.test\.tsx?$|(?:^|\/)testing\//.test(path),
  };
}

function tokensOf(path: string, text: string): Token[] {
  if (path.endsWith('.sql')) return tokenizeSql(text);
  if (/\.tsx?$/.test(path)) return tokenize(text, { jsx: path.endsWith('.tsx') });
  return [];
}

function loadManifest(root: string, path: string): PackageManifest {
  const json = JSON.parse(readFileSync(join(root, path), 'utf8'));
  return {
    name: path.split('/')[1] ?? '',
    path,
    exports: Object.keys(json.exports ?? {}),
    dependencies: Object.keys({
      ...json.dependencies,
      ...json.devDependencies,
      ...json.peerDependencies,
      ...json.optionalDependencies,
    }),
  };
}
