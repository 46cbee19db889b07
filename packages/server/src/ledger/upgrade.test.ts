import { sql } from 'kysely';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { allMigrations } from '../app.ts';
import { clientOptions, migrate, openDatabase } from '../kernel/index.ts';
import { createTestKernel } from '../testing/test-kernel.ts';
import { balances, entriesOf, ledgerChecks, topUp } from './index.ts';

it('what was booked before there were books for all becomes part of them', async () => {
  const k = await createTestKernel();
  const connection = { ...inject('testCluster'), database: `ledger_upgrade_${process.pid}` };
  const admin = new pg.Client(clientOptions({ ...connection, database: 'postgres' }));
  await admin.connect();
  await admin.query(`create database ${connection.database}`);
  await admin.end();
  const { db, close } = openDatabase(connection, 2);
  const old = { ...k, db };
  const [party, prepaid, received] = [k.ids.id(), k.ids.id(), k.ids.id()];
  try {
    await migrate(db, allMigrations, ({ module, name }) => module !== 'ledger' || name < '0002');
    await db.connection().execute(async (one) => {
      await sql`set session_replication_role = replica`.execute(one);
      await sql`insert into ledger.accounts (id, kind, owner_id, currency, created_at)
        values (${prepaid}, 'prepaid', ${party}, 'EUR', now()), (${received}, 'received', null, 'EUR', now())`.execute(
        one,
      );
      await sql`set session_replication_role = origin`.execute(one);
      for (const [index, amount] of [500, 7].entries()) {
        const lines = [
          { account: prepaid, amountMicro: `${amount}` },
          { account: received, amountMicro: `${-amount}` },
        ];
        await sql`select ledger.post(${k.ids.id()}, 'top-up', ${`t${index}`}, now() - ${`${9 - index} s`}::interval,
          ${JSON.stringify(lines)}::jsonb)`.execute(one);
      }
      await sql`insert into ledger.holds (id, account_id, amount_micro, reference, placed_at, expires_at)
        values (${k.ids.id()}, ${prepaid}, 20, 'h', now(), now())`.execute(one);
    });
    expect(await migrate(db, allMigrations)).toContain('ledger/0002-books.sql');
    const paid = { partyId: party, currency: 'EUR', amountMicro: 7n, reference: 't1' };
    expect(await topUp(old, paid)).toBe(false);
    expect(await topUp(old, { ...paid, reference: 't2' })).toBe(true);
    expect(await balances(old)).toEqual([
      { kind: 'prepaid', owner: party, currency: 'EUR', balanceMicro: 514n },
      { kind: 'received', owner: '', currency: 'EUR', balanceMicro: -514n },
    ]);
    const entries = await entriesOf(old, { kind: 'prepaid', owner: party, currency: 'EUR' }, { limit: 9 });
    expect(entries.map(({ version, reference, balanceAfter }) => [version, reference, balanceAfter])).toEqual(
      [
        [1n, 't0', 500n],
        [2n, 't1', 507n],
        [3n, 't2', 514n],
      ],
    );
    for (const check of ledgerChecks) expect((await check.run(old)).filter(({ ok }) => !ok)).toEqual([]);
  } finally {
    await close();
    await k.close();
  }
});
