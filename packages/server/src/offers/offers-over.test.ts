import { afterAll, beforeAll, expect, it } from 'vitest';
import { answersPaid, ownWork, publish, setUp, sharedWork } from '../testing/offer-terms.ts';
import { type Person, person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { decideConsent, offersOver, presetTerms, readStanding, withdrawOffer } from './index.ts';

let k: TestKernel;
let ada: Person;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  ada = await person(k, 'Ada');
});
afterAll(() => k.close());

const HOUR = 3_600_000;
const tick = () => {
  k.clock.advance(HOUR);
  return k.clock.now();
};
const FOREVER = { from: new Date(0), to: new Date('2100-01-01') };
const spans = async (workId: string, period = FOREVER) =>
  (await offersOver(k, { workId, ...period })).map(({ version, from, to }) => [version, from, to]);

it('names the version of every second, and none where there was none', async () => {
  const workId = await ownWork(k, ada);
  expect(await spans(workId)).toEqual([]);
  const first = tick();
  await publish(k, ada, workId, answersPaid());
  const second = tick();
  const { offer } = await publish(k, ada, workId, presetTerms('no-ai'));
  const gone = tick();
  await withdrawOffer(k, { workId, partyId: ada.party.id, actor: ada.user.id, reason: '' });
  const again = tick();
  await publish(k, ada, workId, answersPaid('30000'));
  const all = [
    [1, first, second],
    [2, second, gone],
    [3, again, undefined],
  ];
  expect(await spans(workId)).toEqual(all);
  expect(await spans(workId, { from: second, to: gone })).toEqual([all[1]]);
  expect(await spans(workId, { from: gone, to: again })).toEqual([]);
  const [, middle] = await offersOver(k, { workId, ...FOREVER });
  expect(middle).toMatchObject({ offerId: offer.id, sha256: offer.sha256, document: offer.document });
});

it('keeps the older version until every holder said yes to the newer', async () => {
  const { workId, other } = await sharedWork(k, ada);
  const began = tick();
  await publish(k, ada, workId, presetTerms('no-ai'));
  tick();
  const { offer } = await publish(k, ada, workId, answersPaid());
  expect(await spans(workId)).toEqual([[1, began, undefined]]);
  const agreed = tick();
  await decideConsent(k, {
    offerId: offer.id,
    partyId: other.party.id,
    actor: other.user.id,
    decisions: [{ use: 'ai-input', answer: 'yes' }],
  });
  expect(await spans(workId)).toEqual([
    [1, began, agreed],
    [2, agreed, undefined],
  ]);
  expect((await readStanding(k, workId)).inForce?.version).toBe(2);
});
