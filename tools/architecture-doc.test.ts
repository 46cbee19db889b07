import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('every relative link in the documents leads somewhere', () => {
  const documents = readdirSync(root).filter((name) => name.endsWith('.md'));
  const broken = documents.flatMap((name) => {
    const links = readFileSync(join(root, name), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g);
    return [...links].map(([, target = '']) => target).filter((target) => !existsSync(join(root, target)));
  });
  expect(broken).toEqual([]);
});
