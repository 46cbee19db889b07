import { expect, it } from 'vitest';
import { runExamples } from '../../../tools/run-examples.ts';

it('every example in the sources and the README is true', async () => {
  const { failures, held } = await runExamples(new URL('..', import.meta.url));
  expect(failures).toEqual([]);
  expect(held).toBeGreaterThan(0);
});
