import { recordActivity } from '../../identity/index.ts';
import { emit, eraseMails, inTx, type Kernel } from '../../kernel/index.ts';
import { KEEP_SUPPRESSION_MS } from '../model.ts';
import { fail } from '../problems.ts';
import { deleteOfMailbox, lockMailbox, lockOfMailbox, selectSignatory, upsertSuppression } from '../store.ts';
import { suppressionKey } from './suppression-key.ts';

/**
 * Removes everything about a signature and all earlier ones of the same mailbox: rows, links, mails. What stays is a
 * keyed hash of the mailbox for three years, so that nobody brings it back from a list. `never`: the person did not
 * sign; the mailbox gets no mail of the campaign any more, whoever types it.
 * Throws `signature-link-unknown`. Sends the event `campaign.signature-withdrawn` `{ signatoryId }` for one that counted.
 */
export async function eraseSignature(
  k: Kernel,
  signatoryId: string,
  reason: 'erased' | 'never' = 'erased',
): Promise<void> {
  await inTx(k, async (t) => {
    const row = await selectSignatory(t.db, signatoryId);
    if (!row) throw fail('signature-link-unknown');
    await lockMailbox(t.db, row.mailbox_key);
    const all = await lockOfMailbox(t.db, row.mailbox_key);
    if (all.length === 0) throw fail('signature-link-unknown');
    const now = t.clock.now();
    await deleteOfMailbox(t.db, row.mailbox_key);
    for (const address of new Set(all.map(({ email }) => email))) await eraseMails(t, address);
    // Somebody who did sign is not kept from signing again.
    const asked = reason === 'never' && all.every((one) => one.confirmed_at === null) ? 'never' : 'erased';
    await upsertSuppression(t.db, {
      mailbox_hmac: await suppressionKey(t, row.mailbox_key),
      reason: asked,
      created_at: now,
      retain_until: new Date(now.getTime() + KEEP_SUPPRESSION_MS),
    });
    for (const { id, state } of all) {
      await recordActivity(t, {
        actor: 'system',
        action: 'campaign.signature-erased',
        subject: `signatory:${id}`,
      });
      if (state === 'confirmed') await emit(t, 'campaign.signature-withdrawn', { signatoryId: id });
    }
  });
}
