import { type AccountExporter, findUser } from '../identity/index.ts';
import type { Subscriber } from '../kernel/index.ts';
import { erasePartyOfUser } from './erase-party.ts';
import { partyOfUser } from './find-parties.ts';
import { payoutProfileHistory } from './find-payout-profiles.ts';
import { assurancesOf, recordAssurance } from './record-assurance.ts';

/** A new address is a new check; the earlier ones stay with their dates. */
const noteNewAddress: Subscriber = {
  name: 'parties.note-new-address',
  on: 'identity.address-changed',
  async handle(t, { userId }) {
    const [user, party] = [await findUser(t, String(userId)), await partyOfUser(t, String(userId))];
    if (!user?.emailConfirmedAt || !party || party.erased) return;
    const evidence = `user:${user.id}`;
    const checkedAt = user.emailConfirmedAt;
    await recordAssurance(t, party.id, { kind: 'email-confirmed', method: 'mail-link', evidence, checkedAt });
  },
};

const eraseWithAccount: Subscriber = {
  name: 'parties.erase-with-account',
  on: 'identity.account-deleted',
  handle: (t, { userId }) => erasePartyOfUser(t, String(userId)),
};

export const partiesSubscribers: readonly Subscriber[] = [noteNewAddress, eraseWithAccount];

/** What parties keep about a user, for the export of the account. */
export const partiesExporter: AccountExporter = {
  name: 'party',
  async export(k, userId) {
    const party = await partyOfUser(k, userId);
    if (!party) return party;
    const payoutProfiles = await payoutProfileHistory(k, party.id);
    return { ...party, checks: await assurancesOf(k, party.id), payoutProfiles };
  },
};
