import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInstance, saveInstance } from '../kernel/index.ts';
import { postJournal } from '../ledger/index.ts';
import { person } from '../testing/register-works.ts';
import { contestClaim, holdersOf, openHolds, resolveContest } from '../works/index.ts';
import {
  advanceRun,
  computeRun,
  feeOfAgreement,
  linesOfParty,
  listRuns,
  planRun,
  postRun,
  suspenseOf,
  verifyRun,
  waitingFor,
} from './index.ts';
import { type DistributionWorld, openDistributionWorld } from './testing/distribution-world.ts';

let w: DistributionWorld;
beforeEach(async () => {
  w = await openDistributionWorld();
  await w.drain();
});
afterEach(async () => {
  expect(await w.findings()).toEqual([]);
  await w.k.close();
});

async function contest() {
  const [mine] = await holdersOf(w.k, w.workId);
  const other = await person(w.k, 'Objector');
  await contestClaim(w.k, {
    workId: w.workId,
    claimId: mine!.claimId,
    partyId: other.party.id,
    actor: other.user.id,
    reason: 'I wrote it',
  });
}
async function decide(outcome: 'upheld' | 'rejected') {
  const [hold] = await openHolds(w.k, w.workId);
  await resolveContest(w.k, { holdId: hold!.id, outcome, resolution: 'heard both', actor: w.actor });
  await w.drain();
}

describe('an invoice that is paid', () => {
  it('is divided once: the fee the agreement was made under, the rest to the holder', async () => {
    const found = (await readInstance(w.k))!;
    expect(await feeOfAgreement(w.k, w.agreementId)).toBe(50_000);
    await saveInstance(w.k, { ...found.instance, feePpm: 300_000 }, found.version);
    const { invoiceId } = await w.paid(3, 1_000_001n);
    await w.drain();
    expect(await w.payable(w.holder)).toBe(2_850_003n);
    expect(await w.balance('fee')).toBe(150_000n);
    expect(await w.balance('pool', invoiceId)).toBe(0n);

    const [run] = await listRuns(w.k);
    if (!run) throw new Error('there is no run');
    expect(run).toMatchObject({
      kind: 'invoice',
      subject: invoiceId,
      state: 'posted',
      lines: 1,
      fault: null,
    });
    expect(run.tsRoot).toBe(run.sqlRoot);
    expect(await planRun(w.k, { invoiceId })).toBeUndefined();
    await advanceRun(w.k, run.id);
    await w.drain();
    expect(await w.payable(w.holder)).toBe(2_850_003n);
    expect(await linesOfParty(w.k, w.holder.party.id)).toMatchObject([
      { runId: run.id, netMicro: 2_850_003n, feeMicro: 150_000n, sharePpm: 1_000_000, disposition: 'paid' },
    ]);
  });

  it('of nothing is a run that posts nothing', async () => {
    await w.paid(2, 0n);
    await w.drain();
    const [run] = await listRuns(w.k);
    expect(run).toMatchObject({ state: 'posted', totalMicro: 0n });
    const journals = await sql`select 1 from ledger.journals where cause = ${`run:${run?.id}`}`.execute(
      w.k.db,
    );
    expect(journals.rows).toEqual([]);
  });

  it('is divided by the shares as they were when the run was planned', async () => {
    const { invoiceId } = await w.paid(1, 1_000_000n);
    const runId = (await planRun(w.k, { invoiceId }))!;
    await w.share(600_000, [{ name: 'Late', sharePpm: 400_000 }]);
    await computeRun(w.k, runId);
    const late = await w.accept('Late');
    await verifyRun(w.k, runId);
    await postRun(w.k, runId);
    await w.drain();
    expect(await w.payable(w.holder)).toBe(950_000n);
    expect(await w.payable(late)).toBe(0n);
    await w.paid(1, 1_000_000n);
    await w.drain();
    expect(await w.payable(late)).toBe(380_000n);
  });

  it('is divided once by two schedulers at a time', async () => {
    const { invoiceId } = await w.paid(5, 7_777n);
    const plans = await Promise.all([1, 2, 3].map(() => planRun(w.k, { invoiceId })));
    const [runId, ...more] = plans.filter((id) => id !== undefined);
    expect(more).toEqual([]);
    for (let turn = 0; turn < 3; turn++) await Promise.all([1, 2, 3].map(() => advanceRun(w.k, runId!)));
    expect(await listRuns(w.k)).toMatchObject([{ state: 'posted' }]);
    await w.drain();
    expect((await w.payable(w.holder)) + (await w.balance('fee'))).toBe(38_885n);
  });
});

describe('a share that is not accepted', () => {
  it('waits under its name, and is paid with the yes', async () => {
    await w.share(600_000, [{ name: 'Nora', sharePpm: 400_000 }]);
    await w.paid(1, 1_000_001n);
    await w.drain();
    expect(await w.payable(w.holder)).toBe(570_001n);
    expect(await w.balance('suspense-unaccepted', w.workId)).toBe(380_000n);
    expect(await waitingFor(w.k, w.holder.party.id)).toMatchObject([
      { reason: 'unaccepted', holder: 'Nora', amountMicro: 380_000n, mine: false },
    ]);
    const nora = await w.accept('Nora');
    await w.drain();
    expect(await w.payable(nora)).toBe(380_000n);
    expect(await suspenseOf(w.k)).toEqual([]);
    const [release] = (await listRuns(w.k)).filter(({ kind }) => kind === 'release');
    expect(release).toMatchObject({ state: 'posted', subject: w.workId, totalMicro: 380_000n });
  });

  it('is paid to whom it belongs when the shares are drawn up anew', async () => {
    await w.share(600_000, [{ name: 'Ida', sharePpm: 400_000 }]);
    await w.paid(1, 1_000_000n);
    await w.drain();
    await w.share(700_000, [{ name: 'Otto', sharePpm: 300_000 }]);
    await w.drain();
    expect(await w.payable(w.holder)).toBe(665_000n);
    expect(await w.balance('suspense-unaccepted', w.workId)).toBe(285_000n);
    const otto = await w.accept('Otto');
    await w.drain();
    expect([await w.payable(w.holder), await w.payable(otto)]).toEqual([665_000n, 285_000n]);
  });

  it('that was accepted while its run went on is paid right after it', async () => {
    await w.share(500_000, [{ name: 'Mia', sharePpm: 500_000 }]);
    const { invoiceId } = await w.paid(1, 1_000_000n);
    await planRun(w.k, { invoiceId });
    const mia = await w.accept('Mia');
    await w.drain();
    expect(await w.payable(mia)).toBe(475_000n);
  });
});

describe('a share that is contested', () => {
  it('waits, and is paid when the objection is rejected', async () => {
    await w.share(600_000, [{ name: 'Eva', sharePpm: 400_000 }]);
    const eva = await w.accept('Eva');
    await contest();
    await w.paid(1, 1_000_000n);
    await w.drain();
    expect([await w.payable(w.holder), await w.payable(eva)]).toEqual([0n, 380_000n]);
    expect(await waitingFor(w.k, w.holder.party.id)).toMatchObject([{ reason: 'contested', mine: true }]);
    await decide('rejected');
    expect(await w.payable(w.holder)).toBe(570_000n);
  });

  it('has no owner when the objection is upheld, until the shares are whole again', async () => {
    await contest();
    await w.paid(1, 1_000_000n);
    await w.drain();
    await decide('upheld');
    expect(await w.balance('suspense-contested', w.workId)).toBe(0n);
    expect(await w.balance('suspense-ownerless', w.workId)).toBe(950_000n);
    await w.share(100_000, [{ name: 'Uli', sharePpm: 900_000 }]);
    const uli = await w.accept('Uli');
    await w.drain();
    expect([await w.payable(w.holder), await w.payable(uli)]).toEqual([95_000n, 855_000n]);
    expect(await suspenseOf(w.k)).toEqual([]);
  });
});

describe('a credit note', () => {
  it('takes back from where the money is by now, in any number of steps, to the last micro-unit', async () => {
    await w.share(333_333, [
      { name: 'Ben', sharePpm: 333_333 },
      { name: 'Cleo', sharePpm: 333_334 },
    ]);
    const { invoiceId, lineId } = await w.paid(1, 1_000_003n);
    await w.drain();
    const ben = await w.accept('Ben');
    await w.drain();
    expect(await w.payable(ben)).toBeGreaterThan(300_000n);
    for (const step of [7n, 100_000n, 333_331n, 566_665n]) await w.credit(invoiceId, lineId, step);
    await w.drain();
    expect([await w.payable(w.holder), await w.payable(ben)]).toEqual([0n, 0n]);
    expect(await w.balance('suspense-unaccepted', w.workId)).toBe(0n);
    expect(await w.balance('fee')).toBe(0n);
    expect(await w.balance('pool', invoiceId)).toBe(0n);
    expect(await suspenseOf(w.k)).toEqual([]);
  });

  it('after the money has left makes a payee owe it', async () => {
    const { invoiceId, lineId } = await w.paid(1, 1_000_000n);
    await w.drain();
    const { id: owner } = w.holder.party;
    await postJournal(w.k, {
      kind: 'test-payout',
      reference: owner,
      lines: [
        { kind: 'payable', owner, currency: 'EUR', amountMicro: -950_000n },
        { kind: 'bank', owner: '', currency: 'EUR', amountMicro: 950_000n },
      ],
    });
    await w.credit(invoiceId, lineId, 400_000n);
    await w.drain();
    expect(await w.payable(w.holder)).toBe(-380_000n);
    const [credit] = (await listRuns(w.k)).filter(({ kind }) => kind === 'credit');
    expect(credit).toMatchObject({ totalMicro: -400_000n, state: 'posted' });
  });
});
