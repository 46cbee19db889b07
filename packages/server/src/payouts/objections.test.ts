import { verifyStatement } from '@clearway/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { integrityChecks } from '../app.ts';
import { type DistributionWorld, openDistributionWorld } from '../distribution/testing/distribution-world.ts';
import { documentsKey } from '../kernel/index.ts';
import {
  answerObjection,
  issueStatements,
  listStatements,
  raiseObjection,
  statementFile,
} from '../statements/index.ts';
import type { Person } from '../testing/register-works.ts';
import { verifyBooks } from '../verify-books.ts';
import {
  approveBatch,
  discardBatch,
  endToEndIdOf,
  itemsOfBatch,
  leftOutOfBatch,
  proposeBatch,
} from './index.ts';
import { openAccount, openBank, payee, sayWhere } from './testing/payouts-world.ts';

let w: DistributionWorld;
let first: Person;
let second: Person;
let bank: ReturnType<typeof openBank>;
beforeAll(async () => {
  w = await openDistributionWorld();
  ({ first, second } = await openAccount(w.k));
  bank = openBank(w.k, first.user.id);
});
afterAll(() => w.k.close());

const propose = () => proposeBatch(w.k, { currency: 'EUR', actor: first.user.id });
const order = (batchId: string) => approveBatch(w.k, { batchId, actor: second.user.id });
const payable = () => w.payable(w.holder);
async function issue(): Promise<string> {
  w.k.clock.advance(1_000);
  return (await issueStatements(w.k, { to: w.k.clock.now(), partyId: w.holder.party.id }))[0] ?? '';
}

it('holds back what is disputed, pays the rest, and statements follow it to the bank', async () => {
  const { holder, k } = w;
  const partyId = holder.party.id;
  await sayWhere(k, holder);
  await w.paid(3, 2_000_000n);
  await w.drain();
  const earned = await payable();
  await issue();
  await w.paid(2, 2_000_000n);
  await w.drain();
  const statementId = await issue();
  const all = await payable();
  const disputed = all - earned;
  const early = await propose();
  const objection = await raiseObjection(k, {
    statementId,
    partyId,
    userId: holder.user.id,
    reason: 'too few',
  });
  await expect(order(early.id)).rejects.toMatchObject({ code: 'batch-outdated' });
  await discardBatch(k, { batchId: early.id, actor: second.user.id });

  const rest = await propose();
  const [item] = await itemsOfBatch(k, rest.id, { limit: 2 });
  expect(item).toMatchObject({ partyId, amountMicro: earned - (earned % 10_000n) });
  await order(rest.id);
  expect(await payable()).toBe(disputed + (earned % 10_000n));
  await payee(k, 2_000_000n);
  const without = await propose();
  expect(await leftOutOfBatch(k, without.id)).toMatchObject([{ partyId, reason: 'objection' }]);
  await discardBatch(k, { batchId: without.id, actor: second.user.id });

  await answerObjection(k, { id: objection, outcome: 'declined', answer: 'Counted.', userId: first.user.id });
  const last = await propose();
  await order(last.id);
  const e2e = (batchId: string) => endToEndIdOf(batchId, partyId);
  const sent = -(item?.amountMicro ?? 0n);
  await bank.state([{ amountMicro: sent, endToEndId: e2e(rest.id) }]);
  await bank.state([{ amountMicro: -sent, endToEndId: e2e(rest.id), returned: { code: 'AC04' } }]);
  await issue();

  const { verifierKey } = await documentsKey(k);
  const kinds: string[] = [];
  for (const { id } of await listStatements(k, { partyId })) {
    const { bytes } = await statementFile(k, { id, viewer: { partyId, operator: false } });
    const verdict = await verifyStatement(bytes, { key: verifierKey });
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([]);
    kinds.push(...(verdict.statement?.movements.map(({ kind }) => kind) ?? []));
  }
  expect(kinds.sort()).toEqual(['payout-ordered', 'payout-ordered', 'payout-paid', 'payout-returned']);
  expect((await verifyBooks(k, integrityChecks)).filter(({ ok }) => !ok)).toEqual([]);
});
