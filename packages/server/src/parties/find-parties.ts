import { contactsOf, findUsers } from '../identity/index.ts';
import type { Kernel, Locale } from '../kernel/index.ts';
import type { Party } from './model.ts';
import {
  type PartyRow,
  selectOrganisations,
  selectOrganisationsByName,
  selectParties,
  selectPartyOfUser,
} from './store.ts';

/** The parties that exist among the given ids; erased ones too, without a name. */
export async function findParties(k: Kernel, ids: readonly string[]): Promise<Map<string, Party>> {
  const parties = await toParties(k, await selectParties(k.db, ids));
  return new Map(parties.map((party) => [party.id, party]));
}

/** The organisations of exactly this name, in whatever case; at most three. */
export async function findOrganisations(k: Kernel, name: string): Promise<Party[]> {
  return toParties(k, await selectOrganisationsByName(k.db, name.trim()));
}

/** The party a user is, if there is one; organisations the user acts for are others. */
export async function partyOfUser(k: Kernel, userId: string): Promise<Party | undefined> {
  const row = await selectPartyOfUser(k.db, userId);
  return row && (await toParties(k, [row]))[0];
}

async function toParties(k: Kernel, rows: readonly PartyRow[]): Promise<Party[]> {
  const users = await findUsers(
    k,
    rows.flatMap((row) => row.user_id ?? []),
  );
  const contacts = await contactsOfParties(
    k,
    rows.filter((row) => row.kind === 'organisation').map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    craft: row.craft,
    country: row.country,
    userId: row.user_id,
    email:
      (row.user_id === null ? (contacts.get(row.id)?.email ?? row.email) : users.get(row.user_id)?.email) ??
      null,
    erased: row.erased_at !== null,
  }));
}

/** An organisation is written to at the address of the administrator who has been there longest, in her language. */
export async function contactsOfParties(
  k: Kernel,
  partyIds: readonly string[],
): Promise<Map<string, { email: string; locale: Locale }>> {
  const links = await selectOrganisations(k.db, { partyIds });
  const contacts = await contactsOf(
    k,
    links.map((link) => link.organisation_id),
  );
  return new Map(
    links.flatMap((link) => {
      const contact = contacts.get(link.organisation_id);
      return contact ? [[link.party_id, contact] as const] : [];
    }),
  );
}
