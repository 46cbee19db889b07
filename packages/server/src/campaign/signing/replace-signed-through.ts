import { recordActivity } from '../../identity/index.ts';
import { emit, eraseMailsAbout, type Kernel } from '../../kernel/index.ts';
import { nameKey } from '../model.ts';
import { endReports } from '../reviews/end-reports.ts';
import { aboutSignatory } from '../signatory/about-mail.ts';
import { deleteSignatories, lockBroughtByOthers, type SignatoryRow } from '../store.ts';

/** Whoever signs herself needs nobody who signs for her: what others brought of the same person goes, so that she counts once. */
export async function replaceSignedThrough(t: Kernel, own: SignatoryRow): Promise<void> {
  const near = await lockBroughtByOthers(t.db, own);
  const same = near.filter(
    (one) =>
      one.id !== own.id &&
      nameKey(one.name) === nameKey(own.name) &&
      (one.mailbox_key === own.mailbox_key || isSameWithoutMailbox(one, own)),
  );
  const ids = same.map(({ id }) => id);
  await endReports(t, ids, { outcome: 'gone' });
  await deleteSignatories(t.db, ids);
  await eraseMailsAbout(t, ids.map(aboutSignatory));
  for (const { id, state } of same) {
    const subject = `signatory:${id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.signed-through-replaced', subject });
    if (state === 'confirmed') await emit(t, 'campaign.signature-withdrawn', { signatoryId: id });
  }
}

/** Without a mailbox two of one name, craft and country are one person only if the town says so too. */
function isSameWithoutMailbox(one: SignatoryRow, own: SignatoryRow): boolean {
  const towns = one.town !== null && own.town !== null && nameKey(one.town) === nameKey(own.town);
  return one.email === '' && one.craft === own.craft && one.country === own.country && towns;
}
