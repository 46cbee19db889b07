import type { Kysely } from 'kysely';
import type { Db, Locale } from '../../kernel/index.ts';

export type BodyRow = {
  id: string;
  name: string;
  base_url: string;
  about_en: string;
  about_de: string;
  created_at: Date;
  ended_at: Date | null;
};
export type HandoverRow = {
  id: string;
  code_hash: string;
  signatory_id: string;
  body_name: string;
  body_url: string;
  consent_version: number;
  locale: Locale;
  just_confirmed: boolean;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};
type Tables = { 'campaign.licensing_bodies': BodyRow; 'campaign.handovers': HandoverRow };

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();

export function selectBodies(db: Db): Promise<BodyRow[]> {
  return tables(db)
    .selectFrom('campaign.licensing_bodies')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Answers whether it was new: of an address at most one body is live. */
export async function insertBody(db: Db, row: BodyRow): Promise<boolean> {
  const made = await tables(db)
    .insertInto('campaign.licensing_bodies')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

export async function endBody(db: Db, id: string, at: Date): Promise<boolean> {
  const ended = await tables(db)
    .updateTable('campaign.licensing_bodies')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

export async function insertHandover(db: Db, row: HandoverRow): Promise<void> {
  await tables(db).insertInto('campaign.handovers').values(row).execute();
}

export function lockHandover(db: Db, codeHash: string): Promise<HandoverRow | undefined> {
  return tables(db)
    .selectFrom('campaign.handovers')
    .selectAll()
    .where('code_hash', '=', codeHash)
    .forUpdate()
    .executeTakeFirst();
}

export async function useHandover(db: Db, id: string, at: Date): Promise<void> {
  await tables(db).updateTable('campaign.handovers').set({ used_at: at }).where('id', '=', id).execute();
}

export function selectHandovers(db: Db, signatoryId: string): Promise<HandoverRow[]> {
  return tables(db)
    .selectFrom('campaign.handovers')
    .selectAll()
    .where('signatory_id', '=', signatoryId)
    .orderBy('created_at')
    .execute();
}
