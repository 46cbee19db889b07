import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTx, Problem } from '../kernel/index.ts';
import { balanceOf, balances } from '../ledger/index.ts';
import { bankSays, openAccount } from '../testing/camt053.ts';
import { type Company, company } from '../testing/company.ts';
import { setUp } from '../testing/offer-terms.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  assignEntry,
  bankChecks,
  confirmPayment,
  listEntries,
  listPayments,
  markMatched,
  proposePayment,
  readEntry,
  withdrawPayment,
} from './index.ts';
import { operator } from './testing/operators.ts';

let k: TestKernel;
let olga: string;
let otto: string;
let acme: Company;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  olga = (await operator(k, 'Olga')).user.id;
  otto = (await operator(k, 'Otto')).user.id;
  acme = await company(k, 'Acme Models');
  await openAccount(k, olga);
});
afterAll(() => k.close());

const codeOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
};
const faults = async () => {
  const found = await Promise.all(bankChecks.map((check) => check.run(k)));
  return found.flat().filter(({ ok }) => !ok);
};
const inAdvance = (amountMicro: bigint, actor = olga) =>
  proposePayment(k, { kind: 'prepaid', target: acme.licenseeId, amountMicro, note: 'cash', actor });
const available = async () =>
  (await balanceOf(k, { partyId: acme.licenseeId, currency: 'EUR' })).availableMicro;
let references = 0;
const arrived = async (amountMicro: bigint, remittance = 'thanks') => {
  const { newEntries } = await bankSays(k, olga, [
    { amountMicro, reference: `R-${references++}`, remittance },
  ]);
  return newEntries[0]!;
};

describe('money entered by hand', () => {
  it('is booked on the word of two operators, and says so', async () => {
    const proposed = await inAdvance(5_000_000n);
    expect([proposed.state, await available()]).toEqual(['proposed', 0n]);
    expect(await codeOf(confirmPayment(k, { id: proposed.id, actor: olga }))).toBe(
      'payment-needs-second-person',
    );
    expect(await available()).toBe(0n);
    const done = await confirmPayment(k, { id: proposed.id, actor: otto });
    expect(done).toMatchObject({ state: 'confirmed', proposedBy: olga, decidedBy: otto });
    expect(await available()).toBe(5_000_000n);
    expect(await readEntry(k, done.entryId!)).toMatchObject({
      source: 'operator-word',
      state: 'matched',
      matchedTo: `prepaid:${acme.licenseeId}`,
      bookedAt: '2026-11-22',
    });
    expect(await balances(k, { kind: 'word' })).toMatchObject([{ balanceMicro: -5_000_000n }]);
    expect(await codeOf(confirmPayment(k, { id: proposed.id, actor: otto }))).toBe('payment-decided');
    expect(await faults()).toEqual([]);
  });

  it('is confirmed once, whoever does so at the same time', async () => {
    const before = await available();
    const { id } = await inAdvance(1_000_000n);
    const [anna, ben] = [(await operator(k, 'Anna')).user.id, (await operator(k, 'Ben')).user.id];
    const done = await Promise.all(
      [anna, ben, otto].map((actor) => codeOf(confirmPayment(k, { id, actor }))),
    );
    expect(done.sort()).toEqual(['done', 'payment-decided', 'payment-decided']);
    expect(await available()).toBe(before + 1_000_000n);
  });

  it('may be withdrawn before, and is for what exists', async () => {
    const { id } = await inAdvance(1_000_000n);
    await withdrawPayment(k, { id, actor: olga });
    expect(await codeOf(confirmPayment(k, { id, actor: otto }))).toBe('payment-decided');
    expect(await codeOf(withdrawPayment(k, { id: 'x', actor: otto }))).toBe('payment-unknown');
    for (const target of ['x', acme.organisationId, acme.signer.party.id]) {
      const wrong = { kind: 'prepaid', target, amountMicro: 1n, note: 'x', actor: olga } as const;
      expect(await codeOf(proposePayment(k, wrong))).toBe('bank-target-unknown');
    }
    expect((await listPayments(k)).map(({ state }) => state)).toContain('withdrawn');
  });

  it('for an invoice names its number, for whoever keeps invoices', async () => {
    const invoice = {
      kind: 'invoice',
      target: 'CW-2026-7',
      amountMicro: 2_000_000n,
      note: 'cheque',
    } as const;
    const { id } = await proposePayment(k, { ...invoice, actor: olga });
    const { entryId } = await confirmPayment(k, { id, actor: otto });
    expect(await readEntry(k, entryId!)).toMatchObject({ remittance: 'CW-2026-7', state: 'open' });
  });

  it('is kept apart until a statement shows it', async () => {
    const { id } = await inAdvance(4_000_000n);
    const word = async () => (await balances(k, { kind: 'word' }))[0]!.balanceMicro;
    expect(
      await codeOf(
        assignEntry(k, { entryId: await arrived(4_000_000n), kind: 'word', target: id, actor: olga }),
      ),
    ).toBe('bank-target-unknown');
    await confirmPayment(k, { id, actor: otto });
    const before = await word();
    const other = await arrived(4_000_010n);
    expect(await codeOf(assignEntry(k, { entryId: other, kind: 'word', target: id, actor: olga }))).toBe(
      'bank-entry-not-for-this',
    );
    const same = await arrived(4_000_000n);
    await assignEntry(k, { entryId: same, kind: 'word', target: id, actor: olga });
    expect((await word()) - before).toBe(4_000_000n);
    expect(
      await codeOf(
        assignEntry(k, { entryId: await arrived(4_000_000n), kind: 'word', target: id, actor: olga }),
      ),
    ).toBe('bank-target-unknown');
    expect(await faults()).toEqual([]);
  });

  it('for an invoice is not taken for a second payment when a statement shows it', async () => {
    const said = { kind: 'invoice', target: 'CW-2026-1', amountMicro: 6_000_000n, note: 'told' } as const;
    const { id } = await proposePayment(k, { ...said, actor: olga });
    await confirmPayment(k, { id, actor: otto });
    for (const [amountMicro, text] of [
      [6_000_000n, 'Invoice CW-2026-12'],
      [6_000_010n, 'Invoice CW-2026-1'],
      [-6_000_000n, 'Invoice CW-2026-1'],
    ] as const) {
      expect((await readEntry(k, await arrived(amountMicro, text))).state).toBe('open');
    }
    const shows = await arrived(6_000_000n, 'Our invoice CW-2026-1.');
    expect((await readEntry(k, shows)).matchedTo).toBe(`word:${id}`);
    const another = await arrived(6_000_000n, 'Our invoice CW-2026-1.');
    expect((await readEntry(k, another)).state).toBe('open');
    expect(await faults()).toEqual([]);
  });

  it('can never be confirmed by who proposed it, even in the database', async () => {
    const { id } = await inAdvance(1n);
    const entry = (await listEntries(k)).entries.find(({ state }) => state === 'open')!;
    const forged =
      sql`update bank.payments set state = 'confirmed', decided_by = proposed_by, decided_at = now(),
      entry_id = ${entry.id} where id = ${id}`.execute(k.db);
    await expect(forged).rejects.toThrow('check constraint');
  });
});

describe('an entry nobody knows', () => {
  it('becomes what an operator says it was for', async () => {
    const before = await available();
    const paid = await arrived(3_000_000n);
    const assigned = { entryId: paid, kind: 'prepaid', target: acme.licenseeId, actor: olga } as const;
    expect(await assignEntry(k, assigned)).toMatchObject({ state: 'matched', openMicro: 0n });
    expect(await codeOf(assignEntry(k, assigned))).toBe('bank-entry-matched');
    expect(await available()).toBe(before + 3_000_000n);
    const charge = await arrived(-250_000n, 'charges');
    expect(await codeOf(assignEntry(k, { ...assigned, entryId: charge }))).toBe('bank-entry-not-for-this');
    await assignEntry(k, { entryId: charge, kind: 'own', target: '', actor: olga });
    expect(await balances(k, { kind: 'fee' })).toMatchObject([{ balanceMicro: -250_000n }]);
    expect(await faults()).toEqual([]);
  });

  it('is told again to whoever keeps invoices when its number is said', async () => {
    const entryId = await arrived(9_000_000n, 'for you');
    const events = async () =>
      (
        await sql<{ n: number }>`select count(*)::int as n from kernel.outbox
          where type = 'bank.entry-recorded' and payload ->> 'entryId' = ${entryId}`.execute(k.db)
      ).rows[0]!.n;
    expect(await events()).toBe(1);
    const said = await assignEntry(k, { entryId, kind: 'invoice', target: 'CW-9', actor: olga });
    expect(said).toMatchObject({ remittance: 'CW-9', written: 'for you', state: 'open' });
    expect(await events()).toBe(2);
  });

  it('is matched in parts, never more than it is', async () => {
    const entryId = await arrived(10_000_000n);
    const mark = (to: string, amountMicro: bigint) =>
      codeOf(inTx(k, (t) => markMatched(t, { entryId, to, amountMicro })));
    expect(await mark('invoice:a', 6_000_000n)).toBe('done');
    expect(await mark('invoice:a', 6_000_000n)).toBe('done');
    expect(await mark('invoice:a', 1n)).toBe('bank-entry-matched');
    expect(await mark('invoice:b', 4_000_001n)).toBe('bank-entry-matched');
    expect(await readEntry(k, entryId)).toMatchObject({ state: 'open', openMicro: 4_000_000n });
    const both = await Promise.all([mark('invoice:b', 4_000_000n), mark('prepaid:c', 4_000_000n)]);
    expect(both.sort()).toEqual(['bank-entry-matched', 'done']);
    expect((await readEntry(k, entryId)).state).toBe('matched');
    const out = await arrived(-1_000_000n);
    await inTx(k, (t) => markMatched(t, { entryId: out, to: 'payout:x', amountMicro: -1_000_000n }));
    expect((await readEntry(k, out)).state).toBe('matched');
    expect(await codeOf(readEntry(k, 'x'))).toBe('bank-entry-unknown');
    // Nothing was booked for these, which the check notices.
    expect((await faults()).length).toBe(2);
  });
});
