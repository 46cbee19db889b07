import { createHash } from 'node:crypto';
import { type AccountHolder, bankAccount } from '../bank/index.ts';
import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { CREDITOR, DEBTOR } from './batch-file.ts';
import { type Chosen, choosePayees } from './choose-payees.ts';
import { type Batch, MINIMUM_MICRO } from './model.ts';
import { fail } from './problems.ts';
import { insertBatch, insertLeftOut, selectBatchSummary } from './store.ts';
import { insertItems, type NewItem } from './store-items.ts';

/**
 * Proposes to pay all who can be paid in one currency; books nothing. Who cannot is kept with the reason. `minimumMicro`
 * is the least that is paid, in micro-units (one unit of the currency where it is not said). `actor` is the operator's
 * user id. Throws `payout-account-missing`, `nothing-to-pay`, `batch-waiting`.
 */
export async function proposeBatch(
  k: Kernel,
  about: { currency: string; minimumMicro?: bigint | undefined; actor: string },
): Promise<Batch> {
  const { currency, minimumMicro = MINIMUM_MICRO, actor } = about;
  return inTx(k, async (t) => {
    const debtor = await bankAccount(t);
    if (!debtor) throw fail('payout-account-missing');
    const { name } = await requireInstance(t);
    const id = t.ids.id();
    const batch = {
      id,
      currency,
      minimum_micro: minimumMicro,
      proposed_by: actor,
      proposed_at: t.clock.now(),
      message_id: `CW-${id.replaceAll('-', '')}`,
      remittance: name,
      debtor_sealed: await t.keys.seal(DEBTOR, JSON.stringify(debtor), id),
      debtor_iban_end: debtor.iban.slice(-4),
    };
    if (!(await insertBatch(t.db, batch))) throw fail('batch-waiting');
    const { chosen, leftOut } = await choosePayees(t, { currency, minimumMicro });
    if (chosen.length === 0) throw fail('nothing-to-pay');
    await insertItems(t.db, await Promise.all(chosen.map((one) => itemOf(t, batch, one))));
    await insertLeftOut(t.db, id, leftOut);
    const detail = { currency, items: chosen.length };
    await recordActivity(t, {
      actor,
      action: 'payouts.batch-proposed',
      subject: `payout-batch:${id}`,
      detail,
    });
    return (await selectBatchSummary(t.db, id))!;
  });
}

/** One id per payee and batch, the same whenever it is made: banks carry at most 35 characters. */
export function endToEndIdOf(batchId: string, partyId: string): string {
  return `CW-${createHash('sha256').update(`${batchId}|${partyId}`).digest('hex').slice(0, 32)}`;
}

async function itemOf(
  t: Kernel,
  batch: { id: string; currency: string },
  { partyId, amountMicro, profile }: Chosen,
): Promise<NewItem> {
  const { name, iban, bic, address, version } = profile;
  const creditor: AccountHolder = { name, iban, ...(bic === null ? {} : { bic }), address };
  const id = t.ids.id();
  return {
    id,
    batch_id: batch.id,
    party_id: partyId,
    currency: batch.currency,
    amount_micro: amountMicro.toString(),
    end_to_end_id: endToEndIdOf(batch.id, partyId),
    profile_version: version,
    creditor_sealed: await t.keys.seal(CREDITOR, JSON.stringify(creditor), id),
    creditor_iban_end: iban.slice(-4),
  };
}
