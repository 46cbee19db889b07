import { membersOf } from '../../identity/index.ts';
import type { Kernel, Subscriber } from '../../kernel/index.ts';
import { partyOfOrganisation } from '../../parties/index.ts';
import { endRoster } from './end-roster.ts';
import { clearCreator, lockRoster, selectLivingOf, selectRostersBy } from './store-rosters.ts';

/** Nobody is signed for by nobody: when the party that holds the authority is gone, its lists end and the people are told. */
async function endRostersOf(t: Kernel, partyId: string): Promise<void> {
  for (const { id } of await selectLivingOf(t.db, partyId)) {
    const roster = await lockRoster(t.db, id);
    if (roster) await endRoster(t, roster, { by: 'system', tell: true });
  }
}

/** What lists do when those who brought them go. */
export const rosterSubscribers: readonly Subscriber[] = [
  {
    name: 'campaign.end-rosters-of-party',
    on: 'parties.party-erased',
    handle: (t, { partyId }) => endRostersOf(t, String(partyId)),
  },
  {
    name: 'campaign.end-rosters-without-members',
    on: 'identity.member-left',
    async handle(t, { organisationId }) {
      const id = String(organisationId);
      if ((await membersOf(t, id)).length === 0)
        await endRostersOf(t, (await partyOfOrganisation(t, id)).party.id);
    },
  },
  {
    name: 'campaign.forget-roster-creator',
    on: 'identity.account-deleted',
    handle: (t, { userId }) => clearCreator(t.db, String(userId)),
  },
];

/** The lists a person brought, for the export of her account: what she said, and how many. Nobody else's data. */
export async function exportRosters(k: Kernel, userId: string) {
  const all = await selectRostersBy(k.db, userId);
  return all.map((one) => ({
    id: one.id,
    origin: one.origin,
    role: one.role,
    through: one.through_name,
    file: { name: one.file_name, sha256: one.file_sha256 },
    state: one.state,
    people: one.lines,
    statementVersion: one.statement_version,
    statedAt: one.stated_at,
    createdAt: one.created_at,
    decidedAt: one.decided_at,
    answer: one.answer,
  }));
}
