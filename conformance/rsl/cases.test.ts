import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { itemsOf, sameCases } from '../items-of.ts';
import { answer, type Case } from './run-case.ts';

const folder = join(import.meta.dirname, 'cases');
const groups = readdirSync(folder).sort();
const items = (
  JSON.parse(readFileSync(join(import.meta.dirname, 'items.json'), 'utf8')) as { item: string }[]
).map((one) => one.item);
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[];

describe.each(groups)('%s', (name) => {
  it.each(read(name))('$id ($kind): $note', (one) => {
    expect(answer(one)).toEqual(one.expect);
  });
});

const exchanges = join(import.meta.dirname, 'exchanges');
const played = readdirSync(exchanges).flatMap(
  (name) => JSON.parse(readFileSync(join(exchanges, name), 'utf8')) as Case[],
);
const readings = JSON.parse(readFileSync(join(import.meta.dirname, 'readings.json'), 'utf8')) as {
  readonly reading: string;
  readonly items: readonly string[];
}[];

describe('what can be read in several ways', () => {
  const cases = groups.flatMap(read);
  const split = [...cases, ...played].flatMap((one) => {
    const { readings: both = {} } = one.expect as { readonly readings?: object };
    const names = [...Object.keys(both), ...(one.otherwise ?? []).map(({ reading }) => reading)];
    return names.map((reading) => ({ reading, one }));
  });

  it.each(cases.filter((one) => one.otherwise))('$id says what others answer', (one) => {
    for (const { reading, expect: theirs } of one.otherwise!) {
      expect(theirs).not.toEqual(one.expect);
      if (reading === 'strict' && one.ask.do === 'evaluate')
        expect(answer({ ...one, ask: { ...one.ask, strict: true } })).toEqual(theirs);
    }
  });

  it.each(readings)(
    '$reading: named in the list, and shown by a case of each of its items',
    ({ reading, items }) => {
      const shown = split.filter((each) => each.reading === reading).flatMap(({ one }) => itemsOf(one));
      expect(items.filter((item) => !shown.includes(item))).toEqual([]);
    },
  );

  it('no case names a reading that the list does not have', () => {
    const names = readings.map((one) => one.reading);
    expect(split.filter(({ reading }) => !names.includes(reading))).toEqual([]);
  });
});

it('every case has an id of its own and says something of its own about items of the list', () => {
  const cases = [...groups.flatMap(read), ...played];
  expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length);
  expect(cases.filter((one) => itemsOf(one).some((item) => !items.includes(item)))).toEqual([]);
  expect(sameCases(cases)).toEqual([]);
  const kinds = (item: string) =>
    new Set(cases.filter((one) => itemsOf(one).includes(item)).map((one) => one.kind));
  expect(items.filter((item) => kinds(item).size < 3)).toEqual([]);
});
