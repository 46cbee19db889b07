import { openInvoice } from '@clearway/protocol';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { topUp } from '../ledger/index.ts';
import {
  closePeriod,
  dropPeriod,
  invoiceDocumentOf,
  linesOfInvoice,
  lineUsage,
  listInvoices,
  openPeriod,
  readInvoice,
} from './index.ts';
import { type BillingWorld, openBillingWorld, reprice, told } from './testing/billing-world.ts';

let w: BillingWorld;
beforeAll(async () => {
  w = await openBillingWorld();
});
afterAll(() => w.k.close());

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const open = (from: string, to: string) => openPeriod(w.k, { from, to, actor: w.actor });

describe('a period', () => {
  it('is any range of time that overlaps no other', async () => {
    const first = await open('2020-01-01', '2020-02-01');
    expect([first.from.toISOString(), first.to.toISOString()]).toEqual([
      '2019-12-31T23:00:00.000Z',
      '2020-01-31T23:00:00.000Z',
    ]);
    for (const [from, to] of [
      ['2020-01-01', '2020-02-01'],
      ['2019-12-31', '2020-01-02'],
      ['2020-01-31T23:59:59.999', '2020-03-01'],
      ['2019-01-01', '2021-01-01'],
    ] as const)
      expect(await codeOf(open(from, to)), from).toBe('period-overlaps');
    const next = await open('2020-02-01', '2020-02-01T00:00:01');
    const instant = await open('2020-01-31T23:00:01Z', '2020-02-01T01:00:01+01:00');
    expect(instant.from).toEqual(next.to);
    for (const { id } of [first, next, instant]) await dropPeriod(w.k, { periodId: id, actor: w.actor });
    expect(await codeOf(dropPeriod(w.k, { periodId: first.id, actor: w.actor }))).toBe('period-unknown');
  });

  it('is as long as the clocks of its zone make it', async () => {
    const hours = async (from: string, to: string) => {
      const period = await open(from, to);
      await dropPeriod(w.k, { periodId: period.id, actor: w.actor });
      return (period.to.getTime() - period.from.getTime()) / 3_600_000;
    };
    expect(await hours('2026-03-29', '2026-03-30')).toBe(23);
    expect(await hours('2026-10-25', '2026-10-26')).toBe(25);
    expect(await hours('2026-10-24T12:00', '2026-10-25T12:00')).toBe(25);
    expect(await hours('2024-02-29', '2024-03-01')).toBe(24);
  });

  it('is refused when it is none', async () => {
    for (const [from, to] of [
      ['2026-02-30', '2026-03-01'],
      ['2026-13-01', '2026-14-01'],
      ['2026-01-02', '2026-01-01'],
      ['2026-01-01', '2026-01-01'],
      ['2026-01-01T24:00', '2026-01-03'],
      ['2026-01-01T10:61', '2026-01-03'],
      ['2026-01-01T10:00+29:00', '2026-01-03'],
      ['0000-01-01', '2026-01-01'],
    ] as const)
      expect(await codeOf(open(from, to)), `${from} ${to}`).toBe('period-malformed');
  });

  it('is closed once it is past, after those before it', async () => {
    const early = await open('2019-01-01', '2019-02-01');
    const late = await open('2019-03-01', '2019-04-01');
    const ahead = await open('2030-01-01', '2030-02-01');
    const close = (periodId: string) => codeOf(closePeriod(w.k, { periodId, actor: w.actor }));
    expect(await close(ahead.id)).toBe('period-not-past');
    expect(await close(late.id)).toBe('period-earlier-open');
    expect(await close(early.id)).toBe('done');
    expect(await close(late.id)).toBe('done');
    expect(await codeOf(open('2019-02-01', '2019-03-01'))).toBe('period-before-closed');
    expect(await codeOf(dropPeriod(w.k, { periodId: late.id, actor: w.actor }))).toBe('period-is-closed');
    await dropPeriod(w.k, { periodId: ahead.id, actor: w.actor });
    expect(await close(w.k.ids.id())).toBe('period-unknown');
    expect(await close("x'")).toBe('period-unknown');
    for (const change of [
      sql`update billing.periods set to_at = now() where id = ${late.id}`,
      sql`update billing.periods set closed_at = null, closed_by = null where id = ${late.id}`,
      sql`delete from billing.periods where id = ${late.id}`,
    ])
      await expect(change.execute(w.k.db)).rejects.toThrow('closed once');
  });
});

describe('closing', () => {
  beforeEach(() => reprice(w, 20_000n, 1n));

  it('charges what was counted, at the pinned price, in a signed invoice', async () => {
    await w.fetches(3);
    const { period, invoices } = await w.close();
    const [invoice] = invoices;
    expect(invoices).toMatchObject([
      {
        licenseeId: w.company.licenseeId,
        currency: 'EUR',
        exactMicro: 60_000n,
        totalMicro: 60_000n,
        openMicro: 60_000n,
        state: 'open',
        periodId: period.id,
      },
    ]);
    const [line, ...more] = await linesOfInvoice(w.k, invoice!.id);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ kind: 'usage', units: 3n, amountMicro: 60_000n, grade: 'gate-counted' });
    const refs = await lineUsage(w.k, line!.id);
    expect(refs.map(({ units }) => units)).toEqual([1n, 1n, 1n]);
    expect(await lineUsage(w.k, line!.id, { after: refs[0]!.ref, limit: 1 })).toEqual([refs[1]]);
    const { publicKey } = await w.k.keys.signing('documents');
    const document = await openInvoice(await invoiceDocumentOf(w.k, invoice!.id), () => publicKey);
    expect(document).toMatchObject({
      proForma: true,
      role: 'agent',
      number: invoice!.number,
      lines: [{ holders: [{ id: w.holder.party.id, name: 'Holder' }], units: '3' }],
      totalMicro: '60000',
    });
    expect(await w.balance('receivable')).toBe(-60_000n);
    expect(await w.balance('pool', invoice!.id)).toBe(60_000n);
  });

  it('is done once, also by two at a time and again', async () => {
    await w.fetches(1);
    w.k.clock.advance(1_000);
    const last = (await listInvoices(w.k, { limit: 1 }))[0]!;
    const from = (await sql<{ to: Date }>`select max(to_at) as to from billing.periods`.execute(w.k.db))
      .rows[0]!;
    const period = await open(from.to.toISOString(), w.k.clock.now().toISOString());
    const close = () => closePeriod(w.k, { periodId: period.id, actor: w.actor });
    const both = await Promise.all([close(), close(), close()]);
    expect(both.map(({ closed }) => closed).sort()).toEqual([false, false, true]);
    expect(new Set(both.map(({ invoiceIds }) => invoiceIds.join()))).toHaveProperty('size', 1);
    expect(await close()).toMatchObject({ closed: false, invoiceIds: both[0]!.invoiceIds });
    const after = await listInvoices(w.k, { limit: 1 });
    expect(BigInt(after[0]!.number.slice(4))).toBe(BigInt(last.number.slice(4)) + 1n);
  });

  it('leaves what comes late to the next period', async () => {
    await w.close();
    const at = new Date(w.k.clock.now().getTime() - 60_000);
    await w.fetches(2, at);
    const { invoices, period } = await w.close();
    expect(invoices).toMatchObject([{ exactMicro: 40_000n }]);
    const [line] = await linesOfInvoice(w.k, invoices[0]!.id);
    const [ref] = await lineUsage(w.k, line!.id);
    expect(ref!.at).toEqual(at);
    expect(at < period.from).toBe(true);
    expect((await w.close()).invoices).toEqual([]);
  });

  it('has lines for what is free, and tells at once that nothing is open', async () => {
    await reprice(w, 0n, 1n);
    await w.fetches(2);
    const { invoices } = await w.close();
    expect(invoices).toMatchObject([{ exactMicro: 0n, totalMicro: 0n, state: 'settled' }]);
    expect(await linesOfInvoice(w.k, invoices[0]!.id)).toMatchObject([{ units: 2n, amountMicro: 0n }]);
    expect((await told(w)).slice(-3)).toEqual([
      `billing.invoice-issued ${invoices[0]!.id}`,
      `billing.invoice-paid ${invoices[0]!.id}`,
      `billing.period-closed ${invoices[0]!.periodId}`,
    ]);
  });

  it('charges a price below one micro-unit a unit on the sum, rounded once', async () => {
    await reprice(w, 1n, 1_000n);
    await w.fetches(499);
    expect((await w.close()).invoices).toMatchObject([{ exactMicro: 0n }]);
    await w.fetches(1_501);
    expect((await w.close()).invoices).toMatchObject([{ exactMicro: 2n, totalMicro: 0n, carriedMicro: 0n }]);
    await w.fetches(500);
    // The two of before are carried along.
    expect((await w.close()).invoices).toMatchObject([{ exactMicro: 1n, totalMicro: 0n, carriedMicro: 2n }]);
  });

  it('carries fractions of cents over many invoices and loses none', async () => {
    const before = -(await w.balance('rounding', w.company.licenseeId));
    let [exact, total] = [0n, 0n];
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 1n, max: 30_000n }),
        fc.integer({ min: 1, max: 3 }),
        async (price, count) => {
          await reprice(w, price, 1n);
          await w.fetches(count);
          const [invoice] = (await w.close()).invoices;
          exact += invoice!.exactMicro;
          total += invoice!.totalMicro;
          expect(invoice!.totalMicro % 10_000n).toBe(0n);
          const carry = -(await w.balance('rounding', w.company.licenseeId));
          expect(carry).toBe(before + exact - total);
          expect(carry >= 0n && carry < 10_000n).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('uses the prepaid balance first, as far as no promise holds it', async () => {
    const { licenseeId: partyId } = w.company;
    await inTx(w.k, (t) => topUp(t, { partyId, currency: 'EUR', amountMicro: 35_000n, reference: 'first' }));
    const carried = -(await w.balance('rounding', partyId));
    await reprice(w, 10_000n - carried, 1n);
    await w.fetches(1);
    expect((await w.close()).invoices).toMatchObject([
      { totalMicro: 10_000n, paidMicro: 10_000n, state: 'settled' },
    ]);
    await reprice(w, 20_000n, 1n);
    await w.fetches(2);
    const [invoice] = (await w.close()).invoices;
    // 2.5 cents are left, of which whole cents are used.
    expect(invoice).toMatchObject({
      totalMicro: 40_000n,
      paidMicro: 20_000n,
      openMicro: 20_000n,
      state: 'partly-paid',
    });
    expect(await w.balance('prepaid', partyId)).toBe(5_000n);
  });

  it('leaves rows that never change', async () => {
    for (const table of ['invoices', 'lines', 'payments', 'settlements'] as const) {
      const change = sql`delete from ${sql.raw(`billing.${table}`)}`;
      await expect(change.execute(w.k.db)).rejects.toThrow();
    }
    await expect(sql`update billing.lines set units = 9`.execute(w.k.db)).rejects.toThrow('never changes');
    const { openMicro } = (await listInvoices(w.k, { open: true, limit: 1 }))[0]!;
    expect(openMicro > 0n).toBe(true);
    expect(await codeOf(readInvoice(w.k, { invoiceId: w.k.ids.id() }))).toBe('invoice-unknown');
  });
});
