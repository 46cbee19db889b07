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

it('every case has an id of its own and says something of its own about items of the list', () => {
  const exchanges = join(import.meta.dirname, 'exchanges');
  const played = readdirSync(exchanges).flatMap(
    (name) => JSON.parse(readFileSync(join(exchanges, name), 'utf8')) as Case[],
  );
  const cases = [...groups.flatMap(read), ...played];
  expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length);
  expect(cases.filter((one) => itemsOf(one).some((item) => !items.includes(item)))).toEqual([]);
  expect(sameCases(cases)).toEqual([]);
  const kinds = (item: string) =>
    new Set(cases.filter((one) => itemsOf(one).includes(item)).map((one) => one.kind));
  expect(items.filter((item) => kinds(item).size < 3)).toEqual([]);
});
