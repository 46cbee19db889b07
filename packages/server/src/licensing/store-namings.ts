import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { LicensedUse } from './model.ts';

/** A licensee's wish to be named in public. */
export type Naming = {
  readonly licenseeId: string;
  /** Link the pages of its licences, which show works and prices. */
  readonly linkLicenses: boolean;
  /** Stay under "earlier" when no licence is in force any more. */
  readonly stayEarlier: boolean;
  readonly since: Date;
};

type NamingRow = { licensee_id: string; link_licenses: boolean; stay_earlier: boolean; switched_on_at: Date };

export async function insertNaming(
  db: Db,
  naming: Naming & { readonly id: string; readonly by: string },
): Promise<void> {
  const { id, licenseeId, linkLicenses, stayEarlier, since, by } = naming;
  await sql`insert into licensing.namings (id, licensee_id, link_licenses, stay_earlier, switched_on_by, switched_on_at)
    values (${id}, ${licenseeId}, ${linkLicenses}, ${stayEarlier}, ${by}, ${since})`.execute(db);
}

/** Answers whether it was on. */
export async function endNaming(db: Db, licenseeId: string, by: string, at: Date): Promise<boolean> {
  const done = await sql`update licensing.namings set switched_off_by = ${by}, switched_off_at = ${at}
    where licensee_id = ${licenseeId} and switched_off_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Who wants to be named now: one licensee, or all. */
export async function selectNamings(db: Db, licenseeId?: string): Promise<Naming[]> {
  const found = await sql<NamingRow>`select licensee_id, link_licenses, stay_earlier, switched_on_at
    from licensing.namings
    where switched_off_at is null and (${licenseeId ?? null}::uuid is null or licensee_id = ${licenseeId ?? null}::uuid)
    order by switched_on_at, id`.execute(db);
  return found.rows.map((row) => ({
    licenseeId: row.licensee_id,
    linkLicenses: row.link_licenses,
    stayEarlier: row.stay_earlier,
    since: row.switched_on_at,
  }));
}

/** What all agreements of a licensee come to, in force or not. */
export type AgreementSum = {
  readonly licenseeId: string;
  readonly inForce: boolean;
  readonly first: Date;
  /** When the last of them ends or was ended. */
  readonly last: Date;
  readonly uses: readonly LicensedUse[];
  readonly works: number;
  readonly holders: number;
};

/** Up to two sums for each licensee: of agreements in force, and of those that are over. */
export async function sumAgreements(
  db: Db,
  licenseeIds: readonly string[],
  now: Date,
): Promise<AgreementSum[]> {
  const found = await sql<AgreementSum>`with ended as (
      select a.id, a.licensee_id, a.use, a.made_at, least(a.ends_at, coalesce(r.revoked_at, 'infinity')) as ends
      from licensing.agreements a left join licensing.revocations r on r.agreement_id = a.id
      where a.licensee_id = any(${licenseeIds}::uuid[])
    )
    select e.licensee_id as "licenseeId", e.ends > ${now} as "inForce", min(e.made_at) as first, max(e.ends) as last,
      array_agg(distinct e.use order by e.use) as uses, count(distinct w.work_id)::int as works,
      count(distinct h.holder)::int as holders
    from ended e
      join licensing.agreement_works w on w.agreement_id = e.id
      left join lateral (select c ->> 'party' as holder from jsonb_array_elements(w.consents) c) h on true
    group by 1, 2 order by 1, 2`.execute(db);
  return found.rows;
}

/** The pages of the licences in force of a licensee, newest first. */
export async function selectLicensePages(
  db: Db,
  licenseeId: string,
  now: Date,
): Promise<{ secret: string; use: LicensedUse; madeAt: Date }[]> {
  const found = await sql<{ secret: string; use: LicensedUse; madeAt: Date }>`select a.secret, a.use,
      a.made_at as "madeAt"
    from licensing.agreements a left join licensing.revocations r on r.agreement_id = a.id
    where a.licensee_id = ${licenseeId} and a.ends_at > ${now} and r.agreement_id is null
    order by a.made_at desc, a.id desc limit 100`.execute(db);
  return found.rows;
}

/** The first agreement of all, and how many licensees and agreements there have been. */
export async function sumAll(
  db: Db,
): Promise<{ first: { id: string; madeAt: Date } | undefined; agreements: number }> {
  const found = await sql<{ id: string; madeAt: Date; agreements: number }>`select id, made_at as "madeAt",
      count(*) over ()::int as agreements
    from licensing.agreements order by made_at, id limit 1`.execute(db);
  const row = found.rows[0];
  return { first: row && { id: row.id, madeAt: row.madeAt }, agreements: row?.agreements ?? 0 };
}

/** Who gave licences, ever: the holders of works in agreements. */
export async function selectLicensors(db: Db): Promise<string[]> {
  const found = await sql<{ id: string }>`select distinct unnest(holder_ids)::text as id
    from licensing.published_agreements order by 1`.execute(db);
  return found.rows.map(({ id }) => id);
}
