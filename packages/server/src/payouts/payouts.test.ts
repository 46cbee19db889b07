import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { integrityChecks } from '../app.ts';
import { readEntry } from '../bank/index.ts';
import { noSchemas, schemaError } from '../bank/testing/schema.ts';
import { openMails } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import type { Person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { renderBatch } from './batch-file.ts';
import {
  approveBatch,
  discardBatch,
  endToEndIdOf,
  itemsOfBatch,
  leftOutOfBatch,
  matchItem,
  payoutsChecks,
  payoutsOf,
  proposeBatch,
  readBatch,
  readBatchFile,
  rejectItem,
} from './index.ts';
import { selectBatch } from './store.ts';
import { earn, IBANS, openBank, openPayoutsWorld, payee, sayWhere } from './testing/payouts-world.ts';

const DAY = 86_400_000;
let k: TestKernel;
let first: Person;
let second: Person;
let bank: ReturnType<typeof openBank>;
beforeAll(async () => {
  k = await createTestKernel();
  ({ first, second } = await openPayoutsWorld(k));
  bank = openBank(k, first.user.id);
});
afterAll(() => k.close());

const propose = (minimumMicro?: bigint) =>
  proposeBatch(k, { currency: 'EUR', minimumMicro, actor: first.user.id });
const approve = (batchId: string, who = second) => approveBatch(k, { batchId, actor: who.user.id });
const order = async () => approve((await propose()).id);
const balanceOf = async (kind: 'payable' | 'in-payout', { party }: Person) =>
  (await balances(k, { kind, owner: party.id, currency: 'EUR' }))[0]?.balanceMicro ?? 0n;
const stateOf = async ({ party }: Person) => (await payoutsOf(k, party.id))[0]?.state;
const e2e = (batch: { id: string }, { party }: Person) => endToEndIdOf(batch.id, party.id);
async function findings(): Promise<string[]> {
  const lines = await Promise.all(integrityChecks.map((check) => check.run(k)));
  return lines.flat().flatMap(({ ok, detail }) => (ok ? [] : [detail]));
}

describe('a batch', () => {
  it('pays whole cents to all who can be paid, and says why others wait', async () => {
    const ada = await payee(k, 12_345_678n);
    const small = await payee(k, 999_999n);
    const silent = await payee(k, 5_000_000n, { profile: false });
    const moved = await payee(k, 5_000_000n);
    await sayWhere(k, moved, IBANS[1]);
    const overpaid = await payee(k, -3_000_000n);
    const batch = await propose();
    expect(batch).toMatchObject({ state: 'proposed', items: 1, totalMicro: 12_340_000n });
    const reasons = new Map((await leftOutOfBatch(k, batch.id)).map((one) => [one.partyId, one.reason]));
    expect(reasons).toEqual(
      new Map([
        [small.party.id, 'below-minimum'],
        [silent.party.id, 'no-profile'],
        [moved.party.id, 'cooling-off'],
        [overpaid.party.id, 'overpaid'],
      ]),
    );
    await expect(propose()).rejects.toMatchObject({ code: 'batch-waiting' });
    expect(await balanceOf('payable', ada)).toBe(12_345_678n);
    expect(await payoutsOf(k, ada.party.id)).toEqual([]);

    const ordered = await approve(batch.id);
    expect(ordered).toMatchObject({ state: 'ordered', decidedBy: second.user.id, counts: { ordered: 1 } });
    expect(await balanceOf('payable', ada)).toBe(5_678n);
    expect(await balanceOf('in-payout', ada)).toBe(12_340_000n);
    expect(await stateOf(ada)).toBe('ordered');
    expect(await findings()).toEqual([]);

    k.clock.advance(2 * DAY);
    const next = await propose(100_000n);
    expect((await itemsOfBatch(k, next.id, { limit: 10 })).map(({ partyId }) => partyId).sort()).toEqual(
      [small.party.id, moved.party.id].sort(),
    );
    await discardBatch(k, { batchId: next.id, actor: first.user.id });
    await expect(approve(next.id)).rejects.toMatchObject({ code: 'batch-decided' });
  });

  it('is ordered by another operator than the one who proposed it, and once', async () => {
    await payee(k, 3_000_000n);
    const proposed = await Promise.allSettled([propose(), propose(), propose()]);
    const [made, ...more] = proposed.filter((one) => one.status === 'fulfilled');
    expect(more).toEqual([]);
    const { id } = made!.value;
    await expect(approve(id, first)).rejects.toMatchObject({ code: 'approver-is-proposer' });
    const forged = sql`update payouts.batches set state = 'ordered', decided_by = proposed_by, decided_at = now(),
      execution_date = '2026-11-22', file_created_at = now(), file_sealed = 'x', file_sha256 = 'x' where id = ${id}`;
    await expect(forged.execute(k.db)).rejects.toThrow();
    const done = await Promise.allSettled([approve(id), approve(id), approve(id)]);
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const one of done) if (one.status === 'rejected') expect(one.reason.code).toBe('batch-decided');
    await expect(discardBatch(k, { batchId: id, actor: first.user.id })).rejects.toMatchObject({
      code: 'batch-decided',
    });
    expect(await findings()).toEqual([]);
  });

  it('is not ordered when a balance or an account changed meanwhile', async () => {
    const who = await payee(k, 4_000_000n);
    const { id } = await propose();
    await sayWhere(k, who, IBANS[2]);
    await expect(approve(id)).rejects.toMatchObject({ code: 'batch-outdated', detail: who.party.name });
    k.clock.advance(2 * DAY);
    await expect(approve(id)).rejects.toMatchObject({ code: 'batch-outdated' });
    await discardBatch(k, { batchId: id, actor: second.user.id });
    const again = await propose();
    await earn(k, who, -1_000_000n);
    await expect(approve(again.id)).rejects.toMatchObject({ code: 'batch-outdated' });
    expect(await balanceOf('in-payout', who)).toBe(0n);
    await discardBatch(k, { batchId: again.id, actor: second.user.id });
    await order();
    expect(await balanceOf('in-payout', who)).toBe(3_000_000n);
  });

  it('is not proposed for nobody', async () => {
    await expect(propose()).rejects.toMatchObject({ code: 'nothing-to-pay' });
    await expect(proposeBatch(k, { currency: 'USD', actor: first.user.id })).rejects.toMatchObject({
      code: 'nothing-to-pay',
    });
    await expect(readBatch(k, 'nonsense')).rejects.toMatchObject({ code: 'batch-unknown' });
  });
});

describe('the payment file', () => {
  it('is the same bytes when it is made again, and valid', async () => {
    for (const micro of [7_000_001n, 8_010_000n, 9_999_999n]) await payee(k, micro);
    const { id } = await propose();
    await expect(readBatchFile(k, id)).rejects.toMatchObject({ code: 'batch-not-ordered' });
    await approve(id);
    const { text, sha256 } = await readBatchFile(k, id);
    k.clock.advance(3 * DAY);
    const row = (await selectBatch(k.db, id))!;
    const again = { createdAt: row.file_created_at!, executionDate: row.execution_date! };
    expect(await renderBatch(k, row, again)).toBe(text);
    expect((await readBatch(k, id)).fileSha256).toBe(sha256);
    expect(text).toContain('<NbOfTxs>3</NbOfTxs>');
    expect(text).toContain('<CtrlSum>25.00</CtrlSum>');
    for (const item of await itemsOfBatch(k, id, { limit: 10 })) expect(text).toContain(item.endToEndId);
    expect(text).toContain('<StrtNm>Gansemarkt</StrtNm>');
    if (!noSchemas) expect(schemaError('pain.001.001.09', text)).toBeUndefined();
    const stored = await sql`select b::text as row from payouts.batches b
      union all select i::text from payouts.items i`.execute(k.db);
    expect(JSON.stringify(stored.rows)).not.toContain(IBANS[0].slice(0, -4));
  });
});

describe('the bank', () => {
  it('says that a payment was made, and only then it is paid', async () => {
    const who = await payee(k, 20_000_000n);
    const batch = await order();
    await bank.state([{ amountMicro: -20_000_000n, endToEndId: e2e(batch, who) }]);
    expect(await stateOf(who)).toBe('paid');
    expect(await balanceOf('in-payout', who)).toBe(0n);
    expect(await balanceOf('payable', who)).toBe(0n);
    expect(await findings()).toEqual([]);
  });

  it('sends money back after it was paid: it is payable again, with the bank’s reason', async () => {
    const who = await payee(k, 21_000_000n);
    const batch = await order();
    await bank.state([{ amountMicro: -21_000_000n, endToEndId: e2e(batch, who) }]);
    await bank.state([
      { amountMicro: 21_000_000n, endToEndId: e2e(batch, who), returned: { code: 'AC04', words: 'closed' } },
    ]);
    expect(await payoutsOf(k, who.party.id)).toMatchObject([
      { state: 'returned', returnReason: expect.stringContaining('AC04') },
    ]);
    expect(await balanceOf('payable', who)).toBe(21_000_000n);
    expect(await balanceOf('in-payout', who)).toBe(0n);
    const mail = (await openMails(k)).find(({ subject }) => subject.includes('came back'));
    expect(mail).toMatchObject({ recipient: who.user.email, text: expect.stringContaining('AC04') });
    k.clock.advance(DAY);
    const again = await order();
    expect(e2e(again, who)).not.toBe(e2e(batch, who));
    expect(await stateOf(who)).toBe('ordered');
    await bank.state([{ amountMicro: -21_000_000n, endToEndId: e2e(again, who) }]);
    expect((await payoutsOf(k, who.party.id)).map(({ state }) => state)).toEqual(['paid', 'returned']);
    expect(await findings()).toEqual([]);
  });

  it('may say both in one statement, in any order', async () => {
    const who = await payee(k, 22_000_000n);
    const id = e2e(await order(), who);
    await bank.state([
      { amountMicro: 22_000_000n, endToEndId: id, returned: { code: 'AC01' } },
      { amountMicro: -22_000_000n, endToEndId: id },
    ]);
    expect(await stateOf(who)).toBe('returned');
    expect(await balanceOf('payable', who)).toBe(22_000_000n);
    expect(await balanceOf('in-payout', who)).toBe(0n);
    expect(await findings()).toEqual([]);
    await order();
  });

  it('is not believed twice: a second debit and another amount stay open', async () => {
    const who = await payee(k, 23_000_000n);
    const id = e2e(await order(), who);
    const [odd] = await bank.state([{ amountMicro: -22_990_000n, endToEndId: id }]);
    expect(await stateOf(who)).toBe('ordered');
    await bank.state([{ amountMicro: -23_000_000n, endToEndId: id }]);
    const [twice] = await bank.state([{ amountMicro: -23_000_000n, endToEndId: id }]);
    expect(await stateOf(who)).toBe('paid');
    for (const entry of [odd!, twice!]) expect(await readEntry(k, entry)).toMatchObject({ state: 'open' });
    expect(await findings()).toEqual([]);
  });

  it('may not pass on our reference: then a person says which entry it is', async () => {
    const who = await payee(k, 24_000_000n);
    await order();
    const [item] = await payoutsOf(k, who.party.id);
    const [wrong, right] = await bank.state([{ amountMicro: -24_010_000n }, { amountMicro: -24_000_000n }]);
    const match = (entryId: string) => matchItem(k, { itemId: item!.id, entryId, actor: first.user.id });
    await expect(match(wrong!)).rejects.toMatchObject({ code: 'entry-does-not-fit' });
    await expect(match('nonsense')).rejects.toMatchObject({ code: 'bank-entry-unknown' });
    expect(await match(right!)).toBe('paid');
    await expect(match(right!)).rejects.toMatchObject({ code: 'entry-does-not-fit' });
    expect(await findings()).toEqual([]);
  });

  it('may refuse an order, and carry it out after all', async () => {
    const who = await payee(k, 25_000_000n);
    const batch = await order();
    const [item] = await payoutsOf(k, who.party.id);
    const reject = () => rejectItem(k, { itemId: item!.id, reason: 'RJCT', actor: first.user.id });
    await reject();
    await expect(reject()).rejects.toMatchObject({ code: 'payout-final' });
    expect(await stateOf(who)).toBe('rejected');
    expect(await balanceOf('payable', who)).toBe(25_000_000n);
    expect(await findings()).toEqual([]);
    await bank.state([{ amountMicro: -25_000_000n, endToEndId: e2e(batch, who) }]);
    expect(await stateOf(who)).toBe('paid');
    expect(await balanceOf('payable', who)).toBe(0n);
    expect(await findings()).toEqual([]);
  });
});

describe('the checks', () => {
  const only = async () => (await Promise.all(payoutsChecks.map((check) => check.run(k)))).flat();
  it('name the batch whose file was changed and the item that says another amount', async () => {
    const who = await payee(k, 26_000_000n);
    const batch = await order();
    const [item] = await payoutsOf(k, who.party.id);
    const alter = async (change: string) => {
      await sql.raw(`begin; set local session_replication_role = replica; ${change}; commit`).execute(k.db);
    };
    await alter(`update payouts.items set amount_micro = amount_micro + 10000 where id = '${item!.id}'`);
    const wrong = (await only()).filter(({ ok }) => !ok).map(({ detail }) => detail);
    expect(wrong.join('\n')).toContain(`payouts.items ${item!.id}`);
    expect(wrong.join('\n')).toContain(`in-payout of ${who.party.id}`);
    await alter(`update payouts.items set amount_micro = amount_micro - 10000 where id = '${item!.id}'`);
    const { file_sealed } = (await selectBatch(k.db, batch.id))!;
    const other = await k.keys.seal('payout-file', 'another file', batch.id);
    await alter(`update payouts.batches set file_sealed = '${other}' where id = '${batch.id}'`);
    expect(await only()).toContainEqual({
      ok: false,
      detail: `payouts.batches ${batch.id}: the payment file has another SHA-256`,
    });
    await alter(`update payouts.batches set file_sealed = 'nonsense' where id = '${batch.id}'`);
    expect((await only()).some(({ detail }) => detail.includes('does not open'))).toBe(true);
    await alter(`update payouts.batches set file_sealed = '${file_sealed}' where id = '${batch.id}'`);
    expect(await findings()).toEqual([]);
  });

  it('cannot be needed by way of the tables: what happened does not change', async () => {
    const refused = [
      sql`update payouts.items set amount_micro = 10000`,
      sql`update payouts.items set paid_on = null, paid_entry = null where state = 'paid'`,
      sql`delete from payouts.items`,
      sql`update payouts.batches set file_sha256 = 'x' where state = 'ordered'`,
      sql`delete from payouts.batches`,
      sql`truncate payouts.items`,
    ];
    for (const one of refused) await expect(one.execute(k.db)).rejects.toThrow();
  });
});
