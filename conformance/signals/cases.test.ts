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
  it.each(read(name))('$id ($kind): $note', async (one) => {
    expect(await answer(one)).toEqual(one.expect);
  });
});

it('every case has an id of its own and an item of the list, every item a case of each kind', () => {
  const cases = groups.flatMap(read);
  expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length);
  expect(cases.filter((one) => itemsOf(one).some((item) => !items.includes(item)))).toEqual([]);
  expect(sameCases(cases)).toEqual([]);
  for (const kind of ['positive', 'negative', 'hostile'])
    expect(
      items.filter((id) => !cases.some((one) => itemsOf(one).includes(id) && one.kind === kind)),
    ).toEqual([]);
});
