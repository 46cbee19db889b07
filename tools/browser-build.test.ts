import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** The whole of `rsl`, everything that it exports, as one script for a browser. */
async function bundle(format: 'esm' | 'iife') {
  const build = await rolldown({
    input: join(root, 'packages/rsl/src/index.ts'),
    platform: 'browser',
    resolve: { conditionNames: ['clearway-source'] },
  });
  const { output } = await build.generate({ format, name: 'rsl', minify: true });
  await build.close();
  return output;
}

test('rsl for browsers is one file of at most 30 KB gzip that imports nothing', async () => {
  const [chunk, ...others] = await bundle('esm');
  expect(others).toEqual([]);
  expect([...chunk.imports, ...chunk.dynamicImports]).toEqual([]);
  expect(chunk.code).not.toMatch(/node:|\brequire\b|\bprocess\b|\bBuffer\b/);
  expect(gzipSync(chunk.code, { level: 9 }).length).toBeLessThanOrEqual(30 * 1024);
});

test('it works with nothing but the language and what every browser has', async () => {
  const [chunk] = await bundle('iife');
  const question = `rsl.evaluate(rsl.parse('<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>' +
    '<permits type="usage">search</permits></license></content></rsl>').document, { url: '/ä', usage: 'search' }).outcome`;
  const context = createContext({ TextEncoder, TextDecoder, URL });
  expect(new Script(`${chunk.code};${question}`).runInContext(context)).toBe('licensed-free');
});
