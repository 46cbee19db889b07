import { recordActivity } from '../../identity/index.ts';
import { emit, eraseMailsAbout, inTx, type Kernel } from '../../kernel/index.ts';
import { forgetEmptyCleanUps } from '../floods/store-clean-ups.ts';
import { KEEP_SUPPRESSION_MS, nameKey } from '../model.ts';
import { fail } from '../problems.ts';
import { endReports } from '../reviews/end-reports.ts';
import { clearMailbox } from '../roster/store-rosters.ts';
import { aboutMailbox, aboutSignatory } from '../signatory/about-mail.ts';
import { ownPersonKey, personKey, suppressionKey } from '../signatory/suppression-key.ts';
import {
  deleteSignatories,
  lockMailbox,
  lockOfMailbox,
  type SignatoryRow,
  selectSignatory,
  upsertSuppression,
} from '../store.ts';

/**
 * Removes everything about a signature and all earlier ones of the same mailbox: rows, links, the campaign's mails; other
 * mails to that address, such as those of an account, stay. What stays is a
 * keyed hash of the mailbox and one of name and country for three years, so that nobody brings it back from a list; a namesake
 * who signs does not lift it. `never`: the person did not
 * sign; the mailbox gets no mail of the campaign any more, whoever types it. Of a mailbox that a band or an agency gave
 * for several, only what bears this name goes.
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
    const ofMailbox = await lockOfMailbox(t.db, row.mailbox_key);
    const all = ofMailbox.filter((one) => isHers(one, row));
    if (all.length === 0) throw fail('signature-link-unknown');
    const ids = all.map(({ id }) => id);
    await endReports(t, ids, { outcome: 'gone' });
    await deleteSignatories(t.db, ids);
    await forgetEmptyCleanUps(t.db);
    await eraseMailsAbout(t, ids.map(aboutSignatory));
    // Somebody who did sign is not kept from signing again.
    const signed = all.some((one) => one.confirmed_at !== null);
    const marks: Mark[] = signed
      ? all.map((one) => ({ key: ownPersonKey(one), person: personKey(one) }))
      : [];
    if (all.length === ofMailbox.length) {
      if (row.email !== '') marks.push({ key: row.mailbox_key });
      await clearMailbox(t.db, row.mailbox_key);
      await eraseMailsAbout(t, [await aboutMailbox(t, row.mailbox_key)]);
    }
    await suppress(t, marks, reason === 'never' && !signed ? 'never' : 'erased');
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

/** What stays, as keyed hashes only. `person` is what lists are compared with. */
type Mark = { readonly key: string; readonly person?: string };

async function suppress(t: Kernel, marks: readonly Mark[], reason: 'erased' | 'never'): Promise<void> {
  const now = t.clock.now();
  for (const { key, person } of marks)
    await upsertSuppression(t.db, {
      mailbox_hmac: await suppressionKey(t, key),
      person_hmac: person === undefined ? null : await suppressionKey(t, person),
      reason,
      created_at: now,
      retain_until: new Date(now.getTime() + KEEP_SUPPRESSION_MS),
    });
}

function isHers(one: SignatoryRow, row: SignatoryRow): boolean {
  const own = one.basis === 'mailbox' && row.basis === 'mailbox';
  return one.id === row.id || own || nameKey(one.name) === nameKey(row.name);
}
