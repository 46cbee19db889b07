import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignEntry, bankChecks, confirmPayment, proposePayment, readEntry } from '../bank/index.ts';
import { operator } from '../bank/testing/operators.ts';
import { ledgerChecks } from '../ledger/index.ts';
import { bankSays, openAccount } from '../testing/camt053.ts';
import { drain } from '../testing/drain.ts';
import { usageChecks } from '../usage/index.ts';
import { billingChecks, listInvoices, readInvoice, settlementOf, takePayment } from './index.ts';
import { invoiceNumber, numbersIn } from './model.ts';
import { type BillingWorld, openBillingWorld, reprice, told } from './testing/billing-world.ts';

let w: BillingWorld;
let olga: string;
let otto: string;
beforeAll(async () => {
  w = await openBillingWorld();
  olga = (await operator(w.k, 'Olga')).user.id;
  otto = (await operator(w.k, 'Otto')).user.id;
  await openAccount(w.k, olga);
  await reprice(w, 1_000_000n, 1n);
});
afterAll(() => w.k.close());

const invoiced = async (fetches: number) => {
  await w.fetches(fetches);
  return (await w.close()).invoices[0]!;
};
let references = 0;
const arrives = async (amountMicro: bigint, remittance: string) => {
  const { newEntries } = await bankSays(w.k, olga, [
    { amountMicro, reference: `R-${references++}`, remittance },
  ]);
  await drain(w.k);
  return newEntries[0]!;
};
const again = async (invoiceId: string) => readInvoice(w.k, { invoiceId });
async function faults(): Promise<string[]> {
  const found: string[] = [];
  for (const check of [...ledgerChecks, ...bankChecks, ...usageChecks, ...billingChecks])
    for (const { ok, detail } of await check.run(w.k)) if (!ok) found.push(`${check.name}: ${detail}`);
  return found;
}

describe('a payment', () => {
  it('that names an invoice pays it, once, and says so', async () => {
    const { id, number, totalMicro } = await invoiced(3);
    const entryId = await arrives(
      totalMicro,
      `Payment for ${number.toLowerCase().replace('-', ' ')}, thanks`,
    );
    expect(await again(id)).toMatchObject({ state: 'settled', paidMicro: totalMicro, openMicro: 0n });
    expect(await readEntry(w.k, entryId)).toMatchObject({ state: 'matched', matchedTo: `invoice:${id}` });
    expect((await settlementOf(w.k, id)).payments).toMatchObject([{ source: 'bank', entryId }]);
    await w.k.db.transaction().execute((db) => takePayment({ ...w.k, db }, entryId));
    expect((await told(w)).filter((one) => one === `billing.invoice-paid ${id}`)).toHaveLength(1);
    expect(await w.balance('receivable', w.company.licenseeId)).toBe(0n);
    expect(await faults()).toEqual([]);
  });

  it('that is too small leaves the rest open; what is over is prepaid', async () => {
    const { id, number, totalMicro } = await invoiced(5);
    await arrives(2_000_000n, number);
    expect(await again(id)).toMatchObject({ state: 'partly-paid', openMicro: totalMicro - 2_000_000n });
    await arrives(4_000_000n, number);
    expect(await again(id)).toMatchObject({ state: 'settled' });
    expect(await w.balance('prepaid', w.company.licenseeId)).toBe(1_000_000n);
    await arrives(500_000n, number);
    expect(await w.balance('prepaid', w.company.licenseeId)).toBe(1_500_000n);
    // The next invoice uses it first.
    expect(await invoiced(2)).toMatchObject({ paidMicro: 1_500_000n, openMicro: 500_000n });
    expect(await faults()).toEqual([]);
  });

  it('that names several pays them in the order of their numbers', async () => {
    const [before] = await listInvoices(w.k, { open: true });
    const [a, b] = [await invoiced(1), await invoiced(2)];
    await arrives(2_400_000n, `${b.number} + ${a.number}, ${before!.number}`);
    expect([(await again(before!.id)).state, (await again(a.id)).state]).toEqual(['settled', 'settled']);
    expect(await again(b.id)).toMatchObject({ openMicro: 1_100_000n });
    await arrives(1_100_000n, b.number);
    expect(await faults()).toEqual([]);
  });

  it('that names none waits until somebody says what it was for', async () => {
    const { id, number } = await invoiced(1);
    const entryId = await arrives(1_000_000n, 'INV-999999, or so');
    expect(await readEntry(w.k, entryId)).toMatchObject({ state: 'open' });
    expect((await again(id)).state).toBe('open');
    await assignEntry(w.k, { entryId, kind: 'invoice', target: number, actor: olga });
    await drain(w.k);
    expect((await again(id)).state).toBe('settled');
    expect(await faults()).toEqual([]);
  });

  it('on the word of two people is marked so', async () => {
    const { id, number } = await invoiced(1);
    const proposed = await proposePayment(w.k, {
      kind: 'invoice',
      target: number,
      amountMicro: 1_000_000n,
      note: 'cheque',
      actor: olga,
    });
    await confirmPayment(w.k, { id: proposed.id, actor: otto });
    await drain(w.k);
    expect((await settlementOf(w.k, id)).payments).toMatchObject([{ source: 'operator-word' }]);
    expect((await again(id)).state).toBe('settled');
    expect(await faults()).toEqual([]);
  });

  it('out of the account pays nothing', async () => {
    const { id, number } = await invoiced(1);
    await arrives(-1_000_000n, number);
    expect((await again(id)).state).toBe('open');
  });
});

describe('the number of an invoice', () => {
  it('is found as people write it, and nowhere else', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.constantFrom('', ' ', '-', ' - ', '.', '/'),
        fc.constantFrom('INV', 'inv', 'Inv'),
        (number, between, prefix) => {
          expect(numbersIn(`for ${prefix}${between}${number}, thank you`)).toEqual([number]);
          expect(numbersIn(invoiceNumber(number))).toEqual([number]);
        },
      ),
    );
    expect(numbersIn('INV-000012 INV-12 inv13')).toEqual([12n, 13n]);
    for (const text of ['', '000012', 'MYINV-12', 'INV', 'INVOICE 12', 'INV-0123456789012345', 'CN-000012'])
      expect(numbersIn(text), text).toEqual([]);
  });
});
