import { createHash } from 'node:crypto';
import { type AccountHolder, renderPain001 } from '../bank/index.ts';
import type { Kernel } from '../kernel/index.ts';
import { fail } from './problems.ts';
import { type BatchRow, selectBatch } from './store.ts';
import { selectFileItems } from './store-items.ts';

/** Purposes under which account data lie at rest. */
export const DEBTOR = 'payout-debtor';
export const CREDITOR = 'payout-creditor';
export const FILE = 'payout-file';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The payment file of a batch, made from what was stored when it was proposed; the same input, the same bytes. */
export async function renderBatch(
  k: Kernel,
  batch: Pick<BatchRow, 'id' | 'message_id' | 'remittance' | 'debtor_sealed'>,
  { createdAt, executionDate }: { createdAt: Date; executionDate: string },
): Promise<string> {
  const rows = await selectFileItems(k.db, batch.id);
  const items = await Promise.all(
    rows.map(async (row) => ({
      endToEndId: row.end_to_end_id,
      amountMicro: row.amount_micro,
      currency: row.currency,
      creditor: await openHolder(k, CREDITOR, row.creditor_sealed, row.id),
      remittance: batch.remittance,
    })),
  );
  const debtor = await openHolder(k, DEBTOR, batch.debtor_sealed, batch.id);
  return renderPain001({ messageId: batch.message_id, createdAt, debtor, executionDate, items });
}

/** An account holder as it was stored. */
export async function openHolder(
  k: Kernel,
  purpose: string,
  sealed: string,
  about: string,
): Promise<AccountHolder> {
  return JSON.parse(await k.keys.open(purpose, sealed, about)) as AccountHolder;
}

/** The payment file as it was made when the batch was ordered. Throws `batch-unknown`, `batch-not-ordered`. */
export async function readBatchFile(
  k: Kernel,
  batchId: string,
): Promise<{ text: string; sha256: string; name: string }> {
  const batch = UUID.test(batchId) ? await selectBatch(k.db, batchId) : undefined;
  if (!batch) throw fail('batch-unknown');
  if (batch.file_sealed === null) throw fail('batch-not-ordered');
  const text = await k.keys.open(FILE, batch.file_sealed, batch.id);
  return { text, sha256: batch.file_sha256!, name: `${batch.message_id}.xml` };
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
