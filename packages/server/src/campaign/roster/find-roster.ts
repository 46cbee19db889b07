import type { Kernel } from '../../kernel/index.ts';
import { fail } from './roster-problems.ts';
import {
  countStates,
  countWaiting,
  lockRoster,
  type RosterLine,
  type RosterRow,
  type RowState,
  selectLines,
  selectPublished,
  selectRoster,
  selectRostersIn,
  selectRostersOf,
} from './store-rosters.ts';

const isId = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

/** A list of a party. Throws `roster-unknown`. */
export async function findRoster(
  k: Kernel,
  { id, partyId }: { id: string; partyId: string },
): Promise<RosterRow> {
  const roster = isId(id) ? await selectRoster(k.db, id) : undefined;
  if (roster?.party_id !== partyId) throw fail('roster-unknown');
  return roster;
}

/** The same, held until the transaction ends. */
export async function lockOwn(
  t: Kernel,
  { id, partyId }: { id: string; partyId: string },
): Promise<RosterRow> {
  const roster = isId(id) ? await lockRoster(t.db, id) : undefined;
  if (roster?.party_id !== partyId) throw fail('roster-unknown');
  return roster;
}

/** A list of whomever, for moderators. Throws `roster-unknown`. */
export async function findAnyRoster(k: Kernel, id: string): Promise<RosterRow> {
  const roster = isId(id) ? await selectRoster(k.db, id) : undefined;
  if (!roster) throw fail('roster-unknown');
  return roster;
}

/** The lists of a party, newest first, 200 at most. */
export function listRosters(k: Kernel, partyId: string): Promise<RosterRow[]> {
  return selectRostersOf(k.db, partyId);
}

/** Lists that wait for a moderator, the longest first, 100 at most. */
export function waitingRosters(k: Kernel): Promise<RosterRow[]> {
  return selectRostersIn(k.db, ['waiting'], 100);
}

/** Lists that were submitted, newest first, 100 at most. */
export function submittedRosters(k: Kernel, origin: 'roster' | 'import'): Promise<RosterRow[]> {
  return selectPublished(k.db, origin, 100);
}

/** A stretch of the rows of a list by line: all, or only those with a problem. */
export function rosterLines(
  k: Kernel,
  rosterId: string,
  about: { bad: boolean; after: number; limit: number },
): Promise<RosterLine[]> {
  return selectLines(k.db, rosterId, about);
}

/** How many lists wait for a moderator. */
export function countWaitingRosters(k: Kernel): Promise<number> {
  return countWaiting(k.db);
}

/** How many rows of a list are in which state. */
export function countRosterStates(
  k: Kernel,
  rosterId: string,
): Promise<{ state: RowState; count: number }[]> {
  return countStates(k.db, rosterId);
}
