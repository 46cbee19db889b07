import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTx, type Kernel } from '../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import {
  type AccountKind,
  balanceAt,
  balances,
  booksClosedTo,
  closeBooks,
  entriesOf,
  type JournalInput,
  ledgerChecks,
  placeHold,
  postJournal,
  postJournals,
  reverseJournal,
} from './index.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createTestKernel();
});
afterAll(() => k.close());

let references = 0;
const reference = () => `r${references++}`;
const line = (kind: AccountKind, owner: string, amountMicro: bigint, currency = 'EUR') => ({
  kind,
  owner,
  currency,
  amountMicro,
});
/** Money from the bank onto an account; a negative amount goes back. */
const moved = (
  kind: AccountKind,
  owner: string,
  amount: bigint,
  more: Partial<JournalInput> = {},
): JournalInput => ({
  kind: 'test',
  reference: reference(),
  lines: [line(kind, owner, amount), line('bank', '', -amount)],
  ...more,
});
const at = (ms: number) => new Date(k.clock.now().getTime() + ms);
const account = (kind: AccountKind, owner: string) => ({ kind, owner, currency: 'EUR' });
const balance = async (kind: AccountKind, owner: string) =>
  (await balances(k, account(kind, owner)))[0]?.balanceMicro ?? 0n;
const code = (value: string) => expect.objectContaining({ code: value });

/** All findings that are not right. */
async function findings(of: Kernel = k): Promise<string[]> {
  const all = await Promise.all(
    ledgerChecks.map(async ({ name, run }) => (await run(of)).map((one) => ({ ...one, name }))),
  );
  return all
    .flat()
    .filter(({ ok }) => !ok)
    .map(({ name, detail }) => `${name}: ${detail}`);
}

/** Does what only a superuser can, looks, and takes it back. */
async function tampered(...changes: readonly ReturnType<typeof sql>[]): Promise<string[]> {
  let found: string[] = [];
  const undo = new Error('undo');
  await inTx(k, async (t) => {
    await sql`set local session_replication_role = replica`.execute(t.db);
    for (const change of changes) await change.execute(t.db);
    found = await findings(t);
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return found;
}

describe('the books', () => {
  beforeEach(async () => expect(await findings()).toEqual([]));

  it('I-1: every journal sums to zero in each currency', async () => {
    const bad: JournalInput[] = [
      { kind: 'test', reference: reference(), lines: [line('fee', '', 5n)] },
      { kind: 'test', reference: reference(), lines: [line('fee', '', 5n), line('bank', '', -4n)] },
      { kind: 'test', reference: reference(), lines: [line('fee', '', 5n), line('bank', '', -5n, 'USD')] },
    ];
    for (const journal of bad) {
      await expect(postJournal(k, journal)).rejects.toEqual(code('journal-unbalanced'));
      await expect(postJournals(k, [moved('fee', '', 1n), journal])).rejects.toEqual(
        code('journal-unbalanced'),
      );
    }
    const rates = { kind: 'test', reference: reference() };
    const two = [line('fee', '', 5n), line('bank', '', -5n), line('fee', '', 6n, 'USD')];
    await postJournal(k, { ...rates, lines: [...two, line('bank', '', -6n, 'USD'), line('word', '', 0n)] });
    expect(await balance('word', '')).toBe(0n);
    const { journalId } = await postJournal(k, moved('fee', '', 7n));
    expect(
      await tampered(sql`update ledger.postings set amount_micro = 8, balance_after = balance_after + 1
        where journal_id = ${journalId} and line = 1`),
    ).toContain(`ledger.journals-balance: ledger.journals ${journalId}: its lines sum to 1 micro-EUR`);
  });

  it('I-2: all accounts of a currency sum to zero', async () => {
    await postJournal(k, moved('payable', 'p2', 7n));
    expect(await tampered(sql`update ledger.accounts set posted_micro = 9 where owner = 'p2'`)).toContain(
      'ledger.books-balance: ledger.accounts in EUR: together they hold 2 micro-units instead of 0',
    );
  });

  it('I-3: a balance is the sum of its postings and what the last one left', async () => {
    await postJournal(k, moved('prepaid', 'p3', 7n));
    await postJournals(k, [moved('prepaid', 'p3', 5n), moved('prepaid', 'p3', -2n)]);
    expect(await balance('prepaid', 'p3')).toBe(10n);
    const entries = await entriesOf(k, account('prepaid', 'p3'), { limit: 9 });
    expect(entries.map(({ amountMicro, balanceAfter }) => [amountMicro, balanceAfter])).toEqual([
      [7n, 7n],
      [5n, 12n],
      [-2n, 10n],
    ]);
    const found = await tampered(
      sql`update ledger.accounts set posted_micro = posted_micro + 1 where owner = 'p3' or kind = 'bank'`,
      sql`update ledger.accounts set held_micro = 1 where owner = 'p3'`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^ledger.balances-kept: ledger.accounts \S+ \(prepaid p3 EUR\): posted_micro is 11, its postings sum to 10, the last one left 10$/,
        ),
        expect.stringMatching(/\(prepaid p3 EUR\): held_micro is 1, its open holds sum to 0$/),
      ]),
    );
  });

  it('I-4: the postings of an account are numbered without a gap', async () => {
    const many = Array.from({ length: 20 }, () => moved('payable', 'p4', 1n));
    await Promise.all([
      postJournals(k, many.slice(0, 9)),
      ...many.slice(9).map((one) => postJournal(k, one)),
    ]);
    const first = await entriesOf(k, account('payable', 'p4'), { limit: 15 });
    const rest = await entriesOf(k, account('payable', 'p4'), { afterVersion: 15n, limit: 15 });
    expect([...first, ...rest].map(({ version }) => version)).toEqual(
      Array.from({ length: 20 }, (_, i) => BigInt(i + 1)),
    );
    const { journalId } = first[7]!;
    const found = await tampered(sql`delete from ledger.postings where journal_id = ${journalId}`);
    const next = first[8]!.journalId;
    expect(found).toContain(
      `ledger.history-whole: ledger.postings ${next} line 1: version 9 of its account follows 7; 7 and 1 are 8, not 9`,
    );
    expect(found).toContainEqual(expect.stringContaining(`nothing-changed: ledger.journals ${journalId}`));
  });

  it('I-5: nothing takes effect in a closed period', async () => {
    const early = moved('payable', 'p5', 3n, { effectiveAt: at(-5_000) });
    const { journalId } = await postJournal(k, early);
    const to = at(-1_000);
    expect(await booksClosedTo(k)).toBeUndefined();
    expect(await closeBooks(k, { to, actor: 'anna' })).toBe(true);
    expect(await closeBooks(k, { to, actor: 'anna' })).toBe(false);
    expect(await closeBooks(k, { to: at(-2_000), actor: 'anna' })).toBe(false);
    expect(await booksClosedTo(k)).toEqual(to);
    await expect(closeBooks(k, { to: at(1), actor: 'anna' })).rejects.toEqual(code('period-not-over'));

    const late = moved('payable', 'p5', 4n, { effectiveAt: at(-1_001) });
    await expect(postJournal(k, late)).rejects.toEqual(code('period-closed'));
    expect(await postJournal(k, early)).toEqual({ journalId, booked: false });
    await postJournal(k, { ...late, effectiveAt: to });
    k.clock.advance(-60_000);
    await postJournal(k, moved('payable', 'p5', 5n));
    k.clock.advance(60_000);
    const entries = await entriesOf(k, account('payable', 'p5'), { after: to, limit: 9 });
    expect(entries.map(({ effectiveAt, amountMicro }) => [effectiveAt, amountMicro])).toEqual([
      [to, 4n],
      [to, 5n],
    ]);
    expect(await balanceAt(k, account('payable', 'p5'), to)).toBe(3n);
    expect(await balanceAt(k, account('payable', 'p5'), at(0))).toBe(12n);

    k.clock.advance(60_000);
    expect(await closeBooks(k, { to: at(-1), actor: 'ben' })).toBe(true);
    expect(await findings()).toEqual([]);
    const smuggled = await postJournal(k, moved('fee', '', 1n));
    k.clock.advance(10);
    const found = await tampered(
      sql`update ledger.journals set booked_at = ${at(0)}, effective_at = ${at(-70_000)} where id = ${smuggled.journalId}`,
    );
    expect(found).toContainEqual(
      expect.stringMatching(
        `closed-stays-closed: ledger.journals ${smuggled.journalId} .*: takes effect before .*, which was closed when`,
      ),
    );
    expect(found).toContainEqual(expect.stringContaining('closed-stays-closed: ledger.closings 20'));
  });

  it('I-6: nothing that is booked changes unnoticed', async () => {
    const { journalId: id } = await postJournal(
      k,
      moved('payable', 'p6', 3n, { actor: 'anna', cause: 'run' }),
    );
    const named = expect.stringContaining(`nothing-changed: ledger.journals ${id} `);
    for (const change of [
      sql`update ledger.journals set cause = 'walk' where id = ${id}`,
      sql`update ledger.journals set actor = null where id = ${id}`,
      sql`update ledger.journals set approver = 'ben' where id = ${id}`,
      sql`update ledger.journals set reference = reference || 'x' where id = ${id}`,
      sql`update ledger.journals set effective_at = effective_at + interval '1 microsecond' where id = ${id}`,
      sql`update ledger.postings set amount_micro = amount_micro * 2 where journal_id = ${id}`,
      sql`update ledger.postings set line = line + 1 where journal_id = ${id} and line = 2`,
      sql`delete from ledger.postings where journal_id = ${id}`,
      sql`update ledger.accounts set owner = 'p7' where owner = 'p6'`,
    ])
      expect(await tampered(change)).toContainEqual(named);
    expect(await tampered(sql`delete from ledger.journals where id = ${id}`)).toContain(
      `ledger.nothing-changed: ledger.postings ${id} line 1: there is no such journal`,
    );
    expect(
      await tampered(
        sql`set local session_replication_role = origin`,
        sql`alter table ledger.postings disable trigger postings_never_change`,
      ),
    ).toEqual(['ledger.nothing-changed: ledger.postings: trigger postings_never_change is switched off']);
  });

  it('I-7: the same reference is booked at most once, with the same answer', async () => {
    const journal = moved('payable', 'p7', 3n, { cause: 'run 1', actor: 'anna' });
    const all = await Promise.all(Array.from({ length: 8 }, () => postJournal(k, journal)));
    expect(all.filter(({ booked }) => booked)).toHaveLength(1);
    expect(new Set(all.map(({ journalId }) => journalId)).size).toBe(1);
    const { journalId } = all[0]!;
    k.clock.advance(1);
    const other = moved('payable', 'p7', 1n);
    const [a, b, c] = await postJournals(k, [other, journal, other]);
    expect([a!.booked, b, c]).toEqual([
      true,
      { journalId, booked: false },
      { journalId: a!.journalId, booked: false },
    ]);
    expect(await balance('payable', 'p7')).toBe(4n);
    for (const lines of [
      [line('payable', 'p7', 4n), line('bank', '', -4n)],
      [line('payable', 'p8', 3n), line('bank', '', -3n)],
      [line('bank', '', -3n), line('payable', 'p7', 3n)],
      [],
    ])
      await expect(postJournals(k, [moved('fee', '', 1n), { ...journal, lines }])).rejects.toEqual(
        code('journal-differs'),
      );
    await expect(postJournal(k, { ...journal, effectiveAt: at(0) })).rejects.toEqual(code('journal-differs'));
    const empty = { kind: 'test', reference: reference(), lines: [] };
    const none = await postJournal(k, empty);
    expect(none.booked).toBe(true);
    expect(await postJournal(k, empty)).toEqual({ ...none, booked: false });
    expect(
      await tampered(
        sql`alter table ledger.journals drop constraint journals_kind_reference_key`,
        sql`insert into ledger.journals select gen_random_uuid(), kind, reference, booked_at, effective_at, cause, actor,
          approver, reverses, sha256 from ledger.journals where id = ${journalId}`,
      ),
    ).toContainEqual(
      expect.stringMatching(/booked-once: ledger.journals \S+: test r\d+ was booked 2 times$/),
    );
  });

  it('I-8: a journal is reversed at most once, line by line', async () => {
    const { journalId } = await postJournal(k, {
      kind: 'test',
      reference: reference(),
      lines: [line('payable', 'p8', 3n), line('payable', 'p8', 4n), line('bank', '', -7n)],
    });
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) =>
        reverseJournal(k, { journalId, reference: `undo-${i}`, actor: 'a' }),
      ),
    );
    const done = tries.filter((one) => one.status === 'fulfilled');
    expect(done).toHaveLength(1);
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toEqual(code('journal-reversed'));
    const reversal = done[0]!.value.journalId;
    const again = tries.findIndex((one) => one.status === 'fulfilled');
    expect(await reverseJournal(k, { journalId, reference: `undo-${again}`, actor: 'a' })).toEqual({
      journalId: reversal,
      booked: false,
    });
    expect(await balance('payable', 'p8')).toBe(0n);
    await expect(reverseJournal(k, { journalId: k.ids.id(), reference: reference() })).rejects.toEqual(
      code('journal-unknown'),
    );
    const found = await tampered(
      sql`update ledger.postings set amount_micro = -4 where journal_id = ${reversal} and line = 1`,
    );
    expect(found).toContain(
      `ledger.reversed-once: ledger.journals ${reversal}: it does not negate what it reverses`,
    );
    expect(
      await tampered(sql`delete from ledger.postings where journal_id = ${reversal} and line = 3`),
    ).toContain(`ledger.reversed-once: ledger.journals ${reversal}: it does not reverse every line`);
  });

  it('I-9: no account is below its minimum at any version', async () => {
    await postJournal(k, moved('prepaid', 'p9', 10n));
    await inTx(k, (t) =>
      placeHold(t, {
        partyId: 'p9',
        currency: 'EUR',
        reference: reference(),
        expiresAt: at(9_000),
        choose: () => 4n,
      }),
    );
    for (const journals of [
      [moved('prepaid', 'p9', -7n)],
      [moved('prepaid', 'p9', -11n), moved('prepaid', 'p9', 11n)],
      [moved('in-payout', 'p9', -1n)],
      [moved('refund-due', 'p9', 1n), moved('refund-due', 'p9', -2n)],
    ])
      await expect(postJournals(k, journals)).rejects.toEqual(code('balance-too-low'));
    await postJournals(k, [moved('prepaid', 'p9', -6n), moved('payable', 'p9', -5n)]);
    const paid = await postJournal(k, moved('refund-due', 'p9', 2n));
    await postJournal(k, moved('refund-due', 'p9', -2n));
    await expect(reverseJournal(k, { journalId: paid.journalId, reference: reference() })).rejects.toEqual(
      code('balance-too-low'),
    );
    expect(await balance('prepaid', 'p9')).toBe(4n);
    expect(
      await tampered(sql`update ledger.postings set balance_after = -1 where balance_after = 4 and account_id =
        (select id from ledger.accounts where kind = 'prepaid' and owner = 'p9')`),
    ).toContainEqual(expect.stringMatching(/minimum-kept: .* it left -1 on prepaid p9 EUR$/));
  });
});

it('refuses what is no account', async () => {
  for (const wrong of [line('fee', 'me', 1n), line('payable', '', 1n), line('payable', 'a b', 1n)])
    await expect(
      postJournal(k, { kind: 'test', reference: reference(), lines: [wrong, line('bank', '', -1n)] }),
    ).rejects.toThrow('accounts_owner_check');
  await expect(
    postJournals(
      k,
      Array.from({ length: 5_001 }, () => moved('fee', '', 1n)),
    ),
  ).rejects.toThrow(RangeError);
  expect(await postJournals(k, [])).toEqual([]);
});

it('names nothing that is in order', async () => {
  const all = await Promise.all(ledgerChecks.map((one) => one.run(k)));
  expect(all.flat().every(({ ok }) => ok)).toBe(true);
  expect(all.flat()).toHaveLength(ledgerChecks.length);
});
