import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Db, Locale } from '../kernel/index.ts';
import type { Craft } from '../parties/index.ts';
import type { Basis, HoldReason, Kind, Signature, SignatureState } from './model.ts';

export type SignatoryRow = {
  id: string;
  state: SignatureState;
  name: string;
  name_folded: string;
  hidden: boolean;
  craft: Craft;
  country: string;
  email: string;
  mailbox_key: string;
  user_id: string | null;
  locale: Locale;
  age: 'sixteen' | 'guardian' | null;
  declaration_version: number;
  declaration_sha256: string;
  consent_version: number;
  consented_at: Date;
  mail_consent_version: number | null;
  mail_consented_at: Date | null;
  created_at: Date;
  mailed_at: Date;
  confirmed_at: Date | null;
  withdrawn_at: Date | null;
  network_hash: string | null;
  held_for: HoldReason[];
  kind: Kind;
  town: string | null;
  affiliation: string | null;
  note: string | null;
  members: number | null;
  contact: string | null;
  cleared_name: string | null;
  namesake: boolean;
  featured_at: Date | null;
  featured_by: string | null;
  basis: Basis;
  through_name: string | null;
  through_party_id: string | null;
  source: string | null;
  roster_id: string | null;
  terms_version: number | null;
};
export type LinkRow = {
  id: string;
  token_hash: string;
  purpose: 'confirm' | 'account';
  signatory_id: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
  superseded_at: Date | null;
};
type SuppressionRow = {
  mailbox_hmac: string;
  person_hmac: string | null;
  reason: 'erased' | 'never';
  created_at: Date;
  retain_until: Date;
};
type Tables = {
  'campaign.signatories': SignatoryRow;
  'campaign.links': LinkRow;
  'campaign.suppressions': SuppressionRow;
};

/** Of a mailbox at most one own signature is in one of these states. */
export const LIVE = ['pending', 'held', 'confirmed'] as const;

const tables = (db: Db): Kysely<Tables> => db.withTables<Tables>();
const signatories = (db: Db) => tables(db).selectFrom('campaign.signatories');

/** Whoever signs, erases or confirms for one mailbox does so one after the other. */
export async function lockMailbox(db: Db, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`campaign|${key}`}, 0))`.execute(db);
}

export function selectLive(db: Db, key: string): Promise<SignatoryRow | undefined> {
  return signatories(db)
    .selectAll()
    .where('mailbox_key', '=', key)
    .where('state', 'in', LIVE)
    .where('basis', '=', 'mailbox')
    .forUpdate()
    .executeTakeFirst();
}

/** When a mailbox got its last mail about signing, whatever became of the signature; those signed for are not asked. */
export async function selectMailedAt(db: Db, key: string): Promise<Date | undefined> {
  const found = await signatories(db)
    .select((eb) => eb.fn.max('mailed_at').as('at'))
    .where('mailbox_key', '=', key)
    .where('basis', '=', 'mailbox')
    .executeTakeFirst();
  return found?.at ?? undefined;
}

export function selectOfMailbox(db: Db, key: string): Promise<SignatoryRow[]> {
  return signatories(db)
    .selectAll()
    .where('mailbox_key', '=', key)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export function selectSignatory(db: Db, id: string): Promise<SignatoryRow | undefined> {
  return signatories(db).selectAll().where('id', '=', id).executeTakeFirst();
}

/** All rows of a mailbox, held until the transaction ends. */
export function lockOfMailbox(db: Db, key: string): Promise<SignatoryRow[]> {
  return signatories(db).selectAll().where('mailbox_key', '=', key).orderBy('id').forUpdate().execute();
}

export function lockSignatory(db: Db, id: string): Promise<SignatoryRow | undefined> {
  return signatories(db).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Signatures of a person, by account or mailbox: those that count first, her own before others, newest first. */
export function selectOfPerson(db: Db, userId: string, key: string): Promise<SignatoryRow[]> {
  return signatories(db)
    .selectAll()
    .where((eb) => eb.or([eb('user_id', '=', userId), eb('mailbox_key', '=', key)]))
    .orderBy(sql`state in ('withdrawn', 'invalidated')`)
    .orderBy(sql`basis <> 'mailbox'`)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Signatures others brought that may be this person's: of the same mailbox, or of the same name and country. */
export function lockBroughtByOthers(db: Db, own: SignatoryRow): Promise<SignatoryRow[]> {
  return signatories(db)
    .selectAll()
    .where('basis', '<>', 'mailbox')
    .where('state', 'in', LIVE)
    .where((eb) =>
      eb.or([
        eb('mailbox_key', '=', own.mailbox_key),
        eb.and([eb('name_folded', '=', own.name_folded), eb('country', '=', own.country)]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function insertSignatory(db: Db, row: SignatoryRow): Promise<void> {
  await tables(db).insertInto('campaign.signatories').values(row).execute();
}

/** As many as one statement takes; 500 at most. */
export async function insertSignatories(db: Db, rows: readonly SignatoryRow[]): Promise<void> {
  if (rows.length > 0) await tables(db).insertInto('campaign.signatories').values(rows).execute();
}

export async function updateSignatory(db: Db, id: string, change: Partial<SignatoryRow>): Promise<void> {
  await tables(db).updateTable('campaign.signatories').set(change).where('id', '=', id).execute();
}

export async function clearUser(db: Db, userId: string): Promise<void> {
  await tables(db)
    .updateTable('campaign.signatories')
    .set({ user_id: null })
    .where('user_id', '=', userId)
    .execute();
}

export async function insertLink(db: Db, row: LinkRow): Promise<void> {
  await tables(db).insertInto('campaign.links').values(row).execute();
}

/** A link with its signatory. */
export async function selectLink(
  db: Db,
  tokenHash: string,
  purpose: LinkRow['purpose'],
): Promise<{ link: LinkRow; signatory: SignatoryRow } | undefined> {
  const link = await linkQuery(db, tokenHash, purpose).executeTakeFirst();
  const signatory = link && (await selectSignatory(db, link.signatory_id));
  return signatory && { link, signatory };
}

/** As `selectLink`, held until the transaction ends: the signatory first, as everybody does, so that none waits in a ring. */
export async function lockLink(
  db: Db,
  tokenHash: string,
  purpose: LinkRow['purpose'],
): Promise<{ link: LinkRow; signatory: SignatoryRow } | undefined> {
  const seen = await linkQuery(db, tokenHash, purpose).executeTakeFirst();
  const signatory = seen && (await lockSignatory(db, seen.signatory_id));
  const link = await linkQuery(db, tokenHash, purpose).forUpdate().executeTakeFirst();
  return signatory && link && { link, signatory };
}

function linkQuery(db: Db, tokenHash: string, purpose: LinkRow['purpose']) {
  return tables(db)
    .selectFrom('campaign.links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose);
}

export async function useLink(db: Db, id: string, at: Date): Promise<void> {
  await tables(db).updateTable('campaign.links').set({ used_at: at }).where('id', '=', id).execute();
}

/** Links of a signatory not used yet end here. */
export async function supersedeLinks(db: Db, signatoryId: string, at: Date): Promise<void> {
  await tables(db)
    .updateTable('campaign.links')
    .set({ superseded_at: at })
    .where('signatory_id', '=', signatoryId)
    .where('used_at', 'is', null)
    .where('superseded_at', 'is', null)
    .execute();
}

/** Links of one signature open the page of another from now on: they have done what they were for. */
export async function handLinksOver(db: Db, from: string, to: string, at: Date): Promise<void> {
  await tables(db)
    .updateTable('campaign.links')
    .set({ signatory_id: to, used_at: at })
    .where('signatory_id', '=', from)
    .where('superseded_at', 'is', null)
    .execute();
}

export function selectSuppression(db: Db, hmac: string): Promise<SuppressionRow | undefined> {
  return tables(db)
    .selectFrom('campaign.suppressions')
    .selectAll()
    .where('mailbox_hmac', '=', hmac)
    .executeTakeFirst();
}

export async function upsertSuppression(db: Db, row: SuppressionRow): Promise<void> {
  await tables(db)
    .insertInto('campaign.suppressions')
    .values(row)
    .onConflict((oc) => oc.column('mailbox_hmac').doUpdateSet(row))
    .execute();
}

export async function deleteSuppression(db: Db, hmac: string): Promise<void> {
  await tables(db).deleteFrom('campaign.suppressions').where('mailbox_hmac', '=', hmac).execute();
}

/** Rows whose time is over: sign-ups never confirmed, signatures withdrawn or taken out long ago. */
export async function selectForgettable(
  db: Db,
  before: { pending: Date; withdrawn: Date; invalidated: Date },
  limit: number,
): Promise<string[]> {
  const found = await signatories(db)
    .select('id')
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'pending'), eb('mailed_at', '<', before.pending)]),
        eb.and([eb('state', '=', 'withdrawn'), eb('withdrawn_at', '<', before.withdrawn)]),
        eb.and([
          eb('state', '=', 'invalidated'),
          sql<SqlBool>`not exists (select 1 from campaign.clean_up_rows r join campaign.clean_ups u on u.id = r.clean_up_id
            where r.signatory_id = campaign.signatories.id and u.done_at >= ${before.invalidated})`,
        ]),
      ]),
    )
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return found.map(({ id }) => id);
}

export async function deleteSignatories(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tables(db)
    .deleteFrom('campaign.signatories')
    .where('id', 'in', [...ids])
    .execute();
}

export async function deleteOldSuppressions(db: Db, now: Date): Promise<void> {
  await tables(db).deleteFrom('campaign.suppressions').where('retain_until', '<', now).execute();
}

export type SignatoryCounts = {
  readonly confirmed: number;
  readonly hidden: number;
  readonly organisations: number;
  readonly signedThrough: number;
  readonly imported: number;
  readonly withdrawn: number;
  readonly pending: number;
};

/** All numbers of the campaign from one snapshot of the rows. */
export async function countSignatories(db: Db, now: Date, linkMs: number): Promise<SignatoryCounts> {
  const since = new Date(now.getTime() - linkMs);
  const rows = await sql<SignatoryCounts>`
    select count(*) filter (where state = 'confirmed' and kind = 'person')::int as confirmed,
      count(*) filter (where state = 'confirmed' and hidden and kind = 'person')::int as hidden,
      count(*) filter (where state = 'confirmed' and kind = 'organisation')::int as organisations,
      count(*) filter (where state = 'confirmed' and basis = 'authority' and kind = 'person')::int as "signedThrough",
      count(*) filter (where state = 'confirmed' and basis = 'import' and kind = 'person')::int as imported,
      count(*) filter (where state = 'pending' and mailed_at > ${since})::int as pending,
      (select count(distinct mailbox_key)::int from campaign.signatories w where w.state = 'withdrawn'
        and w.confirmed_at is not null and not exists (select 1 from campaign.signatories s
          where s.mailbox_key = w.mailbox_key and s.state = 'confirmed')) as withdrawn
    from campaign.signatories`.execute(db);
  return rows.rows[0]!;
}

export function toSignature(row: SignatoryRow): Signature {
  return {
    id: row.id,
    state: row.state,
    name: row.name,
    hidden: row.hidden,
    craft: row.craft,
    country: row.country,
    email: row.email,
    userId: row.user_id,
    locale: row.locale,
    age: row.age,
    declarationVersion: row.declaration_version,
    declarationSha256: row.declaration_sha256,
    consentVersion: row.consent_version,
    consentedAt: row.consented_at,
    mailConsentVersion: row.mail_consent_version,
    mailConsentedAt: row.mail_consented_at,
    createdAt: row.created_at,
    confirmedAt: row.confirmed_at,
    withdrawnAt: row.withdrawn_at,
    networkHash: row.network_hash,
    heldFor: row.held_for,
    kind: row.kind,
    town: row.town,
    affiliation: row.affiliation,
    note: row.note,
    members: row.members,
    contact: row.contact,
    featuredAt: row.featured_at,
    basis: row.basis,
    through: row.through_name,
    source: row.source,
    termsVersion: row.terms_version,
  };
}
