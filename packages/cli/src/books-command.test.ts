import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMigrations, kernel, ledger, openKernel, readConfig } from '@clearway/server';
import { Command } from 'commander';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { addBooks } from './books-command.ts';

const data = mkdtempSync(join(tmpdir(), 'clearway-books-'));
const open = () => openKernel(readConfig({}, { data }), 'serve', { fsync: false });
let journalId: string;
beforeAll(async () => {
  const { k, close } = await open();
  await kernel.migrate(k.db, allMigrations);
  const posted = await ledger.postJournal(k, {
    kind: 'test',
    reference: 'one',
    lines: [
      { kind: 'prepaid', owner: 'anna', currency: 'EUR', amountMicro: 7n },
      { kind: 'received', owner: '', currency: 'EUR', amountMicro: -7n },
    ],
  });
  journalId = posted.journalId;
  await close();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs `clearway books …` and answers what it printed and its exit code. */
async function books(...args: string[]): Promise<{ printed: string; exit: number }> {
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  const program = new Command().exitOverride();
  addBooks(program);
  await program.parseAsync(['node', 'clearway', 'books', ...args, '--data', data]);
  const exit = Number(process.exitCode ?? 0);
  process.exitCode = 0;
  return { printed: printed.join('\n'), exit };
}

it('says that the books of a stopped instance are right', async () => {
  const { printed, exit } = await books('verify');
  expect(exit).toBe(0);
  expect(printed).toContain('✓ ledger.journals-balance: 1 journals sum to zero in each currency');
  expect(printed).toMatch(/The books are OK\.$/);
  expect(printed).not.toContain('✗');
});

it('names a posting that was altered, while the instance runs', async () => {
  const { k, close } = await open();
  try {
    await k.db.connection().execute(async (db) => {
      await sql`set session_replication_role = replica`.execute(db);
      await sql`update ledger.postings set amount_micro = 8 where journal_id = ${journalId} and line = 1`.execute(
        db,
      );
    });
    const { printed, exit } = await books('verify', '--json');
    expect(exit).toBe(1);
    const answer = JSON.parse(printed) as { ok: boolean; findings: { name: string; ok: boolean }[] };
    expect(answer.ok).toBe(false);
    expect(answer.findings).toContainEqual({
      name: 'ledger.history-whole',
      ok: false,
      detail: `ledger.postings ${journalId} line 1: version 1 of its account follows 0; 0 and 8 are 8, not 7`,
    });
    const wrong = answer.findings.filter(({ ok, name }) => !ok && name.startsWith('ledger.'));
    expect(wrong.map(({ name }) => name)).toEqual([
      'ledger.journals-balance',
      'ledger.balances-kept',
      'ledger.history-whole',
      'ledger.nothing-changed',
    ]);
  } finally {
    await close();
  }
});

it('says so when a check cannot run', async () => {
  const { k, close } = await open();
  await sql`alter table ledger.closings rename to mislaid`.execute(k.db);
  await close();
  const { printed, exit } = await books('verify');
  expect(exit).toBe(1);
  expect(printed).toContain(
    '✗ ledger.closed-stays-closed: could not be checked: relation "ledger.closings" does not exist',
  );
  expect(printed).toContain('✗ ledger.history-whole: ');
});
