import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runExamples } from './run-examples.ts';

const dir = mkdtempSync(join(tmpdir(), 'run-examples-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe.each(['agents', 'gate', 'match', 'net', 'protocol', 'rsl', 'signals'])('packages/%s', (name) => {
  test('every exported function has an example, and every example is true', async () => {
    const report = await runExamples(new URL(`../packages/${name}`, import.meta.url));
    expect(report.failures).toEqual([]);
    expect(report.withoutExample).toEqual([]);
    expect(report.held).toBeGreaterThan(0);
  });
});

test('false, broken and missing examples are found', async () => {
  mkdirSync(join(dir, 'src'));
  writeFileSync(
    join(dir, 'src/index.ts'),
    `/**
 * @example
 * double(2) // => 4
 * const three = double(1.5) // => 3
 * double(2) // => 5
 * double(null) // => throws not_a_number
 * double(1) // => throws not_a_number
 */
export function double(n) {
  if (typeof n !== 'number') throw Object.assign(new Error('no'), { code: 'not_a_number' });
  return 2 * n;
}
/**
 * @example
 * unknown() // => 1
 */
export function broken() {}
/**
 * @example
 * mute()
 */
export function mute() {}
export function bare() {}
`,
  );
  const report = await runExamples(dir);
  expect(report.held).toBe(3);
  expect(report.failures).toEqual([
    'src/index.ts:2: gave 4, not 5',
    'src/index.ts:2: gave 2 instead of throwing not_a_number',
    'src/index.ts:14: threw ReferenceError: unknown is not defined instead of giving 1',
    'src/index.ts:19: states no value',
  ]);
  expect(report.withoutExample).toEqual(['bare']);
});
