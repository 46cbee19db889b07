import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTx } from '../kernel/index.ts';
import { failEveryQuery } from '../testing/fail-queries.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { balances, type JournalInput, placeHold, postJournals, reverseJournal } from './index.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

let subjects = 0;
const paid = (owner: string, reference: string, amountMicro: bigint): JournalInput => ({
  kind: 'paid',
  reference: `${owner} ${reference}`,
  lines: [
    { kind: 'prepaid', owner, currency: 'EUR', amountMicro },
    { kind: 'bank', owner: '', currency: 'EUR', amountMicro: -amountMicro },
  ],
});

it('books, reverses and holds exactly once, whichever query loses the connection', async () => {
  const queries = await failEveryQuery(k, {
    prepare: async () => `payer-${subjects++}`,
    run: async (k, owner) => {
      const [first] = await inTx(k, async (t) => {
        const posted = await postJournals(t, [paid(owner, 'a', 5n), paid(owner, 'b', 7n)]);
        await postJournals(t, [paid(owner, 'c', 11n)]);
        return posted;
      });
      await reverseJournal(k, { journalId: first!.journalId, reference: `${owner} a` });
      await inTx(k, async (t) => {
        const reference = `${owner} hold`;
        const held = await sql`select from ledger.holds where reference = ${reference}`.execute(t.db);
        if (held.rows.length > 0) return;
        const choose = () => 18n;
        await placeHold(t, { partyId: owner, currency: 'EUR', reference, expiresAt: t.clock.now(), choose });
      });
    },
    check: async (owner) => {
      expect(await balances(k, { owner })).toEqual([
        { kind: 'prepaid', owner, currency: 'EUR', balanceMicro: 18n },
      ]);
      const { rows } = await sql<{ journals: bigint; held: bigint }>`select
        (select count(*) from ledger.journals where reference like ${`${owner} %`}) as journals,
        (select held_micro from ledger.accounts where owner = ${owner}) as held`.execute(k.db);
      expect(rows).toEqual([{ journals: 4n, held: 18n }]);
    },
  });
  expect(queries).toBe(13);
});

it('notices what happens twice or not at all', async () => {
  await sql`create table public.twice (subject int)`.execute(k.db);
  const prepare = async () => subjects++;
  const count = async (subject: number) => {
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from public.twice
      where subject = ${subject}`.execute(k.db);
    expect(rows).toEqual([{ n: 1n }]);
  };
  const twice = failEveryQuery(k, {
    prepare,
    run: (k, subject) => sql`insert into public.twice values (${subject})`.execute(k.db),
    check: count,
  });
  await expect(twice).rejects.toThrow(/^connection lost after query 1: insert into public.twice/);
  const begun = new Set<number>();
  const seldom = failEveryQuery(k, {
    prepare,
    run: async (k, subject) => {
      if (begun.has(subject)) return;
      begun.add(subject);
      await sql`insert into public.twice values (${subject})`.execute(k.db);
    },
    check: count,
  });
  await expect(seldom).rejects.toThrow(/^connection lost before query 1: insert into public.twice/);
  const failing = failEveryQuery(k, {
    prepare,
    run: (k) => sql`select from public.nowhere`.execute(k.db),
    check: count,
  });
  await expect(failing).rejects.toThrow('public.nowhere');
});
