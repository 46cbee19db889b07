import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { MODULES, PACKAGES } from './architecture/rules.ts';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

function folders(path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

test('every package is on the map, and in the rules', () => {
  const names = folders('packages');
  expect(names.filter((name) => !text.includes(`── ${name}/`))).toEqual([]);
  expect(names.sort()).toEqual(Object.keys(PACKAGES).sort());
});

test('every folder of the server is on the map, and in the rules', () => {
  const names = folders('packages/server/src').filter((name) => name !== 'testing');
  expect(names.filter((name) => !text.includes(`| \`${name}\` `))).toEqual([]);
  expect(names.sort()).toEqual(Object.keys(MODULES).sort());
});

test('every room has a README', () => {
  const rooms = ['packages', 'packages/server/src'].flatMap((path) =>
    folders(path).map((name) => `${path}/${name}/README.md`),
  );
  const others = ['conformance', 'e2e', 'bench', 'examples', 'docs', 'deploy'].map(
    (name) => `${name}/README.md`,
  );
  const missing = [...rooms, ...others].filter((path) => !existsSync(join(root, path)));
  expect(missing.filter((path) => !path.includes('/testing/'))).toEqual([]);
});

test('it stays within two pages', () => {
  expect(text.split('\n').length).toBeLessThanOrEqual(120);
});

/** All Markdown of the project, without what is installed or built. */
function documents(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(?:node_modules|dist|data.*|\..*)$/.test(entry.name) ? [] : documents(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

test('every relative link in the documents leads somewhere', () => {
  const broken = documents().flatMap((path) => {
    const links = readFileSync(join(root, path), 'utf8').matchAll(/\]\((?!https?:|#|\/)([^)#\s]+)[^)]*\)/g);
    return [...links]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(root, dirname(path), target)))
      .map((target) => `${path}: ${target}`);
  });
  expect(broken).toEqual([]);
});

test('each kind of document lists every page of its folder', () => {
  const kinds = ['docs/tutorials', 'docs/how-to', 'docs/explanation', 'docs/reference', 'docs/decisions'];
  const missing = kinds.flatMap((kind) => {
    const index = readFileSync(join(root, kind, 'README.md'), 'utf8');
    return readdirSync(join(root, kind))
      .filter((name) => name.endsWith('.md') && name !== 'README.md' && !index.includes(`(${name})`))
      .map((name) => `${kind}/${name}`);
  });
  expect(missing).toEqual([]);
});
