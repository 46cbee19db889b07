import { expect, it } from 'vitest';
import { runExamples } from '../../tools/run-examples.ts';

it.each(['rsl', 'agents', 'signals'])('every example of packages/%s is true', async (name) => {
  const { failures, held } = await runExamples(new URL(`../../packages/${name}`, import.meta.url));
  expect(failures).toEqual([]);
  expect(held).toBeGreaterThan(0);
});
