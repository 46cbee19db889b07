import { expect, it } from 'vitest';
import { itemsOf, sameCases } from './items-of.ts';

it('reads one item and several', () => {
  expect(itemsOf({ item: 'R1' })).toEqual(['R1']);
  expect(itemsOf({ items: ['R1', 'R3'] })).toEqual(['R1', 'R3']);
  expect(() => itemsOf({})).toThrow('item');
  expect(() => itemsOf({ item: 'R1', items: ['R1'] })).toThrow('item');
});

it('finds a case that says the same under another name, whatever the order of its words', () => {
  const one = { id: 'a', item: 'R1', files: { x: '1' }, ask: { do: 'check', as: 'site' }, expect: true };
  const same = { ...one, id: 'b', item: 'R3', note: 'other', ask: { as: 'site', do: 'check' } };
  expect(sameCases([one, same, { ...one, id: 'c', expect: false } as typeof one])).toEqual(['a = b']);
});
