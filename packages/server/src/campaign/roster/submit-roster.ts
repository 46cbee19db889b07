import { sql } from 'kysely';
import { z } from 'zod';
import { findUser, recordActivity } from '../../identity/index.ts';
import { enqueue, inTx, type Kernel } from '../../kernel/index.ts';
import { selectChecks } from '../checks/store-checks.ts';
import { checkOpen } from '../declaration/declaration.ts';
import { foldForSearch, type Method } from '../model.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import { selectOfPerson } from '../store.ts';
import { lockOwn } from './find-roster.ts';
import { currentStatement, DIRECT_ROWS, ROWS_AT_ONCE } from './model.ts';
import { publishRoster, publishRosterJob } from './publish-roster.ts';
import { fail } from './roster-problems.ts';
import {
  countDirect,
  countUnshown,
  lockParty,
  lockThrough,
  type RosterRow,
  updateRoster,
} from './store-rosters.ts';

const DAY = 86_400_000;

export const submitSchema = z.object({
  /** The statement was made, in this version. */
  statement: z.literal(true),
  statementVersion: z.coerce.number().int(),
  /** Go on although some rows cannot become signatures. */
  onlyGood: z.boolean().default(false),
});

/**
 * Confirms a list that was checked, as a whole or its good rows only. An organisation that was checked by the
 * mail of its domain or by judged evidence publishes up to 500 rows a day at once, and so do imports by an operator; others
 * wait for a moderator.
 * Throws `roster-unknown`, `roster-state`, `roster-statement-outdated`, `roster-nobody-fine`, `roster-not-whole`,
 * `roster-needs-proof`, `campaign-not-open`.
 */
export async function submitRoster(
  k: Kernel,
  about: z.infer<typeof submitSchema> & { id: string; partyId: string; userId: string },
): Promise<'waiting' | 'publishing'> {
  const answer = await inTx(k, async (t) => {
    await lockParty(t.db, about.partyId);
    const roster = await lockOwn(t, about);
    if (roster.state !== 'checked') throw fail('roster-state');
    await checkOpen(t, roster.declaration_version);
    if (about.statementVersion !== currentStatement(roster.origin).version)
      throw fail('roster-statement-outdated');
    if (roster.fine === 0) throw fail('roster-nobody-fine');
    if (roster.fine < roster.lines && !about.onlyGood) throw fail('roster-not-whole');
    if (!roster.document_sha256 && (await countUnshown(t.db, roster.id)) > 0)
      throw fail('roster-needs-proof');
    const now = t.clock.now();
    const state = (await mayPublish(t, roster, about.userId)) ? 'publishing' : 'waiting';
    await updateRoster(t.db, roster.id, {
      state,
      direct_at: state === 'publishing' && roster.origin === 'roster' ? now : null,
      submitted_at: now,
      statement_version: about.statementVersion,
      stated_at: now,
    });
    await forgetBadRows(t, roster.id);
    const subject = `roster:${roster.id}`;
    await recordActivity(t, { actor: about.userId, action: 'campaign.roster-submitted', subject });
    if (state === 'publishing') await startPublishing(t, roster);
    return state;
  });
  return answer;
}

/** At once, or for a long list in the background. */
export async function startPublishing(t: Kernel, roster: RosterRow): Promise<void> {
  if (roster.fine <= ROWS_AT_ONCE) await publishRoster(t, roster.id);
  else await enqueue(t, { kind: publishRosterJob.kind, payload: { roster: roster.id } });
}

/** What was said about people whose rows were no good is not kept beyond the check. */
async function forgetBadRows(t: Kernel, rosterId: string): Promise<void> {
  await sql`update campaign.roster_rows set person = null, name_folded = null, country = null, mailbox_key = null,
      proof = null, state = 'left' where roster_id = ${rosterId} and verdict <> 'fine'`.execute(t.db);
}

async function mayPublish(t: Kernel, roster: RosterRow, userId: string): Promise<boolean> {
  if (roster.origin === 'import') return true;
  if (!(await isChecked(t, roster, userId))) return false;
  const { party_id, through_name: through } = roster;
  await lockThrough(t.db, foldForSearch(through));
  const since = new Date(t.clock.now().getTime() - DAY);
  return (await countDirect(t.db, { partyId: party_id!, through, since })) + roster.fine <= DIRECT_ROWS;
}

/** Checks in which a person of the campaign had a hand. A link back anybody can set, and a vouch is the word of others. */
const JUDGED: readonly Method[] = ['domain-mail', 'evidence'];

/** Whether the organisation signed itself, through this person, and was checked by its domain or by judged evidence. */
async function isChecked(t: Kernel, roster: RosterRow, userId: string): Promise<boolean> {
  const user = await findUser(t, userId);
  if (!user?.emailConfirmedAt) return false;
  const mine = await selectOfPerson(t.db, userId, readMailbox(user.email).key);
  const own = mine.filter(
    (row) =>
      row.kind === 'organisation' &&
      row.basis === 'mailbox' &&
      row.state === 'confirmed' &&
      row.name_folded === foldForSearch(roster.through_name),
  );
  const checks = await selectChecks(
    t.db,
    own.map(({ id }) => id),
  );
  return [...checks.values()].flat().some(({ method }) => JUDGED.includes(method));
}
