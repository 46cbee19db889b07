import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTx, type Kernel, Problem } from '../kernel/index.ts';
import { balances, closeBooks, ledgerChecks } from '../ledger/index.ts';
import { bankSays, nextStatement, OUR_ACCOUNT, openAccount } from '../testing/camt053.ts';
import { drain } from '../testing/drain.ts';
import { setUp } from '../testing/offer-terms.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  bankChecks,
  importBankStatement,
  listEntries,
  readEntry,
  renderCamt053,
  type WrittenEntry,
  type WrittenStatement,
} from './index.ts';
import { operator } from './testing/operators.ts';

let k: TestKernel;
let actor: string;
beforeEach(async () => {
  k = await createTestKernel();
  await setUp(k);
  actor = (await operator(k, 'Olga')).user.id;
  await openAccount(k, actor);
});
afterEach(() => k.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const base: WrittenStatement = {
  id: 'S-1',
  sequence: 1,
  iban: OUR_ACCOUNT.iban,
  currency: 'EUR',
  date: '2026-11-20',
  openingMicro: 0n,
  entries: [],
};
const file = (...statements: Partial<WrittenStatement>[]) =>
  bytes(
    renderCamt053({
      messageId: 'M-1',
      createdAt: new Date('2026-11-21T04:00:00Z'),
      statements: statements.map((one) => ({ ...base, ...one })),
    }),
  );
const credit: WrittenEntry = { amountMicro: 12_340_000n, reference: 'B-1', remittance: 'Invoice CW-1' };
const debit: WrittenEntry = { amountMicro: -2_000_000n, reference: 'B-2', endToEndId: 'E-2' };
const take = (content: Uint8Array) => importBankStatement(k, { bytes: content, actor });

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'taken';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** Everything the import writes, to see that nothing was. */
async function rows(kernel: Kernel): Promise<unknown> {
  const found = await sql`select (select count(*)::int from bank.files) as files,
    (select count(*)::int from bank.statements) as statements, (select count(*)::int from bank.entries) as entries,
    (select count(*)::int from bank.accounts) as accounts, (select count(*)::int from ledger.journals) as journals,
    (select count(*)::int from kernel.outbox where type = 'bank.entry-recorded') as events`.execute(
    kernel.db,
  );
  return found.rows[0];
}

async function faults(): Promise<string[]> {
  const found = await Promise.all([...bankChecks, ...ledgerChecks].map((check) => check.run(k)));
  return found.flat().flatMap(({ ok, detail }) => (ok ? [] : [detail]));
}

describe('a statement', () => {
  it('brings each entry into the books once, where it waits until somebody knows what it is for', async () => {
    const done = await take(file({ entries: [credit, debit] }));
    expect([done.again, done.knownEntries, done.newEntries.length]).toEqual([false, 0, 2]);
    const [first] = done.newEntries;
    expect(await readEntry(k, first!)).toMatchObject({
      source: 'statement',
      amountMicro: 12_340_000n,
      openMicro: 12_340_000n,
      remittance: 'Invoice CW-1',
      bookedAt: '2026-11-20',
      state: 'open',
      matchedTo: null,
    });
    expect(await balances(k, { kind: 'bank' })).toMatchObject([{ balanceMicro: -10_340_000n }]);
    expect(await balances(k, { kind: 'unidentified', owner: first! })).toMatchObject([
      { balanceMicro: 12_340_000n },
    ]);
    expect(await rows(k)).toMatchObject({ files: 1, statements: 1, entries: 2, journals: 2, events: 2 });
    await drain(k);
    expect(await faults()).toEqual([]);
  });

  it('changes nothing when it comes again, byte for byte or in another file', async () => {
    const content = file({ entries: [credit, debit] });
    await take(content);
    const before = (await rows(k)) as { files: number };
    expect(await take(content)).toMatchObject({ again: true, newEntries: [] });
    expect(await rows(k)).toEqual(before);
    const other = file({ id: 'copy', entries: [credit, debit] });
    expect(await take(other)).toMatchObject({ again: false, newEntries: [], knownEntries: 2 });
    expect(await rows(k)).toMatchObject({ entries: 2, journals: 2 });
    expect(await faults()).toEqual([]);
  });

  it('may repeat what is known, of which only the rest is new', async () => {
    await take(file({ entries: [credit, debit] }));
    const third = { amountMicro: 5_000_000n, reference: 'B-3' };
    const done = await take(
      file({ entries: [{ ...debit, bookedOn: '2026-11-20' }, third], openingMicro: 12_340_000n, id: 'S-2' }),
    );
    expect([done.newEntries.length, done.knownEntries]).toEqual([1, 1]);
    expect(await take(file({ entries: [credit], id: 'old' }))).toMatchObject({
      newEntries: [],
      knownEntries: 1,
    });
    expect(await faults()).toEqual([]);
  });

  it('may come with others in one file, and without entries', async () => {
    const done = await take(
      file(
        { entries: [credit] },
        { id: 'S-2', openingMicro: 12_340_000n },
        { id: 'S-3', openingMicro: 12_340_000n, entries: [debit] },
      ),
    );
    expect(done.newEntries.length).toBe(2);
    expect(await rows(k)).toMatchObject({ statements: 3 });
    expect(await faults()).toEqual([]);
  });

  it('may begin with money that was there before, which is not in the books', async () => {
    await take(file({ entries: [credit], openingMicro: 1_000_000_000n }));
    expect(await balances(k, { kind: 'bank' })).toMatchObject([{ balanceMicro: -12_340_000n }]);
    expect(await faults()).toEqual([]);
  });

  it('takes effect on its day, and in the open period when that is closed', async () => {
    await take(file({ entries: [credit] }));
    const found = await sql<{ at: Date }>`select effective_at as at from ledger.journals`.execute(k.db);
    expect(found.rows[0]!.at.toISOString()).toBe('2026-11-20T22:59:59.999Z');
    await inTx(k, (t) => closeBooks(t, { to: new Date('2026-11-21T00:00:00Z'), actor }));
    await take(file({ entries: [debit], openingMicro: 12_340_000n, id: 'S-2' }));
    const late = await sql`select 1 from ledger.journals where effective_at > '2026-11-21'`.execute(k.db);
    expect(late.rows.length).toBe(1);
    expect(await faults()).toEqual([]);
  });
});

describe('a statement that is refused leaves nothing', () => {
  it.each<[string, string, Partial<WrittenStatement>[]]>([
    ['a wrong sum', 'bank-statement-wrong-sum', [{ entries: [credit], closingMicro: 12_350_000n }]],
    ['a duplicate entry', 'bank-statement-duplicate-entry', [{ entries: [credit, credit] }]],
    ['another currency', 'bank-statement-other-currency', [{ entries: [credit], currency: 'USD' }]],
    ['another account', 'bank-statement-other-account', [{ iban: 'FR1420041010050500013M02606' }]],
    ['a gap inside', 'bank-statement-gap', [{ entries: [credit] }, { id: 'S-3', openingMicro: 13_340_000n }]],
    [
      'a good one before a bad one',
      'bank-statement-wrong-sum',
      [{ entries: [credit] }, { closingMicro: 1_000_000n }],
    ],
  ])('%s', async (_, code, statements) => {
    expect(await refusal(take(file(...statements)))).toBe(code);
    expect(await rows(k)).toEqual({
      files: 0,
      statements: 0,
      entries: 0,
      accounts: 0,
      journals: 0,
      events: 0,
    });
  });

  it('a gap after the last one, also where nothing moved', async () => {
    await take(file({ entries: [credit] }));
    const before = await rows(k);
    for (const later of [
      { openingMicro: 20_000_000n, entries: [debit], date: '2026-11-22' },
      { openingMicro: 20_000_000n, date: '2026-11-22' },
      { openingMicro: 20_000_000n },
    ]) {
      expect(await refusal(take(file({ id: 'S-3', ...later })))).toBe('bank-statement-gap');
    }
    const again = { id: 'S-2', openingMicro: 12_340_000n, entries: [credit, debit] };
    expect(await refusal(take(file(again)))).toBe('bank-statement-duplicate-entry');
    expect(await rows(k)).toEqual(before);
  });

  it('any, before the account is known', async () => {
    await sql`delete from kernel.settings where key = 'bank.account'`.execute(k.db);
    expect(await refusal(take(file({ entries: [credit] })))).toBe('bank-account-missing');
  });
});

describe('two imports at once', () => {
  it('of one file count once', async () => {
    const content = file({ entries: [credit, debit] });
    const done = await Promise.all(Array.from({ length: 6 }, () => take(content)));
    expect(done.filter(({ again }) => !again).length).toBe(1);
    expect(await rows(k)).toMatchObject({ files: 1, entries: 2, journals: 2, events: 2 });
    expect(await faults()).toEqual([]);
  });

  it('of overlapping files count what is new once', async () => {
    const days = [credit, debit, { amountMicro: 3_000_000n, reference: 'B-3' }];
    const upTo = (n: number) => file({ id: `to ${n}`, entries: days.slice(0, n) });
    await Promise.all([take(upTo(1)), take(upTo(2)), take(upTo(3))]);
    expect((await listEntries(k)).entries.length).toBe(3);
    expect(await balances(k, { kind: 'bank' })).toMatchObject([{ balanceMicro: -13_340_000n }]);
    expect(await faults()).toEqual([]);
  });
});

it('a whole year of statements is one chain', async () => {
  for (let day = 0; day < 12; day += 1) {
    const entries = Array.from({ length: day % 4 }, (_, i) => ({
      amountMicro: i % 2 === 0 ? 7_000_000n : -1_000_010n,
      reference: `B-${day}-${i}`,
    }));
    await bankSays(k, actor, entries);
    k.clock.advance(86_400_000);
  }
  expect(await take(await nextStatement(k, []))).toMatchObject({ newEntries: [] });
  const page = await listEntries(k, { limit: 10 });
  const rest = await listEntries(k, { limit: 10, before: page.next! });
  expect([page.entries.length, rest.entries.length, rest.next]).toEqual([10, 8, null]);
  expect(await faults()).toEqual([]);
});

describe('a check names what a superuser altered', () => {
  const alter = async (statement: string) => {
    await sql
      .raw(`set session_replication_role = replica; ${statement}; set session_replication_role = default`)
      .execute(k.db);
  };
  it.each([
    [
      'an amount',
      `update bank.entries set amount_micro = amount_micro + 1 where amount_micro > 0`,
      'bank.entries',
    ],
    [
      'a text',
      `update bank.entries set content = jsonb_set(content, '{remittance}', '"x"')`,
      'not what was recorded',
    ],
    ['an entry', `delete from bank.entries where amount_micro > 0`, 'the bank has no such entry'],
    ['a balance', `update bank.statements set closing_micro = closing_micro + 1`, 'bank.statements'],
    [
      'where the account stands',
      `update bank.accounts set closing_micro = closing_micro + 1`,
      'account bank EUR',
    ],
    [
      'a journal',
      `delete from ledger.postings where amount_micro = 12340000; delete from ledger.postings where amount_micro = -12340000`,
      'not in the books',
    ],
  ])('%s', async (_, statement, named) => {
    const done = await take(file({ entries: [credit, debit] }));
    await alter(statement);
    const found = (await faults()).join('\n');
    expect(found).toContain(named);
    if (named === 'bank.entries') expect(found).toContain(done.newEntries[0]);
  });
});

it('records never change', async () => {
  await take(file({ entries: [credit] }));
  for (const table of ['files', 'statements', 'entries']) {
    await expect(sql.raw(`delete from bank.${table}`).execute(k.db)).rejects.toThrow('append-only');
  }
});
