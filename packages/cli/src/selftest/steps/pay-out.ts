import { bankSays } from '../bank.ts';
import type { Client } from '../client.ts';
import { MAYA, OLGA, OPERATOR } from '../people.ts';
import { expectStatus, expectThat, type Step, until } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';
import { expectCode } from './register-works.ts';

type Item = { id: string; amountMicro: string; endToEndId: string; state: string };
type Batch = { batch: { id: string; state: string }; items: Item[]; leftOut: { reason: string }[] };

/** Step 18: two people order a payout, the bank confirms it, and money that comes back is hers again. */
export const payOut: Step<SelftestWorld> = {
  number: 18,
  title: 'Payout: ordered by two, paid when the bank says so, returned money is owed again',
  async run(world) {
    const maya = world.person(MAYA.key);
    const profile = {
      name: MAYA.name,
      iban: 'DE02120300000000202051',
      streetName: 'Lighthouse Lane',
      buildingNumber: '7',
      postCode: '18546',
      townName: 'Sassnitz',
      country: 'DE',
      taxResidence: 'DE',
    };
    const wrong = { ...profile, iban: 'DE02120300000000202052' };
    expectCode(await maya.json('PUT', '/api/payout-profile', wrong), 422, 'invalid-input');
    expectStatus(await maya.json('PUT', '/api/payout-profile', profile), 200, 'she says where she is paid');

    const { id, item } = await order(world);
    expectThat(
      BigInt(item.amountMicro) % 10_000n === 0n &&
        BigInt(item.amountMicro) <= BigInt(world.notes.get('owed')!),
      'whole cents, the rest stays hers',
    );
    expectThat(item.state === 'ordered', 'ordered is not yet paid');
    await expectState(maya, 'ordered');
    const entry = { reference: 'R-2', endToEndId: item.endToEndId, remittance: 'payout' };
    await bankSays(world, [{ ...entry, amountMicro: -BigInt(item.amountMicro) }]);
    await expectState(maya, 'paid');
    const returned = { code: 'AC04', words: 'account closed' };
    await bankSays(world, [{ ...entry, reference: 'R-3', amountMicro: BigInt(item.amountMicro), returned }]);
    await expectState(maya, 'returned');

    const again = await order(world);
    expectThat(again.item.amountMicro === item.amountMicro, 'what came back is owed again');
    await bankSays(world, [
      { reference: 'R-4', endToEndId: again.item.endToEndId, amountMicro: -BigInt(again.item.amountMicro) },
    ]);
    await expectState(maya, 'paid');
    world.artefacts.set(
      'payout.xml',
      await world.person(OPERATOR.key).bytes(`/api/payout-batches/${id}/file`),
    );
    return `${Number(item.amountMicro) / 1e6} EUR ordered, returned, ordered again, paid`;
  },
};

async function order(world: SelftestWorld): Promise<{ id: string; item: Item }> {
  const [operator, olga] = [world.person(OPERATOR.key), world.person(OLGA.key)];
  const proposed = await operator.json('POST', '/api/payout-batches', {});
  expectStatus(proposed, 201, 'one proposes a batch');
  const { id } = proposed.json<{ id: string }>();
  const own = await operator.json('POST', `/api/payout-batches/${id}/approval`, {});
  expectCode(own, 403, 'approver-is-proposer');
  const ordered = await olga.json('POST', `/api/payout-batches/${id}/approval`, {});
  expectStatus(ordered, 200, 'another orders it');
  const { items, leftOut } = (await operator.get(`/api/payout-batches/${id}`, JSON_ONLY)).json<Batch>();
  expectThat(items.length === 1, 'she is in it');
  expectThat(
    leftOut.some(({ reason }) => reason === 'no-profile'),
    `he is not, and it says why: ${JSON.stringify(leftOut)}`,
  );
  const files = await Promise.all([0, 1].map(() => operator.bytes(`/api/payout-batches/${id}/file`)));
  expectThat(Buffer.from(files[0]!).equals(Buffer.from(files[1]!)), 'the file is the same bytes each time');
  return { id, item: items[0]! };
}

/** Of the payee's newest payout; what a bank record says is there a moment later. */
async function expectState(payee: Client, state: string): Promise<void> {
  await until(async () => {
    const { payouts } = (await payee.get('/api/payouts', JSON_ONLY)).json<{ payouts: Item[] }>();
    return payouts[0]?.state === state || undefined;
  }, `her payout is ${state}`);
}
