import type { z } from 'zod';
import { findUser, recordActivity } from '../../identity/index.ts';
import { checkFields, inTx, type Kernel } from '../../kernel/index.ts';
import { endRoster } from './end-roster.ts';
import { type RosterOutcome, rosterDecisionSchema } from './roster-decision.ts';
import { queueRosterDecision } from './roster-mails.ts';
import { fail } from './roster-problems.ts';
import { clearPeople, lockRoster, type RosterRow, updateRoster } from './store-rosters.ts';
import { startPublishing } from './submit-roster.ts';

/**
 * A moderator decides about a list: lets it count, refuses it, or takes one out that counts. The reason goes by mail to the
 * person who brought it, and is kept. Throws `roster-unknown`, `roster-state`, `roster-own`, `invalid-input`.
 */
export async function decideRoster(
  k: Kernel,
  { id, by, ...input }: { id: string; by: string } & z.input<typeof rosterDecisionSchema>,
): Promise<void> {
  const { outcome, answer } = checkFields(rosterDecisionSchema, input);
  await inTx(k, async (t) => {
    const roster = /^[0-9a-f-]{36}$/.test(id) ? await lockRoster(t.db, id) : undefined;
    if (!roster) throw fail('roster-unknown');
    const fits = outcome === 'remove' ? ['publishing', 'published'] : ['waiting'];
    if (!fits.includes(roster.state)) throw fail('roster-state');
    if (roster.created_by === by) throw fail('roster-own');
    await updateRoster(t.db, roster.id, { decided_at: t.clock.now(), decided_by: by, answer });
    await carryOut(t, roster, outcome, by);
    const user = roster.created_by === null ? undefined : await findUser(t, roster.created_by);
    if (user) await queueRosterDecision(t, roster, { to: user.email, locale: user.locale, outcome, answer });
    const subject = `roster:${roster.id}`;
    await recordActivity(t, { actor: by, action: `campaign.roster-decided-${outcome}`, subject });
  });
}

async function carryOut(t: Kernel, roster: RosterRow, outcome: RosterOutcome, by: string): Promise<void> {
  switch (outcome) {
    case 'publish':
      await updateRoster(t.db, roster.id, { state: 'publishing' });
      return startPublishing(t, roster);
    case 'remove':
      return endRoster(t, roster, { by, tell: true });
    default:
      await updateRoster(t.db, roster.id, { state: 'refused', ended_at: t.clock.now() });
      await clearPeople(t.db, roster.id, 'invited');
  }
}
