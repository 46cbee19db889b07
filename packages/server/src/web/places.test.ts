import { expect, it } from 'vitest';
import { locate } from './places.ts';

const stranger = { signedIn: false, operator: false, forOther: false };
const person = { ...stranger, signedIn: true };
const company = { ...person, forOther: true };
const operator = { ...person, operator: true };

function at(path: string, viewer = person) {
  const { area, place } = locate(path, viewer);
  return `${area.key} ${place?.key}`;
}

it('finds the area and the place of a page, the longest address first', () => {
  expect(at('/')).toBe('public undefined');
  expect(at('/works/1/terms')).toBe('creator works');
  expect(at('/workshop')).toBe('public undefined');
  expect(at('/operator', operator)).toBe('operator overview');
  expect(at('/operator/bank/entries/1', operator)).toBe('operator bank');
  expect(at('/operator/queue', operator)).toBe('operator overview');
});

it('puts what two sides share on the side of whoever looks', () => {
  expect(at('/usage')).toBe('creator usage');
  expect(at('/usage', company)).toBe('company usage');
  expect(at('/w/1')).toBe('market catalogue');
  expect(at('/w/1', company)).toBe('company catalogue');
});

it('shows nobody an area that is closed to them', () => {
  expect(locate('/works', stranger).areas.map(({ key }) => key)).toEqual(['public', 'market']);
  expect(locate('/operator', person).areas.map(({ key }) => key)).not.toContain('operator');
});

it('names no page that is not there where one face runs alone', () => {
  const has = (path: string) => !/^\/(operator\/(runs|bank)|check)$/.test(path);
  const { areas } = locate('/operator', { ...operator, face: { shows: 'campaign', has } });
  const places = areas.flatMap(({ places }) => places.map(({ href }) => href));
  expect(places).toContain('/operator/people');
  for (const path of ['/operator/runs', '/operator/bank', '/check', '/works', '/payout-profile'])
    expect(places).not.toContain(path);
});
