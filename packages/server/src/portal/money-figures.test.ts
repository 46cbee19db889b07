import { openNote } from '@clearway/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { documentsKey, inTx } from '../kernel/index.ts';
import { type AccountKind, postJournal } from '../ledger/index.ts';
import { setUp } from '../testing/offer-terms.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { median, moneyFigures } from './money-figures.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

let journals = 0;
const OWNERLESS = ['bank', 'word', 'fee'];
const book = (kind: string, ...lines: [AccountKind, string, bigint][]) =>
  inTx(k, (t) =>
    postJournal(t, {
      kind,
      reference: String(journals++),
      lines: lines.map(([account, owner, amountMicro]) => ({
        kind: account,
        owner: OWNERLESS.includes(account) ? '' : owner,
        currency: 'EUR',
        amountMicro,
      })),
    }),
  );
const euro = 1_000_000n;
const values = async () =>
  Object.fromEntries((await moneyFigures(k)).map(({ key, value }) => [key.replace('money.', ''), value]));

it('are none before the instance is set up, and zero after', async () => {
  expect(await moneyFigures(k)).toEqual([]);
  await setUp(k);
  expect(new Set(Object.values(await values()).map(Number))).toEqual(new Set([0]));
});

it('count what records of the bank show, and nothing that was only said or ordered', async () => {
  await book('bank-entry', ['bank', '', -100n * euro], ['unidentified', 'e1', 100n * euro]);
  await book('invoice-payment', ['unidentified', 'e1', -100n * euro], ['receivable', 'acme', 100n * euro]);
  await book('operator-word', ['word', '', -7n * euro], ['unidentified', 'w1', 7n * euro]);
  await book('invoice-payment', ['unidentified', 'w1', -7n * euro], ['prepaid', 'acme', 7n * euro]);
  await book(
    'distribution',
    ['pool', 'i1', -100n * euro],
    ['fee', '', 5n * euro],
    ['payable', 'ada', 40n * euro],
    ['payable', 'ben', 30n * euro],
    ['payable', 'cem', 20n * euro],
    ['suspense-contested', 'w', 2n * euro],
    ['suspense-unaccepted', 'w', 1n * euro],
    ['suspense-ownerless', 'w', 2n * euro],
  );
  for (const [who, micro] of [
    ['ada', 40n * euro],
    ['ben', 30n * euro],
    ['cem', 20n * euro],
  ] as const) {
    await book('payout-ordered', ['payable', who, -micro], ['in-payout', who, micro]);
    if (who === 'cem') continue;
    await book('payout-paid', ['in-payout', who, -micro], ['unidentified', who, micro]);
    await book('bank-entry', ['bank', '', micro], ['unidentified', who, -micro]);
  }
  expect(await values()).toEqual({
    'paid-in': 100n * euro,
    'paid-out': 70n * euro,
    'people-paid': 2,
    'median-paid': 35n * euro,
    owed: 20n * euro,
    held: 3n * euro,
    unclaimed: 2n * euro,
    fee: 5n * euro,
    disputes: 0,
    refusals: 0,
  });
  await book('payout-returned', ['unidentified', 'r1', -30n * euro], ['payable', 'ben', 30n * euro]);
  expect(await values()).toMatchObject({ 'paid-out': 40n * euro, 'people-paid': 1, owed: 50n * euro });
});

it('stand on the page and in a file that anyone can check', async () => {
  const app = createApp(k);
  const page = await (await app.request('http://localhost:4000/numbers?lang=de')).text();
  expect(page).toContain('100,00');
  expect(page).toContain('Median je bezahltem Berechtigten');
  const csv = await (await app.request('http://localhost:4000/numbers.csv')).text();
  const { text } = await openNote(csv, [(await documentsKey(k)).verifierKey]);
  expect(text.split('\n')[0]).toBe('key,value,currency,label,definition,at,instance');
  expect(text).toContain('\nmoney.paid-in,100.00,EUR,Paid in by licensees,');
  expect(text).toContain('\nmoney.people-paid,1,,Holders paid,');
});

it('the median has as many at or above it as at or below it', () => {
  expect(median([])).toBe(0n);
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 9 }),
      (amounts) => {
        const middle = median(amounts);
        const below = amounts.filter((amount) => amount <= middle).length;
        const above = amounts.filter((amount) => amount >= middle).length;
        expect(Math.min(below, above) * 2).toBeGreaterThanOrEqual(amounts.length - 1);
      },
    ),
  );
});
