import type { Kysely } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { PartyRow } from './store.ts';

export type PayoutProfileRow = {
  party_id: string;
  version: number;
  name: string;
  iban_sealed: string;
  iban_end: string;
  bic: string | null;
  street_name: string;
  building_number: string;
  post_code: string;
  town_name: string;
  country: string;
  tax_residence: string;
  changed_by: string;
  changed_at: Date;
  usable_from: Date;
};
type Tables = { 'parties.payout_profiles': PayoutProfileRow; 'parties.parties': PartyRow };

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

/** Holds a party that is not erased until the end of the transaction; answers whether there is one. */
export async function lockParty(db: Db, id: string): Promise<boolean> {
  const found = await tables(db)
    .selectFrom('parties.parties')
    .select('id')
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return found !== undefined;
}

export async function insertPayoutProfile(db: Db, row: PayoutProfileRow): Promise<void> {
  await tables(db).insertInto('parties.payout_profiles').values(row).execute();
}

/** The newest version of each of the parties that has one. */
export function selectNewestProfiles(db: Db, partyIds: readonly string[]): Promise<PayoutProfileRow[]> {
  if (partyIds.length === 0) return Promise.resolve([]);
  return tables(db)
    .selectFrom('parties.payout_profiles')
    .selectAll()
    .distinctOn('party_id')
    .where('party_id', 'in', [...partyIds])
    .orderBy('party_id')
    .orderBy('version', 'desc')
    .execute();
}

/** All versions, oldest first. */
export function selectProfilesOf(db: Db, partyId: string): Promise<PayoutProfileRow[]> {
  return tables(db)
    .selectFrom('parties.payout_profiles')
    .selectAll()
    .where('party_id', '=', partyId)
    .orderBy('version')
    .execute();
}

export async function deleteProfilesOf(db: Db, partyId: string): Promise<void> {
  await tables(db).deleteFrom('parties.payout_profiles').where('party_id', '=', partyId).execute();
}
