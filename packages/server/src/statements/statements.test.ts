import {
  chainFaults,
  parseStrict,
  readStatementFile,
  type StatementVerdict,
  verifyStatement,
} from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DistributionWorld, openDistributionWorld } from '../distribution/testing/distribution-world.ts';
import { documentsKey, inTx } from '../kernel/index.ts';
import { balances, postJournal } from '../ledger/index.ts';
import { asSuperuser } from '../testing/as-superuser.ts';
import type { Person } from '../testing/register-works.ts';
import { leavesOf } from '../transparency/index.ts';
import {
  answerObjection,
  disputedOf,
  earningsOfMonth,
  issueStatements,
  listStatements,
  objectionsTo,
  raiseObjection,
  readEarning,
  readEarnings,
  readStatement,
  statementCsv,
  statementFile,
  statementsChecks,
  withdrawObjection,
} from './index.ts';

let w: DistributionWorld;
let key: string;
beforeAll(async () => {
  w = await openDistributionWorld();
  key = (await documentsKey(w.k)).verifierKey;
});
afterAll(() => w.k.close());

const issue = (partyId?: string) => {
  w.k.clock.advance(1_000);
  return issueStatements(w.k, { to: w.k.clock.now(), partyId });
};
const viewer = (who: Person) => ({ partyId: who.party.id, operator: false });

/** Every statement of a payee as files, computed again by the protocol, and as a chain. */
async function verified(who: Person): Promise<StatementVerdict[]> {
  const found = await listStatements(w.k, { partyId: who.party.id });
  const verdicts: StatementVerdict[] = [];
  for (const { id } of [...found].reverse()) {
    const { bytes } = await statementFile(w.k, { id, viewer: viewer(who) });
    const verdict = await verifyStatement(bytes, { key });
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([]);
    verdicts.push(verdict);
  }
  expect(chainFaults(verdicts)).toEqual([]);
  return verdicts;
}

async function findings(): Promise<string[]> {
  const found: string[] = [];
  for (const check of statementsChecks)
    for (const { ok, detail } of await check.run(w.k)) if (!ok) found.push(`${check.name}: ${detail}`);
  return found;
}

describe('a statement', () => {
  it('says what was earned, from each use to the amount, and adds up anywhere', async () => {
    await w.paid(3, 2_000_000n);
    await w.drain();
    const [id = ''] = await issue();
    const { document } = await readStatement(w.k, { id, viewer: viewer(w.holder) });
    expect(document).toMatchObject({ number: 1, opening: '0', payee: { id: w.holder.party.id } });
    const [line] = document.lines;
    expect(line).toMatchObject({ units: '3', rated: '6000000', usage: { count: 3 }, grade: 'gate-counted' });
    expect(document.closing).toBe(line?.amount);
    expect(BigInt(line!.amount) + BigInt(line!.fee)).toBe(6_000_000n);
    const [verdict] = await verified(w.holder);
    const [payable] = await balances(w.k, { kind: 'payable', owner: w.holder.party.id });
    expect(verdict?.statement?.closing).toBe(payable?.balanceMicro.toString());
    expect(await leavesOf(w.k, `statement:${id}`)).toHaveLength(1);
    expect(statementCsv(document).split('\r\n')[1]).toContain(`,3,2000000,1,`);
    expect(await findings()).toEqual([]);
  });

  it('is issued when something has moved, and once, also when two issue at a time', async () => {
    expect(await issue()).toEqual([]);
    await w.paid(1, 1_000_001n);
    await w.drain();
    w.k.clock.advance(1_000);
    const to = w.k.clock.now();
    const both = await Promise.all([issueStatements(w.k, { to }), issueStatements(w.k, { to })]);
    expect(both.flat()).toHaveLength(1);
    expect((await verified(w.holder)).map(({ statement }) => statement?.number)).toEqual([1, 2]);
    await expect(issueStatements(w.k, { to: new Date(to.getTime() + 1) })).rejects.toMatchObject({
      code: 'statement-in-future',
    });
  });

  it('has a cut-off: what is booked at it or later is in the next one', async () => {
    const to = w.k.clock.now();
    await w.paid(1, 5_000_000n);
    await w.drain();
    expect(await issueStatements(w.k, { to })).toEqual([]);
    expect(await issue()).toHaveLength(1);
    await verified(w.holder);
  });

  it('follows money that waited, credits, and money on its way through the bank', async () => {
    await w.share(600_000, [{ name: 'Lyra', sharePpm: 400_000 }]);
    const { invoiceId, lineId } = await w.paid(7, 1_111_111n);
    await w.drain();
    await w.credit(invoiceId, lineId, 777_777n);
    await w.drain();
    const lyra = await w.accept('Lyra');
    await w.drain();
    const owner = lyra.party.id;
    const move = (kind: string, ...lines: ['payable' | 'in-payout' | 'unidentified', bigint][]) => {
      w.k.clock.advance(1_000);
      return inTx(w.k, (t) =>
        postJournal(t, {
          kind,
          reference: `${kind} ${lyra.party.id}`,
          lines: lines.map(([account, amountMicro]) => ({
            kind: account,
            owner: account === 'unidentified' ? 'entry-1' : owner,
            currency: 'EUR',
            amountMicro,
          })),
        }),
      );
    };
    await move('payout-ordered', ['payable', -1_000_000n], ['in-payout', 1_000_000n]);
    await issue();
    await move('payout-paid', ['in-payout', -1_000_000n], ['unidentified', 1_000_000n]);
    await move('payout-returned', ['unidentified', -1_000_000n], ['payable', 1_000_000n]);
    await issue();
    const [first, second] = await verified(lyra);
    const waited = first?.statement?.lines.find((line) => line.steps.length > 1);
    expect(waited?.steps.at(-1)).toMatchObject({ feePpm: 0 });
    expect(waited?.steps.at(-1)?.takes.length).toBeGreaterThan(1);
    expect(first?.statement?.inPayout.closing).toBe('1000000');
    expect(second?.statement?.movements.map(({ kind }) => kind)).toEqual(['payout-paid', 'payout-returned']);
    expect(second?.statement?.inPayout).toEqual({ opening: '1000000', closing: '0' });
    await verified(w.holder);
    expect(await findings()).toEqual([]);
  });
});

describe('books that do not agree', () => {
  it('keep one payee from a statement, and nobody else', async () => {
    await w.paid(1, 3_000_000n);
    await w.drain();
    const earned = sql`from ledger.postings p join ledger.accounts a on a.id = p.account_id
      where a.kind = 'payable' and a.owner = ${w.holder.party.id} and p.account_version = a.version`;
    const [last] = (
      await sql<{ journal_id: string; line: number }>`select p.journal_id, p.line ${earned}`.execute(w.k.db)
    ).rows;
    const change = (by: bigint) =>
      asSuperuser(
        w.k,
        sql`update ledger.postings set amount_micro = amount_micro + ${by}
          where journal_id = ${last!.journal_id} and line = ${last!.line}`,
      );
    await change(1n);
    await expect(issue()).rejects.toThrow('1 statements could not be issued, 1 were');
    await change(-1n);
    expect(await issue()).toHaveLength(1);
    await verified(w.holder);
    expect(await findings()).toEqual([]);
  });
});

describe('the earnings of a payee', () => {
  it('are summed by month, work and licensee, and open to the uses', async () => {
    const { byMonth, byWork, byLicensee, standing } = await readEarnings(w.k, w.holder.party.id);
    const sum = byMonth.reduce((all, { netMicro }) => all + netMicro, 0n);
    for (const sums of [byWork, byLicensee]) {
      expect(sums.reduce((all, { netMicro }) => all + netMicro, 0n)).toBe(sum);
    }
    expect(standing).toMatchObject([{ currency: 'EUR', owedMicro: sum, inPayoutMicro: 0n }]);
    const rows = await earningsOfMonth(w.k, w.holder.party.id, byMonth[0]!.id);
    const { runId, no, pos } = rows.at(-1)!;
    const id = `${runId}:${no}:${pos}`;
    const { line, uses } = await readEarning(w.k, { id, partyId: w.holder.party.id });
    expect(uses).toHaveLength(line.usage.count);
    expect(uses[0]).toMatchObject({ units: 1, path: expect.any(String), sha256: expect.any(String) });
    const stranger = { id, partyId: w.company.licenseeId };
    await expect(readEarning(w.k, stranger)).rejects.toMatchObject({ code: 'earning-unknown' });
    for (const bad of ['', 'x:1:1', `${runId}:0:99`, `${runId}:1`]) {
      await expect(readEarning(w.k, { id: bad, partyId: w.holder.party.id })).rejects.toMatchObject({
        code: 'earning-unknown',
      });
    }
    expect(await earningsOfMonth(w.k, w.holder.party.id, '2026-13')).toEqual([]);
  });

  it('are nobody else’s', async () => {
    const [{ id } = { id: '' }] = await listStatements(w.k, { partyId: w.holder.party.id });
    const other = { partyId: w.company.licenseeId, operator: false };
    await expect(readStatement(w.k, { id, viewer: other })).rejects.toMatchObject({
      code: 'statement-unknown',
    });
    await expect(statementFile(w.k, { id, viewer: other })).rejects.toMatchObject({
      code: 'statement-unknown',
    });
    await expect(readStatement(w.k, { id: 'none', viewer: other })).rejects.toMatchObject({
      code: 'statement-unknown',
    });
    expect((await readStatement(w.k, { id, viewer: { ...other, operator: true } })).id).toBe(id);
  });
});

describe('an objection', () => {
  it('holds back what it disputes until it is answered, and nothing else', async () => {
    const [{ id: statementId, earnedMicro } = { id: '', earnedMicro: 0n }] = (
      await listStatements(w.k, { partyId: w.holder.party.id })
    ).slice(-1);
    const { id: userId } = w.holder.user;
    const partyId = w.holder.party.id;
    const held = async () => (await disputedOf(w.k, [partyId], 'EUR')).get(partyId);
    expect(await held()).toBeUndefined();
    const about = { statementId, partyId, userId, reason: 'the fee is too high' };
    const line = await raiseObjection(w.k, { ...about, position: 1 });
    const amount = (await readStatement(w.k, { id: statementId, viewer: viewer(w.holder) })).document
      .lines[0]!.amount;
    expect(await held()).toBe(BigInt(amount));
    await expect(raiseObjection(w.k, { ...about, position: 1 })).rejects.toMatchObject({
      code: 'objection-open',
    });
    await expect(raiseObjection(w.k, { ...about, position: 9 })).rejects.toMatchObject({
      code: 'earning-unknown',
    });
    w.k.clock.advance(1_000);
    const whole = await raiseObjection(w.k, about);
    expect(await held()).toBe(earnedMicro);
    await withdrawObjection(w.k, { id: whole, partyId, userId });
    await answerObjection(w.k, {
      id: line,
      outcome: 'declined',
      answer: 'It is what you agreed to.',
      userId: w.actor,
    });
    expect(await held()).toBeUndefined();
    await expect(
      answerObjection(w.k, { id: line, outcome: 'upheld', answer: 'no', userId: w.actor }),
    ).rejects.toMatchObject({ code: 'objection-answered' });
    expect((await objectionsTo(w.k, statementId)).map(({ outcome }) => outcome)).toEqual([
      'declined',
      'withdrawn',
    ]);
    const stranger = { ...about, partyId: w.company.licenseeId };
    await expect(raiseObjection(w.k, stranger)).rejects.toMatchObject({ code: 'statement-unknown' });
  });
});

describe('the checks of statements', () => {
  it('name the statement that a superuser altered', async () => {
    expect(await findings()).toEqual([]);
    const [{ id } = { id: '' }] = await listStatements(w.k, { partyId: w.holder.party.id });
    const at = sql`where id = ${id}`;
    const attempts = [
      [
        sql`update statements.statements set closing_micro = closing_micro + 1, moved_micro = moved_micro + 1 ${at}`,
        sql`update statements.statements set closing_micro = closing_micro - 1, moved_micro = moved_micro - 1 ${at}`,
      ],
      [
        sql`update statements.statements set sealed = sealed || 'x' ${at}`,
        sql`update statements.statements set sealed = left(sealed, -1) ${at}`,
      ],
      [
        sql`update statements.lines set amount_micro = amount_micro + 1 where statement_id = ${id}`,
        sql`update statements.lines set amount_micro = amount_micro - 1 where statement_id = ${id}`,
      ],
    ] as const;
    for (const [change, back] of attempts) {
      await asSuperuser(w.k, change);
      expect((await findings()).join('\n')).toContain(id);
      await asSuperuser(w.k, back);
    }
    expect(await findings()).toEqual([]);
    await expect(sql`update statements.statements set number = 9 ${at}`.execute(w.k.db)).rejects.toThrow(
      'once',
    );
    await expect(sql`delete from statements.lines`.execute(w.k.db)).rejects.toThrow('once');
  });

  it('a downloaded file with a use left out is no statement any more', async () => {
    const [{ id } = { id: '' }] = await listStatements(w.k, { partyId: w.holder.party.id });
    const { bytes } = await statementFile(w.k, { id, viewer: viewer(w.holder) });
    expect(parseStrict(new TextDecoder().decode(bytes))).toMatchObject({ verifierKey: key });
    const file = readStatementFile(bytes);
    const [first] = Object.keys(file.usage);
    const less = { ...file, usage: { ...file.usage, [first!]: file.usage[first!]!.slice(1) } };
    const { checks } = await verifyStatement(new TextEncoder().encode(JSON.stringify(less)), { key });
    expect(checks.filter(({ ok }) => !ok).length).toBeGreaterThan(0);
  });
});
