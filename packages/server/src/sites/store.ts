import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Check, CheckResult, Evidence, ProofMethod, Site, SiteKind } from './model.ts';

type SiteRow = {
  id: string;
  party_id: string;
  kind: SiteKind;
  host: string;
  path: string;
  url: string;
  platform: string | null;
  created_at: Date;
  released_at: Date | null;
};

type CheckRow = {
  id: string;
  site_id: string;
  method: ProofMethod;
  result: CheckResult;
  checked_at: Date;
  valid_until: Date | null;
  evidence: Evidence;
};

function toSite(row: SiteRow): Site {
  return {
    id: row.id,
    partyId: row.party_id,
    kind: row.kind,
    host: row.host,
    path: row.path,
    url: row.url,
    platform: row.platform ?? undefined,
    createdAt: row.created_at,
    releasedAt: row.released_at ?? undefined,
  };
}

function toCheck(row: CheckRow): Check {
  return {
    id: row.id,
    siteId: row.site_id,
    method: row.method,
    result: row.result,
    checkedAt: row.checked_at,
    validUntil: row.valid_until ?? undefined,
    evidence: row.evidence,
  };
}

const SITE = sql.raw('id, party_id, kind, host, path, url, platform, created_at, released_at');
const CHECK = sql.raw('id, site_id, method, result, checked_at, valid_until, evidence');

/** Answers false when the party already has this place. */
export async function insertSite(db: Db, site: Omit<Site, 'releasedAt'>): Promise<boolean> {
  const done = await sql`insert into sites.sites (id, party_id, kind, host, path, url, platform, created_at)
    values (${site.id}, ${site.partyId}, ${site.kind}, ${site.host}, ${site.path}, ${site.url},
      ${site.platform ?? null}, ${site.createdAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function findSite(db: Db, id: string): Promise<Site | undefined> {
  const found = await sql<SiteRow>`select ${SITE} from sites.sites where id = ${id}`.execute(db);
  return found.rows[0] && toSite(found.rows[0]);
}

export async function findSiteAt(
  db: Db,
  partyId: string,
  host: string,
  path: string,
): Promise<Site | undefined> {
  const found = await sql<SiteRow>`select ${SITE} from sites.sites where party_id = ${partyId}
    and host = ${host} and path = ${path} and released_at is null`.execute(db);
  return found.rows[0] && toSite(found.rows[0]);
}

/** The party's sites that are not given up, by host. */
export async function sitesOfParty(db: Db, partyId: string): Promise<Site[]> {
  const found = await sql<SiteRow>`select ${SITE} from sites.sites
    where party_id = ${partyId} and released_at is null
    order by host collate "C", path collate "C"`.execute(db);
  return found.rows.map(toSite);
}

export async function countSites(db: Db, partyId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from sites.sites
    where party_id = ${partyId} and released_at is null`.execute(db);
  return found.rows[0]?.n ?? 0;
}

/** Looks at one place by different parties, and its release, come one after the other until the transaction ends. */
export async function lockPlace(db: Db, site: Pick<Site, 'host' | 'path'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sites ${site.host}${site.path}`}, 0))`.execute(
    db,
  );
}

export async function updateUrl(db: Db, id: string, url: string): Promise<void> {
  await sql`update sites.sites set url = ${url} where id = ${id}`.execute(db);
}

/** Also those given up. */
export async function allSitesOfParty(db: Db, partyId: string): Promise<Site[]> {
  const found = await sql<SiteRow>`select ${SITE} from sites.sites where party_id = ${partyId}
    order by id`.execute(db);
  return found.rows.map(toSite);
}

/** With everything that hangs on it. */
export async function deleteSite(db: Db, id: string): Promise<void> {
  await sql`delete from sites.sites where id = ${id}`.execute(db);
}

/** Answers false when it was given up before. */
export async function markReleased(db: Db, id: string, at: Date): Promise<boolean> {
  const done = await sql`update sites.sites set released_at = ${at}
    where id = ${id} and released_at is null`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Keeps a challenge that still holds and replaces one that has expired. */
export async function upsertChallenge(
  db: Db,
  challenge: { siteId: string; value: string; createdAt: Date; expiresAt: Date },
): Promise<{ value: string; expiresAt: Date }> {
  await sql`insert into sites.challenges (site_id, value, created_at, expires_at)
    values (${challenge.siteId}, ${challenge.value}, ${challenge.createdAt}, ${challenge.expiresAt})
    on conflict (site_id) do update set value = excluded.value, created_at = excluded.created_at,
      expires_at = excluded.expires_at where sites.challenges.expires_at <= ${challenge.createdAt}`.execute(
    db,
  );
  return (await findChallenge(db, challenge.siteId))!;
}

export async function findChallenge(
  db: Db,
  siteId: string,
): Promise<{ value: string; expiresAt: Date } | undefined> {
  const found = await sql<{ value: string; expires_at: Date }>`select value, expires_at
    from sites.challenges where site_id = ${siteId}`.execute(db);
  const row = found.rows[0];
  return row && { value: row.value, expiresAt: row.expires_at };
}

/** Lets a challenge that has proven something hold at least until `until`. */
export async function extendChallenge(db: Db, siteId: string, until: Date): Promise<void> {
  await sql`update sites.challenges set expires_at = greatest(expires_at, ${until})
    where site_id = ${siteId}`.execute(db);
}

export async function insertCheck(db: Db, check: Check): Promise<void> {
  await sql`insert into sites.checks (id, site_id, method, result, checked_at, valid_until, evidence)
    values (${check.id}, ${check.siteId}, ${check.method}, ${check.result}, ${check.checkedAt},
      ${check.validUntil ?? null}, ${JSON.stringify(check.evidence)}::jsonb)`.execute(db);
}

/** The newest looks at a site. */
export async function checksOf(db: Db, siteId: string, limit = 10): Promise<Check[]> {
  const found = await sql<CheckRow>`select ${CHECK} from sites.checks where site_id = ${siteId}
    order by checked_at desc, id desc limit ${limit}`.execute(db);
  return found.rows.map(toCheck);
}

/** The proof that holds longest, in force or not. */
export async function latestProof(db: Db, siteId: string): Promise<Check | undefined> {
  const found = await sql<CheckRow>`select ${CHECK} from sites.checks
    where site_id = ${siteId} and result = 'proven'
    order by valid_until desc, id desc limit 1`.execute(db);
  return found.rows[0] && toCheck(found.rows[0]);
}

/** Sites of other parties at the same place whose proof is in force. */
export async function rivalsOf(db: Db, site: Site, now: Date): Promise<Site[]> {
  const found = await sql<SiteRow>`select ${SITE} from sites.sites s
    where s.host = ${site.host} and s.path = ${site.path} and s.released_at is null
      and s.party_id <> ${site.partyId}
      and exists (select from sites.checks c where c.site_id = s.id and c.valid_until > ${now})
    order by s.created_at, s.id`.execute(db);
  return found.rows.map(toSite);
}

/** Places that more than one party has proven, with all of them. */
export async function contestedSites(db: Db, now: Date): Promise<Site[]> {
  const found = await sql<SiteRow>`with proven as (
      select s.*, count(*) over (partition by s.host, s.path) as parties from sites.sites s
      where s.released_at is null
        and exists (select from sites.checks c where c.site_id = s.id and c.valid_until > ${now}))
    select ${SITE} from proven where parties > 1
    order by host collate "C", path collate "C", created_at, id limit 200`.execute(db);
  return found.rows.map(toSite);
}

/** Sites with a proof that were not looked at since `before`. */
export async function sitesToRecheck(db: Db, before: Date, now: Date): Promise<string[]> {
  const found = await sql<{ id: string }>`select s.id from sites.sites s
    where s.released_at is null
      and not exists (select from sites.checks c where c.site_id = s.id and c.checked_at > ${before})
      and exists (select from sites.checks c where c.site_id = s.id and c.valid_until is not null
        and (c.valid_until > ${now} or s.lapsed_until is null or s.lapsed_until < c.valid_until))
    order by s.id limit 10000`.execute(db);
  return found.rows.map(({ id }) => id);
}

/** Proven sites whose end was not announced yet. */
export async function sitesToAnnounce(
  db: Db,
  noticeBefore: Date,
): Promise<{ id: string; validUntil: Date; noticedUntil: Date | undefined }[]> {
  const found = await sql<{ id: string; valid_until: Date; noticed_until: Date | null }>`
    select * from (select s.id, s.noticed_until, s.lapsed_until,
        (select max(c.valid_until) from sites.checks c where c.site_id = s.id) as valid_until
      from sites.sites s where s.released_at is null) p
    where valid_until <= ${noticeBefore}
      and (lapsed_until is null or lapsed_until < valid_until)
    order by id limit 10000`.execute(db);
  return found.rows.map((row) => ({
    id: row.id,
    validUntil: row.valid_until,
    noticedUntil: row.noticed_until ?? undefined,
  }));
}

/** Remembers that the owner was told of this end; answers false if that was done before. */
export async function markNoticed(db: Db, id: string, until: Date): Promise<boolean> {
  const done = await sql`update sites.sites set noticed_until = ${until}
    where id = ${id} and (noticed_until is null or noticed_until < ${until})`.execute(db);
  return done.numAffectedRows === 1n;
}

/** Remembers that this end has passed; answers false if that was done before. */
export async function markLapsed(db: Db, id: string, until: Date): Promise<boolean> {
  const done = await sql`update sites.sites set lapsed_until = ${until}
    where id = ${id} and (lapsed_until is null or lapsed_until < ${until})`.execute(db);
  return done.numAffectedRows === 1n;
}
