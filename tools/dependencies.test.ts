import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/** `name version rooms` for each package from outside the workspace, and the rooms that want it. */
function declared(): string[] {
  const rooms = new Map<string, string[]>();
  for (const path of ['package.json', ...globSync('packages/*/package.json', { cwd: root })].sort()) {
    const manifest = JSON.parse(readFileSync(join(root, path), 'utf8'));
    const room = path === 'package.json' ? 'root' : dirname(path).slice('packages/'.length);
    for (const kind of KINDS) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        if (name.startsWith('@clearway/')) continue;
        const key = `${name} ${version}`;
        rooms.set(key, [...(rooms.get(key) ?? []), room]);
      }
    }
  }
  return [...rooms].map(([key, names]) => `${key} ${names.join(', ')}`).sort();
}

function documented(): { row: string; reason: string }[] {
  const text = readFileSync(join(root, 'docs/reference/dependencies.md'), 'utf8');
  return text
    .split('\n')
    .filter((line) => /^\| *[@a-z]/.test(line) && !/^\| *package /.test(line))
    .map((line) => {
      const [, name, version, room, reason = ''] = line.split('|').map((cell) => cell.trim());
      return { row: `${name} ${version} ${room}`, reason };
    });
}

test('the table names exactly what the package.json files name', () => {
  expect(
    documented()
      .map(({ row }) => row)
      .sort(),
  ).toEqual(declared());
});

test('every dependency has a reason', () => {
  expect(documented().filter(({ reason }) => reason.length < 10)).toEqual([]);
});

test('every version is exact', () => {
  const exact = /^\S+ \d+\.\d+\.\d+(?:-[\w.]+)? /;
  expect(declared().filter((row) => !exact.test(row))).toEqual([]);
});
