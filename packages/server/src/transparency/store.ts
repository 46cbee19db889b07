import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { LeafInfo, LogCheckpoint } from './model.ts';

type LeafRow = {
  id: string;
  type: string;
  subject: string;
  commitment: string;
  created_at: Date;
  leaf_index: bigint | null;
  salt: Buffer | null;
  record: string | null;
};

/** A leaf with what it commits to, as stored. */
export type StoredLeaf = LeafInfo & {
  readonly salt: Uint8Array | undefined;
  readonly recordText: string | undefined;
};

function toLeaf(row: LeafRow): StoredLeaf {
  return {
    id: row.id,
    type: row.type,
    subject: row.subject,
    commitment: row.commitment,
    createdAt: row.created_at,
    index: row.leaf_index === null ? undefined : Number(row.leaf_index),
    erased: row.record === null,
    salt: row.salt === null ? undefined : new Uint8Array(row.salt),
    recordText: row.record ?? undefined,
  };
}

const LEAF_WITH_RECORD = sql`select l.id, l.type, l.subject, l.commitment, l.created_at, l.leaf_index, r.salt, r.record
  from transparency.leaves l left join transparency.records r on r.leaf_id = l.id`;

export async function insertLeaf(
  db: Db,
  leaf: {
    id: string;
    type: string;
    commitment: string;
    subject: string;
    createdAt: Date;
    salt: Uint8Array;
    recordText: string;
  },
): Promise<void> {
  await sql`with leaf as (
      insert into transparency.leaves (id, type, commitment, subject, created_at)
      values (${leaf.id}, ${leaf.type}, ${leaf.commitment}, ${leaf.subject}, ${leaf.createdAt}) returning id)
    insert into transparency.records (leaf_id, salt, record)
    select id, ${Buffer.from(leaf.salt)}, ${leaf.recordText} from leaf`.execute(db);
}

export async function selectLeaf(db: Db, id: string): Promise<StoredLeaf | undefined> {
  const found = await sql<LeafRow>`${LEAF_WITH_RECORD} where l.id = ${id}`.execute(db);
  return found.rows[0] && toLeaf(found.rows[0]);
}

export async function selectLeavesOf(db: Db, subject: string): Promise<StoredLeaf[]> {
  const found =
    await sql<LeafRow>`${LEAF_WITH_RECORD} where l.subject = ${subject} order by l.arrival`.execute(db);
  return found.rows.map(toLeaf);
}

/** Leaves of the log whose record is still there, from an index on. */
export async function selectRecords(
  db: Db,
  from: number,
  below: number,
  limit: number,
): Promise<StoredLeaf[]> {
  const found = await sql<LeafRow>`${LEAF_WITH_RECORD}
    where l.leaf_index >= ${from} and l.leaf_index < ${below} and r.leaf_id is not null
    order by l.leaf_index limit ${limit}`.execute(db);
  return found.rows.map(toLeaf);
}

export async function deleteRecords(db: Db, subject: string): Promise<number> {
  const done = await sql`delete from transparency.records r using transparency.leaves l
    where l.id = r.leaf_id and l.subject = ${subject}`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}

export async function selectCheckpoint(db: Db): Promise<LogCheckpoint | undefined> {
  const found = await sql<{ origin: string; size: bigint; root: Buffer; note: string; created_at: Date }>`
    select origin, size, root, note, created_at from transparency.checkpoints order by size desc limit 1`.execute(
    db,
  );
  const row = found.rows[0];
  return (
    row && {
      origin: row.origin,
      size: Number(row.size),
      root: new Uint8Array(row.root),
      note: row.note,
      createdAt: row.created_at,
    }
  );
}

export async function selectTile(db: Db, level: number, index: number): Promise<Uint8Array | undefined> {
  const found = await sql<{ hashes: Buffer }>`select hashes from transparency.tiles
    where level = ${level} and tile_index = ${index}`.execute(db);
  return found.rows[0] && new Uint8Array(found.rows[0].hashes);
}

/** Only one transaction at a time lets leaves into the log; answers whether it is this one. */
export async function takeSequencerLock(db: Db): Promise<boolean> {
  const LOCK = 4_021_002;
  const taken = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`.execute(db);
  return taken.rows[0]!.mine;
}

export async function anyPending(db: Db): Promise<boolean> {
  const found = await sql<{ any: boolean }>`
    select exists (select from transparency.leaves where leaf_index is null) as any`.execute(db);
  return found.rows[0]!.any;
}

/** The oldest waiting leaves, in order of creation. */
export async function selectPending(
  db: Db,
  limit: number,
): Promise<{ id: string; type: string; commitment: string }[]> {
  const found = await sql<{ id: string; type: string; commitment: string }>`
    select id, type, commitment from transparency.leaves where leaf_index is null order by arrival limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

/** Gives the leaves consecutive places from `first` on. */
export async function setIndices(db: Db, ids: readonly string[], first: number): Promise<void> {
  await sql`update transparency.leaves l set leaf_index = ${first}::bigint + given.place - 1
    from unnest(${ids}::uuid[]) with ordinality as given (id, place) where l.id = given.id`.execute(db);
}

/** Adds hashes to a tile that has `width` of them; throws when it has another number. */
export async function growTile(
  db: Db,
  tile: { level: number; index: number; width: number },
  hashes: Uint8Array,
): Promise<void> {
  const { level, index, width } = tile;
  const bytes = Buffer.from(hashes);
  const done =
    width === 0
      ? await sql`insert into transparency.tiles (level, tile_index, hashes) values (${level}, ${index}, ${bytes})`.execute(
          db,
        )
      : await sql`update transparency.tiles set hashes = hashes || ${bytes}
          where level = ${level} and tile_index = ${index} and length(hashes) = ${32 * width}`.execute(db);
  if (done.numAffectedRows !== 1n)
    throw new Error(`Tile ${level}/${index} of the log has not the ${width} hashes expected.`);
}

export async function insertCheckpoint(db: Db, checkpoint: LogCheckpoint): Promise<void> {
  await sql`insert into transparency.checkpoints (size, root, origin, note, created_at)
    values (${checkpoint.size}, ${Buffer.from(checkpoint.root)}, ${checkpoint.origin}, ${checkpoint.note},
      ${checkpoint.createdAt})`.execute(db);
}

/** The public part of leaves, in the order of the log. */
export async function selectLeafRange(
  db: Db,
  from: number,
  below: number,
): Promise<{ type: string; commitment: string }[]> {
  const found = await sql<{
    type: string;
    commitment: string;
  }>`select type, commitment from transparency.leaves
    where leaf_index >= ${from} and leaf_index < ${below} order by leaf_index`.execute(db);
  return found.rows;
}

export async function countLeaves(
  db: Db,
): Promise<{ type: string; count: number; waiting: number; erased: number }[]> {
  const found = await sql<{ type: string; count: number; waiting: number; erased: number }>`
    select l.type, count(*)::int as count, (count(*) filter (where l.leaf_index is null))::int as waiting,
      (count(*) filter (where r.leaf_id is null))::int as erased
    from transparency.leaves l left join transparency.records r on r.leaf_id = l.id
    group by l.type order by l.type collate "C"`.execute(db);
  return found.rows;
}

export async function selectLatest(
  db: Db,
  limit: number,
): Promise<{ id: string; type: string; createdAt: Date; index: number | undefined }[]> {
  const found = await sql<{ id: string; type: string; created_at: Date; leaf_index: bigint | null }>`
    select id, type, created_at, leaf_index from transparency.leaves order by arrival desc limit ${limit}`.execute(
    db,
  );
  return found.rows.map((row) => ({
    id: row.id,
    type: row.type,
    createdAt: row.created_at,
    index: row.leaf_index === null ? undefined : Number(row.leaf_index),
  }));
}
