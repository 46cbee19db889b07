import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { bankAccount } from '../bank/index.ts';
import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { balances, postJournals } from '../ledger/index.ts';
import { findParties, payoutProfiles } from '../parties/index.ts';
import { disputedOf } from '../statements/index.ts';
import { DEBTOR, FILE, openHolder, renderBatch, sha256Hex } from './batch-file.ts';
import type { Batch } from './model.ts';
import { fail } from './problems.ts';
import { type BatchRow, selectBatch, selectBatchSummary, updateOrdered } from './store.ts';
import { markOrdered, selectFileItems } from './store-items.ts';

const PER_POSTING = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type FileItem = Awaited<ReturnType<typeof selectFileItems>>[number];

/** The batch, held until the transaction ends, while it waits for a decision. */
export async function lockProposed(t: Kernel, batchId: string): Promise<BatchRow> {
  const batch = UUID.test(batchId) ? await selectBatch(t.db, batchId, true) : undefined;
  if (!batch) throw fail('batch-unknown');
  if (batch.state !== 'proposed') throw fail('batch-decided');
  return batch;
}

/**
 * Orders a batch: another operator than the one who proposed it says yes. Books every amount from payable to in-payout,
 * and makes the payment file, which from then on is what it is. Throws `batch-unknown`, `batch-decided`,
 * `approver-is-proposer`, `batch-outdated` (a balance, an account or an objection changed since). Sends
 * `payouts.batch-approved` `{ batchId }`.
 */
export async function approveBatch(
  k: Kernel,
  { batchId, actor }: { batchId: string; actor: string },
): Promise<Batch> {
  return inTx(k, async (t) => {
    const batch = await lockProposed(t, batchId);
    if (batch.proposed_by === actor) throw fail('approver-is-proposer');
    const items = await selectFileItems(t.db, batchId);
    await bookOrdered(t, batch, items, actor);
    await mustBeCurrent(t, batch, items);
    const at = t.clock.now();
    const executionDate = await today(t, at);
    const file = await renderBatch(t, batch, { createdAt: at, executionDate });
    await markOrdered(t.db, batchId, at);
    await updateOrdered(t.db, batchId, {
      actor,
      at,
      executionDate,
      fileSealed: await t.keys.seal(FILE, file, batchId),
      fileSha256: sha256Hex(file),
    });
    await recordActivity(t, { actor, action: 'payouts.batch-ordered', subject: `payout-batch:${batchId}` });
    await emit(t, 'payouts.batch-approved', { batchId });
    return (await selectBatchSummary(t.db, batchId))!;
  });
}

async function bookOrdered(t: Kernel, batch: BatchRow, items: readonly FileItem[], approver: string) {
  const journals = items.map((item) => ({
    kind: 'payout-ordered',
    reference: item.id,
    cause: `payout-batch:${batch.id}`,
    actor: batch.proposed_by,
    approver,
    lines: [
      { ...accountOf('payable', item), amountMicro: -item.amount_micro },
      { ...accountOf('in-payout', item), amountMicro: item.amount_micro },
    ],
  }));
  for (let i = 0; i < journals.length; i += PER_POSTING)
    await postJournals(t, journals.slice(i, i + PER_POSTING));
}

function accountOf<K extends 'payable' | 'in-payout'>(kind: K, item: FileItem) {
  return { kind, owner: item.party_id, currency: item.currency };
}

/** Looked at after booking, when the balances are held: nothing can change any more. */
async function mustBeCurrent(t: Kernel, batch: BatchRow, items: readonly FileItem[]): Promise<void> {
  const ids = items.map(({ party_id }) => party_id);
  const { currency } = batch;
  const [left, profiles, disputed] = [
    new Map((await balances(t, { kind: 'payable', currency })).map((one) => [one.owner, one.balanceMicro])),
    await payoutProfiles(t, ids),
    await disputedOf(t, ids, currency),
  ];
  const now = t.clock.now();
  const changed = items.filter(({ party_id: id, profile_version }) => {
    const profile = profiles.get(id);
    const held = disputed.get(id) ?? 0n;
    return (left.get(id) ?? 0n) < held || profile?.version !== profile_version || profile.usableFrom > now;
  });
  if (changed.length > 0) {
    const names = await findParties(t, [changed[0]!.party_id]);
    throw fail('batch-outdated', { detail: names.get(changed[0]!.party_id)?.name ?? '' });
  }
  const debtor = await openHolder(t, DEBTOR, batch.debtor_sealed, batch.id);
  if (!isDeepStrictEqual(debtor, JSON.parse(JSON.stringify((await bankAccount(t)) ?? null))))
    throw fail('batch-outdated', { detail: debtor.name });
}

/** The day the bank is asked to pay: this one, where the instance keeps its books. */
async function today(t: Kernel, at: Date): Promise<string> {
  const { zone } = await requireInstance(t);
  const found = await sql<{ day: string }>`
    select to_char(${at}::timestamptz at time zone ${zone}, 'YYYY-MM-DD') as day`.execute(t.db);
  return found.rows[0]!.day;
}
