import { findUsers } from '../identity/index.ts';
import type { Kernel } from '../kernel/index.ts';
import type { Party } from './model.ts';
import { type PartyRow, selectParties, selectPartyOfUser } from './store.ts';

/** The parties that exist among the given ids; erased ones too, without a name. */
export async function findParties(k: Kernel, ids: readonly string[]): Promise<Map<string, Party>> {
  const parties = await toParties(k, await selectParties(k.db, ids));
  return new Map(parties.map((party) => [party.id, party]));
}

/** The party a user acts for, if there is one. */
export async function partyOfUser(k: Kernel, userId: string): Promise<Party | undefined> {
  const row = await selectPartyOfUser(k.db, userId);
  return row && (await toParties(k, [row]))[0];
}

async function toParties(k: Kernel, rows: readonly PartyRow[]): Promise<Party[]> {
  const users = await findUsers(
    k,
    rows.flatMap((row) => row.user_id ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    craft: row.craft,
    country: row.country,
    userId: row.user_id,
    email: (row.user_id === null ? row.email : users.get(row.user_id)?.email) ?? null,
    erased: row.erased_at !== null,
  }));
}
