import type { KyselyPlugin } from 'kysely';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Kernel } from '../kernel/index.ts';
import { ledgerChecks } from '../ledger/index.ts';
import { nextStatement, openAccount } from '../testing/camt053.ts';
import { company } from '../testing/company.ts';
import { setUp } from '../testing/offer-terms.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { assignEntry, bankChecks, confirmPayment, importBankStatement, proposePayment } from './index.ts';
import { operator } from './testing/operators.ts';

let k: TestKernel;
let olga: string;
let otto: string;
let acme: string;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  olga = (await operator(k, 'Olga')).user.id;
  otto = (await operator(k, 'Otto')).user.id;
  acme = (await company(k, 'Acme Models')).licenseeId;
  await openAccount(k, olga);
});
afterAll(() => k.close());

/** The same kernel, whose nth statement from now on is never reached. */
function failingAt(nth: number): { k: Kernel; failed: () => boolean } {
  let seen = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      seen += 1;
      if (seen === nth) throw new Error(`crash at statement ${nth}`);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { k: { ...k, db: k.db.withPlugin(plugin) }, failed: () => seen >= nth };
}

/** A digest of all that the bank and the books store. */
async function digest(): Promise<unknown> {
  const found = await sql`select (select md5(json_agg(e order by seq)::text) from bank.entries e) as entries,
    (select count(*)::int from bank.files) as files, (select count(*)::int from bank.statements) as statements,
    (select md5(json_agg(a)::text) from bank.accounts a) as accounts, (select count(*)::int from bank.matches) as matches,
    (select md5(json_agg(p order by seq)::text) from bank.payments p) as payments,
    (select count(*)::int from ledger.postings) as postings, (select count(*)::int from kernel.outbox) as events`.execute(
    k.db,
  );
  return found.rows[0];
}

/** Lets it crash at each of its statements: nothing may stay behind. Then lets it happen; answers how many there are. */
async function sweep<T>(work: (k: Kernel) => Promise<T>): Promise<{ statements: number; result: T }> {
  const before = await digest();
  for (let nth = 1; ; nth += 1) {
    const { k: failing, failed } = failingAt(nth);
    const done = await work(failing).then(
      (result) => ({ result }),
      (error: unknown) => {
        if (!failed()) throw error;
      },
    );
    if (done) return { ...done, statements: nth - 1 };
    expect(await digest()).toEqual(before);
  }
}

async function mustBeSound(): Promise<void> {
  const found = await Promise.all([...bankChecks, ...ledgerChecks].map((check) => check.run(k)));
  expect(found.flat().filter(({ ok }) => !ok)).toEqual([]);
}

it('leaves all or nothing of an import, wherever it stops', async () => {
  const entries = [
    { amountMicro: 5_000_000n, reference: 'B-1', remittance: 'CW-1' },
    { amountMicro: -1_000_000n, reference: 'B-2' },
  ];
  const bytes = await nextStatement(k, entries);
  const { statements, result } = await sweep((t) => importBankStatement(t, { bytes, actor: olga }));
  expect(statements).toBeGreaterThan(10);
  expect(result.newEntries.length).toBe(2);
  await mustBeSound();
});

it('leaves all or nothing of a payment by hand, and of what an entry was for', async () => {
  const said = { kind: 'prepaid', target: acme, amountMicro: 5_000_000n, note: 'cash' } as const;
  const { result: proposed } = await sweep((t) => proposePayment(t, { ...said, actor: olga }));
  const { result } = await sweep((t) => confirmPayment(t, { id: proposed.id, actor: otto }));
  const bytes = await nextStatement(k, [{ amountMicro: 5_000_000n, reference: 'B-3' }]);
  const [entryId = ''] = (await importBankStatement(k, { bytes, actor: olga })).newEntries;
  const shown = { entryId, kind: 'word', target: result.id, actor: olga } as const;
  expect((await sweep((t) => assignEntry(t, shown))).result.state).toBe('matched');
  await mustBeSound();
});
