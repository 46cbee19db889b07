import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Identifier, Scheme } from './identifiers.ts';
import type {
  Answer,
  Claim,
  ClaimState,
  HolderKind,
  Making,
  Manifestation,
  Role,
  Work,
  WorkType,
} from './model.ts';

type WorkRow = {
  id: string;
  registrant_id: string;
  title: string;
  type: WorkType;
  language: string | null;
  created_year: number | null;
  created_place: string | null;
  first_published: string | null;
  making: Making | null;
  state: 'registered' | 'withdrawn';
  withdrawn_reason: string | null;
  version: number;
  created_at: Date;
};

function toWork(row: WorkRow): Work {
  return {
    id: row.id,
    registrantId: row.registrant_id,
    title: row.title,
    type: row.type,
    language: row.language,
    createdYear: row.created_year,
    createdPlace: row.created_place,
    firstPublished: row.first_published,
    making: row.making,
    state: row.state,
    withdrawnReason: row.withdrawn_reason,
    version: row.version,
    createdAt: row.created_at,
  };
}

const WORK = sql.raw(
  'id, registrant_id, title, type, language, created_year, created_place, first_published, making, state, withdrawn_reason, version, created_at',
);

export async function insertWork(db: Db, work: Work): Promise<void> {
  await sql`insert into works.works (id, registrant_id, title, type, language, created_year, created_place,
      first_published, making, created_at)
    values (${work.id}, ${work.registrantId}, ${work.title}, ${work.type}, ${work.language}, ${work.createdYear},
      ${work.createdPlace}, ${work.firstPublished}, ${work.making}, ${work.createdAt})`.execute(db);
}

export async function selectWork(db: Db, id: string): Promise<Work | undefined> {
  const found = await sql<WorkRow>`select ${WORK} from works.works where id = ${id}`.execute(db);
  return found.rows[0] && toWork(found.rows[0]);
}

/** The works that exist among these ids. */
export async function selectWorks(db: Db, ids: readonly string[]): Promise<Work[]> {
  const found = await sql<WorkRow>`select ${WORK} from works.works
    where id = any(${ids}::uuid[]) order by id`.execute(db);
  return found.rows.map(toWork);
}

/** The work, held against other changes until the transaction ends. */
export async function lockWork(db: Db, id: string): Promise<Work | undefined> {
  const found = await sql<WorkRow>`select ${WORK} from works.works where id = ${id} for update`.execute(db);
  return found.rows[0] && toWork(found.rows[0]);
}

/** Works a party registered or holds a share in, newest first. */
export async function selectWorksOf(
  db: Db,
  partyId: string,
  limit: number,
  before: string | undefined,
): Promise<Work[]> {
  const found = await sql<WorkRow>`select ${WORK} from works.works w
    where (registrant_id = ${partyId} or exists (select 1 from works.claims c
        where c.work_id = w.id and c.party_id = ${partyId} and c.state <> 'withdrawn'))
      and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
    order by id desc limit ${limit}`.execute(db);
  return found.rows.map(toWork);
}

/** Works in force whose accepted shares are whole, newest first. */
export async function selectWhole(
  db: Db,
  about: { q: string; types: readonly string[]; language: string; before: string | undefined; limit: number },
): Promise<Work[]> {
  const { q, types, language, before, limit } = about;
  const like = `%${q.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
  const found = await sql<WorkRow>`select ${WORK} from works.works w
    where state = 'registered'
      and (${q} = '' or title ilike ${like})
      and (${types.length} = 0 or type = any(${types}::text[]))
      and (${language} = '' or lower(language) = lower(${language})
        or starts_with(lower(language), lower(${language}) || '-'))
      and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
      and (select coalesce(sum(share_ppm), 0) from works.claims c
        where c.work_id = w.id and c.state = 'accepted') = 1000000
    order by id desc limit ${limit}`.execute(db);
  return found.rows.map(toWork);
}

/** Stores new facts if nobody changed the work since `version`; answers whether they were stored. */
export async function updateWork(db: Db, work: Work, version: number): Promise<boolean> {
  const done = await sql`update works.works set title = ${work.title}, type = ${work.type},
      language = ${work.language}, created_year = ${work.createdYear}, created_place = ${work.createdPlace},
      first_published = ${work.firstPublished}, making = ${work.making}, version = version + 1
    where id = ${work.id} and version = ${version}`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function raiseVersion(db: Db, workId: string): Promise<void> {
  await sql`update works.works set version = version + 1 where id = ${workId}`.execute(db);
}

export async function markWithdrawn(db: Db, id: string, reason: string, at: Date): Promise<void> {
  await sql`update works.works set state = 'withdrawn', withdrawn_reason = ${reason}, withdrawn_at = ${at},
    version = version + 1 where id = ${id}`.execute(db);
}

type NewManifestation = Manifestation & { readonly workId: string; readonly createdAt: Date };

export async function insertManifestation(db: Db, m: NewManifestation): Promise<void> {
  await sql`insert into works.manifestations (id, work_id, kind, url, sha256, bytes, media_type, filename, created_at)
    values (${m.id}, ${m.workId}, ${m.kind}, ${m.url}, ${m.sha256}, ${m.bytes}, ${m.mediaType}, ${m.filename},
      ${m.createdAt})`.execute(db);
}

type ManifestationRow = {
  work_id: string;
  id: string;
  kind: Manifestation['kind'];
  url: string | null;
  sha256: string | null;
  bytes: bigint | null;
  media_type: string | null;
  filename: string | null;
};

export async function selectManifestations(db: Db, workId: string): Promise<Manifestation[]> {
  const found = await sql<ManifestationRow>`select work_id, id, kind, url, sha256, bytes, media_type, filename
    from works.manifestations where work_id = ${workId} order by id`.execute(db);
  return found.rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    url: row.url,
    sha256: row.sha256,
    bytes: row.bytes,
    mediaType: row.media_type,
    filename: row.filename,
  }));
}

/** Two registrations of the same bytes wait for each other, so that the second sees the first. */
export async function lockHash(db: Db, sha256: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`works|${sha256}`}, 0))`.execute(db);
}

/** Works in force with the same bytes as one of the hashes, with who registered them. */
export async function selectSameBytes(
  db: Db,
  sha256s: readonly string[],
): Promise<{ workId: string; registrantId: string; sha256: string }[]> {
  if (sha256s.length === 0) return [];
  const found = await sql<{ workId: string; registrantId: string; sha256: string }>`
    select distinct w.id as "workId", w.registrant_id as "registrantId", m.sha256
    from works.manifestations m join works.works w on w.id = m.work_id
    where m.sha256 = any(${sha256s}) and w.state = 'registered' order by w.id`.execute(db);
  return found.rows;
}

/** Bytes registered by more than one party, newest first; for the operator. */
export async function selectSharedHashes(
  db: Db,
  limit: number,
): Promise<{ sha256: string; workIds: string[] }[]> {
  const found = await sql<{ sha256: string; workIds: string[] }>`
    select m.sha256, array_agg(distinct w.id) as "workIds"
    from works.manifestations m join works.works w on w.id = m.work_id
    where w.state = 'registered' and m.sha256 is not null
    group by m.sha256 having count(distinct w.registrant_id) > 1
    order by max(m.created_at) desc, m.sha256 limit ${limit}`.execute(db);
  return found.rows;
}

/** Whether any work in force still keeps these bytes. */
export async function hashInUse(db: Db, sha256: string): Promise<boolean> {
  const found = await sql`select 1 from works.manifestations
    where sha256 = ${sha256} and kind = 'file' limit 1`.execute(db);
  return found.rows.length > 0;
}

export async function replaceIdentifiers(
  db: Db,
  workId: string,
  identifiers: readonly Identifier[],
): Promise<void> {
  await sql`delete from works.identifiers where work_id = ${workId}`.execute(db);
  for (const { scheme, value, display } of identifiers) {
    await sql`insert into works.identifiers (work_id, scheme, value, display)
      values (${workId}, ${scheme}, ${value}, ${display}) on conflict do nothing`.execute(db);
  }
}

export async function selectIdentifiers(db: Db, workId: string): Promise<Identifier[]> {
  const found = await sql<{ scheme: Scheme; value: string; display: string }>`
    select scheme, value, display from works.identifiers where work_id = ${workId}
    order by scheme collate "C", value collate "C"`.execute(db);
  return found.rows;
}

type ClaimRow = {
  id: string;
  work_id: string;
  party_id: string;
  name: string;
  email: string | null;
  role: Role;
  share_ppm: number;
  state: ClaimState;
  authority: Answer;
  authority_holder_kind: HolderKind | null;
  authority_holder_name: string | null;
  note: string | null;
  wish_ppm: number | null;
  answered_at: Date | null;
  invited_at: Date | null;
  on_hold: boolean;
};

function toClaim(row: ClaimRow): Claim {
  return {
    id: row.id,
    workId: row.work_id,
    partyId: row.party_id,
    name: row.name,
    email: row.email,
    role: row.role,
    sharePpm: row.share_ppm,
    state: row.state,
    authority: row.authority,
    authorityHolderKind: row.authority_holder_kind,
    authorityHolderName: row.authority_holder_name,
    note: row.note,
    wishPpm: row.wish_ppm,
    invitedAt: row.invited_at,
    answeredAt: row.answered_at,
    onHold: row.on_hold,
  };
}

const CLAIM =
  sql.raw(`c.id, c.work_id, c.party_id, c.name, c.email, c.role, c.share_ppm, c.state, c.authority,
  c.authority_holder_kind, c.authority_holder_name, c.note, c.wish_ppm, c.answered_at,
  (select max(i.sent_at) from works.invitations i where i.claim_id = c.id) as invited_at,
  exists (select 1 from works.holds h where h.claim_id = c.id and h.state = 'open') as on_hold`);

/** All claims of a work in the order they were entered; withdrawn ones too. */
export async function selectClaims(db: Db, workId: string): Promise<Claim[]> {
  const found = await sql<ClaimRow>`select ${CLAIM} from works.claims c
    where c.work_id = ${workId} order by c.position, c.id`.execute(db);
  return found.rows.map(toClaim);
}

/** The claims of several works at once, by work. */
export async function selectClaimsOfWorks(db: Db, workIds: readonly string[]): Promise<Map<string, Claim[]>> {
  const byWork = new Map<string, Claim[]>(workIds.map((id) => [id, []]));
  if (workIds.length === 0) return byWork;
  const found = await sql<ClaimRow>`select ${CLAIM} from works.claims c
    where c.work_id = any(${workIds}) order by c.position, c.id`.execute(db);
  for (const row of found.rows) byWork.get(row.work_id)?.push(toClaim(row));
  return byWork;
}

export async function selectClaim(db: Db, id: string): Promise<Claim | undefined> {
  const found = await sql<ClaimRow>`select ${CLAIM} from works.claims c where c.id = ${id}`.execute(db);
  return found.rows[0] && toClaim(found.rows[0]);
}

export async function selectClaimsOfParty(db: Db, partyId: string): Promise<Claim[]> {
  const found = await sql<ClaimRow>`select ${CLAIM} from works.claims c
    where c.party_id = ${partyId} and c.state <> 'withdrawn' order by c.id`.execute(db);
  return found.rows.map(toClaim);
}

export type NewClaim = Omit<Claim, 'invitedAt' | 'onHold'> & {
  readonly position: number;
  readonly createdAt: Date;
};

export async function insertClaim(db: Db, c: NewClaim): Promise<void> {
  await sql`insert into works.claims (id, work_id, party_id, name, email, role, share_ppm, state, authority,
      authority_holder_kind, authority_holder_name, note, wish_ppm, position, created_at, answered_at)
    values (${c.id}, ${c.workId}, ${c.partyId}, ${c.name}, ${c.email}, ${c.role}, ${c.sharePpm}, ${c.state},
      ${c.authority}, ${c.authorityHolderKind}, ${c.authorityHolderName}, ${c.note}, ${c.wishPpm}, ${c.position},
      ${c.createdAt}, ${c.answeredAt})`.execute(db);
}

/** Stores the whole claim again. */
export async function updateClaim(db: Db, c: Omit<Claim, 'invitedAt' | 'onHold'>): Promise<void> {
  await sql`update works.claims set party_id = ${c.partyId}, name = ${c.name}, email = ${c.email}, role = ${c.role},
      share_ppm = ${c.sharePpm}, state = ${c.state}, authority = ${c.authority},
      authority_holder_kind = ${c.authorityHolderKind}, authority_holder_name = ${c.authorityHolderName},
      note = ${c.note}, wish_ppm = ${c.wishPpm}, answered_at = ${c.answeredAt}
    where id = ${c.id}`.execute(db);
}

/** Ids of works a party registered. */
export async function selectRegisteredBy(db: Db, partyId: string): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`select id from works.works where registrant_id = ${partyId} order by id`.execute(db);
  return found.rows.map(({ id }) => id);
}

export async function updateRegistrant(db: Db, workId: string, partyId: string): Promise<void> {
  await sql`update works.works set registrant_id = ${partyId}, version = version + 1 where id = ${workId}`.execute(
    db,
  );
}

/** A file becomes its fingerprint: the bytes and their name are forgotten, their hash stays. */
export async function forgetFiles(db: Db, workId: string): Promise<void> {
  await sql`update works.manifestations set kind = 'fingerprint', filename = null
    where work_id = ${workId} and kind = 'file'`.execute(db);
}

/** Empties a work that nobody but the erased person held; the row stays as a withdrawn work. */
export async function emptyWork(db: Db, workId: string, at: Date): Promise<void> {
  await sql`delete from works.manifestations where work_id = ${workId}`.execute(db);
  await sql`delete from works.identifiers where work_id = ${workId}`.execute(db);
  await sql`update works.works set title = '', language = null, created_year = null, created_place = null,
      first_published = null, making = null, state = 'withdrawn', withdrawn_reason = null,
      withdrawn_at = coalesce(withdrawn_at, ${at}), version = version + 1
    where id = ${workId}`.execute(db);
}

/** How many works are registered, how many were made by several, and how many of these everybody has accepted. */
export async function countWorks(db: Db): Promise<{ registered: number; shared: number; agreed: number }> {
  const found = await sql<{ registered: number; shared: number; agreed: number }>`
    select count(*)::int as registered,
      (count(*) filter (where holders > 1))::int as shared,
      (count(*) filter (where holders > 1 and accepted = 1000000))::int as agreed
    from (select count(c.id) as holders, coalesce(sum(c.share_ppm) filter (where c.state = 'accepted'), 0) as accepted
      from works.works w left join works.claims c on c.work_id = w.id and c.state <> 'withdrawn'
      where w.state = 'registered' group by w.id) each_work`.execute(db);
  return found.rows[0]!;
}
