import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Case } from './run-case.ts';

interface Behaviour {
  readonly behaviour: string;
  readonly test: string;
  readonly cases: readonly string[];
}

const read = <T>(name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T[];
const behaviours = read<Behaviour>('robots-behaviours.json');
const cases = read<Case>('cases/robots.json');

it.each(behaviours)('$behaviour has a case that names its test', ({ test, cases: ids }) => {
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(cases.find((one) => one.id === id)?.source).toContain(test);
});

it('every test of the source is there, every behaviour once, and no case claims a source that is not listed', () => {
  // The tests of robots_test.cc at 22b355f (2026-04-01).
  expect(new Set(behaviours.map((one) => one.test)).size).toBe(21);
  expect(new Set(behaviours.map((one) => one.behaviour)).size).toBe(behaviours.length);
  const mapped = new Set(behaviours.flatMap((one) => one.cases));
  const claimed = cases.filter((one) => one.source.includes('google/robotstxt')).map((one) => one.id);
  expect(claimed.filter((id) => !mapped.has(id))).toEqual([]);
});
