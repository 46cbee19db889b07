import { recordActivity } from '../../identity/index.ts';
import { emit, inTx, type Kernel } from '../../kernel/index.ts';
import { noteRemoval } from '../desk/note-removal.ts';
import { endReports } from '../reviews/end-reports.ts';
import { lockOwn } from './find-roster.ts';
import {
  clearPeople,
  deleteRoster,
  deleteSignaturesOf,
  type RosterRow,
  selectSignaturesOf,
  updateRoster,
} from './store-rosters.ts';
import { tellEnded } from './tell-people.ts';

/**
 * Takes a list back: every signature that rests on it alone leaves wall, count and exports at once, invitations end. Who took
 * her signature over keeps it. A list that was not submitted goes without a trace. Doing it twice changes nothing.
 * Throws `roster-unknown`. Sends `campaign.signature-withdrawn` for each signature that counted.
 */
export async function withdrawRoster(
  k: Kernel,
  about: { id: string; partyId: string; userId: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const roster = await lockOwn(t, about);
    if (roster.state === 'checking' || roster.state === 'checked') {
      await deleteRoster(t.db, roster.id);
      const subject = `roster:${roster.id}`;
      await recordActivity(t, { actor: about.userId, action: 'campaign.roster-discarded', subject });
      return;
    }
    await endRoster(t, roster, { by: about.userId, tell: false });
  });
}

/** Ends a list that was submitted. `tell`: those whose mailbox is known hear that nobody signs for them any more. */
export async function endRoster(
  t: Kernel,
  roster: RosterRow,
  { by, tell }: { by: string; tell: boolean },
): Promise<void> {
  if (roster.state === 'withdrawn' || roster.state === 'refused') return;
  await endReports(t, await selectSignaturesOf(t.db, roster.id), { outcome: 'gone' });
  const gone = await deleteSignaturesOf(t.db, roster.id);
  for (const { id, state } of gone)
    if (state === 'confirmed') await emit(t, 'campaign.signature-withdrawn', { signatoryId: id });
  // Who takes the own list back is as who takes back the own signature.
  if (tell) {
    await tellEnded(t, roster, gone);
    await noteRemoval(t, 'list', gone);
  }
  await clearPeople(t.db, roster.id, 'invited');
  await updateRoster(t.db, roster.id, { state: 'withdrawn', ended_at: t.clock.now() });
  await recordActivity(t, { actor: by, action: 'campaign.roster-withdrawn', subject: `roster:${roster.id}` });
}
