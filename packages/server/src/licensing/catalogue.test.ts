import { afterAll, beforeAll, expect, it } from 'vitest';
import { presetTerms } from '../offers/index.ts';
import { answersPaid, ownWork, publish, setUp, sharedWork } from '../testing/offer-terms.ts';
import { type Person, person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { withdrawWork } from '../works/index.ts';
import { catalogueSchema, searchCatalogue } from './index.ts';

let k: TestKernel;
let ada: Person;
let cheap: string;
let dear: string;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  ada = await person(k, 'Ada');
  cheap = await ownWork(k, ada);
  await publish(k, ada, cheap, answersPaid('10000'));
  k.clock.advance(1);
  dear = await ownWork(k, ada);
  await publish(k, ada, dear, answersPaid('90000'));
  const { workId } = await sharedWork(k, ada);
  await publish(k, ada, workId, answersPaid('10000'));
  await ownWork(k, ada);
  await publish(k, ada, await ownWork(k, ada), presetTerms('no-ai'));
});
afterAll(() => k.close());

const find = async (search: Record<string, string> = {}) => {
  const { items } = await searchCatalogue(k, catalogueSchema.parse(search));
  return items.map(({ work }) => work.id);
};

it('shows what can be licensed now and nothing else', async () => {
  expect(await find()).toEqual([dear, cheap]);
  expect(await find({ use: 'ai-train' })).toEqual([]);
  expect(await find({ unit: 'answer' })).toEqual([]);
});

it('is narrowed by price, medium, language and title', async () => {
  expect(await find({ maxPriceMicro: '10000' })).toEqual([cheap]);
  expect(await find({ type: 'film' })).toEqual([]);
  expect(await find({ type: 'song', language: 'EN', q: 'the sea' })).toEqual([dear, cheap]);
  expect(await find({ q: '%' })).toEqual([]);
});

it('is narrowed by what was checked', async () => {
  expect(await find({ check: 'holders' })).toEqual([dear, cheap]);
  expect(await find({ check: 'site-control' })).toEqual([]);
});

it('goes on where it ended', async () => {
  const { items } = await searchCatalogue(k, catalogueSchema.parse({ after: dear }));
  expect(items.map(({ work }) => work.id)).toEqual([cheap]);
});

it('shows one work alone, if it can be licensed', async () => {
  expect(await find({ work: cheap })).toEqual([cheap]);
  expect(await find({ work: 'nonsense' })).toEqual([]);
});

it('no longer shows what was withdrawn', async () => {
  await withdrawWork(k, { workId: dear, party: ada.party, actor: ada.user.id, reason: '' });
  expect(await find()).toEqual([cheap]);
});
