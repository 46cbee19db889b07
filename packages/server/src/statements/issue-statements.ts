import { type Statement, sealedHash, sealStatement, statementFaults } from '@clearway/protocol';
import { documentsKey, emit, inTx, type Kernel } from '../kernel/index.ts';
import { type Account, balances, type Entry } from '../ledger/index.ts';
import { findParties } from '../parties/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { buildLines, nameOf } from './build-lines.ts';
import { collectEntries, movementsOf, runOf } from './collect-entries.ts';
import { OBJECTION_DAYS, STATEMENT_LEAF, type StatementRow } from './model.ts';
import { failStatements } from './problems.ts';
import { insertStatement, lockHead, selectLatest } from './store.ts';
import { type EarningRow, selectEarningsOfRuns } from './store-earnings.ts';
import { tellPayee } from './tell-payee.ts';

const DAY = 86_400_000;

/**
 * Issues a statement to every payee with a movement before `to` that is on no statement yet, each in a transaction of its
 * own; answers the ids. The same again issues nothing. Throws `statement-in-future`; and after all others have theirs an
 * `AggregateError` when the books of somebody do not agree with what runs gave.
 */
export async function issueStatements(
  k: Kernel,
  { to, partyId }: { to: Date; partyId?: string | undefined },
): Promise<string[]> {
  if (to > k.clock.now()) throw failStatements('statement-in-future');
  const owner = partyId === undefined ? {} : { owner: partyId };
  // Whoever has money on its way had it payable before.
  const accounts = await balances(k, { kind: 'payable', ...owner });
  const issued: string[] = [];
  const failures: unknown[] = [];
  for (const { owner: payee, currency } of accounts) {
    try {
      const id = await inTx(k, (t) => issueStatement(t, { partyId: payee, currency, to }));
      if (id !== undefined) issued.push(id);
    } catch (error) {
      // One whose books do not agree must not keep the others from theirs.
      k.log.error({ err: error, partyId: payee, currency }, 'a statement could not be issued');
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} statements could not be issued, ${issued.length} were`,
    );
  }
  return issued;
}

/** One statement, in the caller's transaction; undefined when nothing has moved. */
export async function issueStatement(
  t: Kernel,
  { partyId, currency, to }: { partyId: string; currency: string; to: Date },
): Promise<string | undefined> {
  if (to > t.clock.now()) throw failStatements('statement-in-future');
  await lockHead(t.db, partyId, currency);
  const before = await selectLatest(t.db, partyId, currency);
  if (before && to <= before.toAt) return undefined;
  const entries = (kind: Account['kind'], behind = 0n) =>
    collectEntries(t, { kind, owner: partyId, currency }, { behind, to });
  const { payable, earnings } = await posted(t, partyId, await entries('payable', before?.payableVersion));
  const inPayout = await entries('in-payout', before?.inPayoutVersion);
  if (payable.length === 0 && inPayout.length === 0) return undefined;

  const payee = (await findParties(t, [partyId])).get(partyId);
  const issuedAt = t.clock.now();
  const objectionUntil = new Date(issuedAt.getTime() + OBJECTION_DAYS * DAY);
  const opening = before?.closingMicro ?? 0n;
  const onTheWay = before?.inPayoutClosingMicro ?? 0n;
  const statement: Statement = {
    format: 'clearway-statement-1',
    issuer: t.site.baseUrl,
    number: (before?.number ?? 0) + 1,
    payee: { id: partyId, name: nameOf(payee?.name) },
    currency,
    period: { ...(before ? { from: before.toAt.toISOString() } : {}), to: to.toISOString() },
    opening: opening.toString(),
    lines: await buildLines(t, earnings),
    movements: movementsOf(payable, inPayout),
    closing: (payable.at(-1)?.balanceAfter ?? opening).toString(),
    inPayout: {
      opening: onTheWay.toString(),
      closing: (inPayout.at(-1)?.balanceAfter ?? onTheWay).toString(),
    },
    ...(before ? { previous: before.sha256 } : {}),
    issuedAt: issuedAt.toISOString(),
    objectionUntil: objectionUntil.toISOString(),
  };
  const faults = statementFaults(statement);
  if (faults.length > 0) throw new Error(`No statement is issued that does not add up: ${faults.join('; ')}`);
  const sealed = await sealStatement(statement, await documentsKey(t));
  const row: StatementRow = {
    id: t.ids.id(),
    partyId,
    currency,
    number: statement.number,
    fromAt: before?.toAt ?? null,
    toAt: to,
    payableVersion: payable.at(-1)?.version ?? before?.payableVersion ?? 0n,
    inPayoutVersion: inPayout.at(-1)?.version ?? before?.inPayoutVersion ?? 0n,
    openingMicro: opening,
    earnedMicro: earnings.reduce((sum, earning) => sum + earning.netMicro, 0n),
    movedMicro: statement.movements.reduce((sum, movement) => sum + BigInt(movement.payable), 0n),
    closingMicro: BigInt(statement.closing),
    inPayoutOpeningMicro: onTheWay,
    inPayoutClosingMicro: BigInt(statement.inPayout.closing),
    sealed,
    sha256: await sealedHash(sealed),
    issuedAt,
    objectionUntil,
  };
  await insertStatement(t.db, row, statement.lines);
  await appendLeaf(t, {
    type: STATEMENT_LEAF,
    subject: `statement:${row.id}`,
    record: { payee: partyId, currency, number: row.number, sha256: row.sha256 },
  });
  await emit(t, 'statements.issued', { statementId: row.id, partyId });
  await tellPayee(t, row);
  return row.id;
}

/**
 * The postings up to the first of a run that is still being posted, and the earnings they are made of. What a run gave and
 * what was booked must be the same: a statement never covers up a difference.
 */
async function posted(
  t: Kernel,
  partyId: string,
  entries: readonly Entry[],
): Promise<{ payable: Entry[]; earnings: EarningRow[] }> {
  const runs = [...new Set(entries.flatMap((entry) => runOf(entry) ?? []))];
  const earnings = await selectEarningsOfRuns(t.db, partyId, runs);
  const byRun = Map.groupBy(earnings, (earning) => earning.runId);
  const end = entries.findIndex((entry) => {
    const run = runOf(entry);
    return run !== undefined && !byRun.has(run);
  });
  const payable = end === -1 ? [...entries] : entries.slice(0, end);
  const kept = new Set(payable.flatMap((entry) => runOf(entry) ?? []));
  for (const run of kept) {
    const booked = payable.reduce((sum, entry) => (runOf(entry) === run ? sum + entry.amountMicro : sum), 0n);
    const given = byRun.get(run)!.reduce((sum, earning) => sum + earning.netMicro, 0n);
    if (booked !== given)
      throw new Error(`Run ${run} gave ${given} to party ${partyId}, the ledger has ${booked}.`);
  }
  return { payable, earnings: earnings.filter((earning) => kept.has(earning.runId)) };
}
