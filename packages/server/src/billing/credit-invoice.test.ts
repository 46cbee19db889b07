import { openInvoice } from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { topUp } from '../ledger/index.ts';
import { asSuperuser } from '../testing/as-superuser.ts';
import {
  billingChecks,
  creditInvoice,
  invoiceDocumentOf,
  linesOfCredit,
  linesOfInvoice,
  payInvoice,
  readInvoice,
} from './index.ts';
import { type BillingWorld, openBillingWorld, reprice, told } from './testing/billing-world.ts';

let w: BillingWorld;
let tops = 0;
beforeAll(async () => {
  w = await openBillingWorld();
});
afterAll(() => w.k.close());

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const invoiced = async (fetches: number, price = 12_345n) => {
  await reprice(w, price, 1n);
  await w.fetches(fetches);
  const [invoice] = (await w.close()).invoices;
  const [line] = await linesOfInvoice(w.k, invoice!.id);
  return { invoiceId: invoice!.id, lineId: line!.id };
};
const credit = (invoiceId: string, lines: Parameters<typeof creditInvoice>[1]['lines']) =>
  creditInvoice(w.k, { invoiceId, lines, reason: 'counted twice', actor: w.actor });
const prepay = (amountMicro: bigint) =>
  inTx(w.k, (t) =>
    topUp(t, { partyId: w.company.licenseeId, currency: 'EUR', amountMicro, reference: `top-${tops++}` }),
  );

async function findings(): Promise<string[]> {
  const found: string[] = [];
  for (const check of billingChecks)
    for (const { ok, detail } of await check.run(w.k)) if (!ok) found.push(`${check.name}: ${detail}`);
  return found;
}

describe('a credit note', () => {
  it('takes units back at their price, and the rest of the line with the last one', async () => {
    const { invoiceId, lineId } = await invoiced(3);
    const first = await credit(invoiceId, [{ lineId, units: 1n }]);
    expect(first).toMatchObject({ number: 'CN-000001', exactMicro: -12_345n, invoiceId });
    await credit(invoiceId, [{ lineId, amountMicro: 45n }]);
    const last = await credit(invoiceId, [{ lineId, units: 2n }]);
    expect(await linesOfCredit(w.k, last.id)).toMatchObject([
      { kind: 'credit', corrects: lineId, units: -2n, amountMicro: -24_645n },
    ]);
    expect(await w.balance('pool', invoiceId)).toBe(0n);
    const { publicKey } = await w.k.keys.signing('documents');
    expect(await openInvoice(await invoiceDocumentOf(w.k, last.id), () => publicKey)).toMatchObject({
      kind: 'credit-note',
      corrects: (await readInvoice(w.k, { invoiceId })).number,
      reason: 'counted twice',
    });
    expect(await findings()).toEqual([]);
  });

  it('is never above what was charged', async () => {
    const { invoiceId, lineId } = await invoiced(2);
    const other = await invoiced(1);
    for (const [lines, code] of [
      [[{ lineId, units: 3n }], 'credit-too-high'],
      [[{ lineId, amountMicro: 24_691n }], 'credit-too-high'],
      [[{ lineId, units: 0n }], 'credit-malformed'],
      [[{ lineId, units: -1n }], 'credit-malformed'],
      [[{ lineId, amountMicro: 0n }], 'credit-malformed'],
      [[], 'credit-malformed'],
      [[{ lineId: other.lineId, units: 1n }], 'credit-malformed'],
      [
        [
          { lineId, units: 1n },
          { lineId, units: 1n },
        ],
        'credit-malformed',
      ],
    ] as const)
      expect(
        await codeOf(credit(invoiceId, lines)),
        JSON.stringify(lines, (_, v) => String(v)),
      ).toBe(code);
    await credit(invoiceId, [{ lineId, units: 1n }]);
    expect(await codeOf(credit(invoiceId, [{ lineId, units: 2n }]))).toBe('credit-too-high');
    expect(await codeOf(credit(w.k.ids.id(), [{ lineId, units: 1n }]))).toBe('invoice-unknown');
    const two = await Promise.all([1, 2].map(() => codeOf(credit(invoiceId, [{ lineId, units: 1n }]))));
    expect(two.sort()).toEqual(['credit-too-high', 'done']);
    expect(await findings()).toEqual([]);
  });

  it('reduces what is open, and gives the rest back as prepaid balance', async () => {
    const { invoiceId, lineId } = await invoiced(4, 20_000n);
    const before = await w.balance('prepaid', w.company.licenseeId);
    expect(before).toBe(0n);
    expect(await codeOf(payInvoice(w.k, { invoiceId, actor: w.actor }))).toBe('nothing-to-pay');
    const { openMicro, totalMicro } = await readInvoice(w.k, { invoiceId });
    await prepay(openMicro - 10_000n);
    await payInvoice(w.k, { invoiceId, actor: w.actor });
    expect(await readInvoice(w.k, { invoiceId })).toMatchObject({ openMicro: 10_000n, state: 'partly-paid' });
    expect(await told(w)).not.toContain(`billing.invoice-paid ${invoiceId}`);
    const note = await credit(invoiceId, [{ lineId, units: 4n }]);
    expect(await readInvoice(w.k, { invoiceId })).toMatchObject({ openMicro: 0n, state: 'settled' });
    expect(note.settledMicro).toBe(10_000n);
    expect(await w.balance('prepaid', w.company.licenseeId)).toBe(-note.totalMicro - 10_000n);
    expect(-note.totalMicro).toBeLessThanOrEqual(totalMicro + 10_000n);
    // What it takes back is told after what it takes back from.
    expect((await told(w)).slice(-2)).toEqual([
      `billing.invoice-paid ${invoiceId}`,
      `billing.credit-issued ${invoiceId} ${note.id}`,
    ]);
    expect(await findings()).toEqual([]);
  });

  it('of a paid invoice is told at once', async () => {
    await prepay(1_000_000n);
    const { invoiceId, lineId } = await invoiced(2, 20_000n);
    expect((await readInvoice(w.k, { invoiceId })).state).toBe('settled');
    const note = await credit(invoiceId, [{ lineId, units: 1n }]);
    expect(note.settledMicro).toBe(0n);
    expect((await told(w)).at(-1)).toBe(`billing.credit-issued ${invoiceId} ${note.id}`);
  });
});

describe('the checks of billing', () => {
  it('name the row a superuser changed', async () => {
    const { invoiceId, lineId } = await invoiced(2, 20_000n);
    expect(await findings()).toEqual([]);
    const change = (statement: string) => asSuperuser(w.k, sql.raw(statement));
    const attempts = [
      ['lines', 'units = 3', 'units = 2', lineId, `billing.lines id ${lineId}: units is 3`],
      [
        'lines',
        'amount_micro = 1',
        'amount_micro = 40000',
        lineId,
        `billing.lines id ${lineId}: amount_micro is 1`,
      ],
      [
        'lines',
        "use = 'ai-train'",
        "use = 'ai-input'",
        lineId,
        `billing.lines id ${lineId}: use is ai-train`,
      ],
      [
        'invoices',
        'total_micro = total_micro + 10000',
        'total_micro = total_micro - 10000',
        invoiceId,
        `billing.invoices id ${invoiceId}: total_micro is`,
      ],
      [
        'invoices',
        "sha256 = ''",
        `sha256 = '${'0'.repeat(64)}'`,
        invoiceId,
        `billing.invoices id ${invoiceId}`,
      ],
    ] as const;
    for (const [table, to, back, id, named] of attempts) {
      await change(`update billing.${table} set ${to} where id = '${id}'`);
      expect((await findings()).join('\n')).toContain(named);
      await change(`update billing.${table} set ${back} where id = '${id}'`);
    }
    const payment = await sql<{ id: string }>`select id from billing.payments limit 1`.execute(w.k.db);
    await change(`update billing.payments set amount_micro = 1 where id = '${payment.rows[0]!.id}'`);
    expect((await findings()).join('\n')).toContain(`account receivable, owner ${w.company.licenseeId}`);
    await change(`delete from billing.invoices where id = '${invoiceId}'`);
    expect((await findings()).join('\n')).toMatch(/INV-\d+ is missing/);
  });
});
