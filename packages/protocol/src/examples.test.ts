import { expect, test } from 'vitest';
import { runExamples } from '../../../tools/run-examples.ts';

test('every export has an example, and every example is true', async () => {
  const report = await runExamples(new URL('..', import.meta.url));
  expect(report.failures).toEqual([]);
  expect(report.withoutExample).toEqual([]);
  expect(report.held).toBeGreaterThan(0);
});
