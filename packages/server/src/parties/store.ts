import type { Kysely } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Craft } from './crafts.ts';

export type PartyRow = {
  id: string;
  kind: 'person' | 'organisation';
  name: string;
  craft: Craft | null;
  country: string | null;
  email: string | null;
  user_id: string | null;
  created_at: Date;
  erased_at: Date | null;
};
export type AssuranceRow = {
  id: string;
  party_id: string;
  kind: string;
  method: string;
  evidence: string;
  checked_at: Date;
};
export type OrganisationRow = {
  organisation_id: string;
  party_id: string;
  website: string | null;
  members: number | null;
  members_said_to: string | null;
};
type Tables = {
  'parties.parties': PartyRow;
  'parties.assurance': AssuranceRow;
  'parties.organisations': OrganisationRow;
};

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

/** Answers false when the user has a party already. */
export async function insertParty(db: Db, row: PartyRow): Promise<boolean> {
  const done = await tables(db)
    .insertInto('parties.parties')
    .values(row)
    .onConflict((oc) => oc.column('user_id').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export function selectParties(db: Db, ids: readonly string[]): Promise<PartyRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return tables(db)
    .selectFrom('parties.parties')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
}

export function selectOrganisationsByName(db: Db, name: string): Promise<PartyRow[]> {
  return tables(db)
    .selectFrom('parties.parties')
    .selectAll()
    .where('kind', '=', 'organisation')
    .where('erased_at', 'is', null)
    .where(({ fn, eb, ref }) => eb(fn('lower', [ref('name')]), '=', fn('lower', [eb.val(name)])))
    .orderBy('id')
    .limit(3)
    .execute();
}

export function selectPartyOfUser(db: Db, userId: string): Promise<PartyRow | undefined> {
  return tables(db)
    .selectFrom('parties.parties')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** Changes a party that is not erased; answers whether there was one. */
export async function updateParty(db: Db, id: string, changes: Partial<PartyRow>): Promise<boolean> {
  const done = await tables(db)
    .updateTable('parties.parties')
    .set(changes)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Gives a party without a user to one; answers false when somebody acts for it already. */
export async function takeParty(db: Db, id: string, userId: string): Promise<boolean> {
  const done = await tables(db)
    .updateTable('parties.parties')
    .set({ user_id: userId, email: null })
    .where('id', '=', id)
    .where('user_id', 'is', null)
    .where('erased_at', 'is', null)
    // Who acts for an organisation is a member of it, and never becomes its owner by a link.
    .where('id', 'not in', (eb) => eb.selectFrom('parties.organisations').select('party_id'))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function insertAssurance(db: Db, row: AssuranceRow): Promise<void> {
  await tables(db).insertInto('parties.assurance').values(row).execute();
}

export function selectAssurances(db: Db, partyId: string): Promise<AssuranceRow[]> {
  return tables(db)
    .selectFrom('parties.assurance')
    .selectAll()
    .where('party_id', '=', partyId)
    .orderBy('checked_at')
    .orderBy('id')
    .execute();
}

export async function deleteAssurances(db: Db, partyId: string): Promise<void> {
  await tables(db).deleteFrom('parties.assurance').where('party_id', '=', partyId).execute();
}

export async function insertOrganisation(db: Db, row: OrganisationRow): Promise<void> {
  await tables(db).insertInto('parties.organisations').values(row).execute();
}

/** The links between parties and organisations that have one of these parties or organisations. */
export function selectOrganisations(
  db: Db,
  by: { partyIds: readonly string[] } | { organisationIds: readonly string[] },
): Promise<OrganisationRow[]> {
  const [column, ids] =
    'partyIds' in by
      ? (['party_id', by.partyIds] as const)
      : (['organisation_id', by.organisationIds] as const);
  if (ids.length === 0) return Promise.resolve([]);
  return tables(db)
    .selectFrom('parties.organisations')
    .selectAll()
    .where(column, 'in', [...ids])
    .execute();
}

export async function updateWebsite(db: Db, partyId: string, website: string | null): Promise<void> {
  await tables(db)
    .updateTable('parties.organisations')
    .set({ website })
    .where('party_id', '=', partyId)
    .execute();
}
