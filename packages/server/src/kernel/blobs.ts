import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { Db } from './database/connect.ts';
import type { Ids } from './ids.ts';

/** What was stored: hex SHA-256 and length in bytes. */
export type BlobInfo = { readonly sha256: string; readonly bytes: number };

/** Content by its hash. Storing the same content twice keeps one copy. */
export type BlobStore = {
  /** Stores a stream; throws `BlobTooLarge` past `maxBytes` and keeps nothing of it. */
  put(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<BlobInfo>;
  /** The content, or undefined when there is none. */
  get(sha256: string): AsyncIterable<Uint8Array> | undefined | Promise<AsyncIterable<Uint8Array> | undefined>;
  remove(sha256: string): Promise<void>;
  /** The same store, writing inside the given transaction where the content lies in the database. */
  within(db: Db): BlobStore;
};

export class BlobTooLarge extends Error {
  readonly code = 'blob-too-large';
}

const PIECE = 1 << 20;

async function* pieces(
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
  seen: (chunk: Uint8Array) => void,
) {
  let held: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  for await (const chunk of content) {
    total += chunk.length;
    if (total > maxBytes) throw new BlobTooLarge(`more than ${maxBytes} bytes`);
    seen(chunk);
    held.push(chunk);
    size += chunk.length;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0 || total === 0) yield Buffer.concat(held);
}

/** Blobs in PostgreSQL: one place to back up. Pieces arrive in one transaction, the hash is known at its end. */
export function databaseBlobs(db: Db, clock: Clock, ids: Ids): BlobStore {
  return {
    within: (t) => databaseBlobs(t, clock, ids),
    put: (content, maxBytes) =>
      (db.isTransaction ? inOpen(db) : db.transaction()).execute(async (t) => {
        const hash = createHash('sha256');
        let bytes = 0;
        // Pieces are held under a passing name until the hash is known; deferred by writing the parent row last.
        const draft = createHash('sha256').update(ids.secret()).digest('hex');
        await sql`insert into kernel.blobs (sha256, bytes, created_at) values (${draft}, 0, ${clock.now()})`.execute(
          t,
        );
        let piece = 0;
        const seen = (chunk: Uint8Array) => {
          hash.update(chunk);
          bytes += chunk.length;
        };
        for await (const data of pieces(content, maxBytes, seen)) {
          await sql`insert into kernel.blob_pieces (sha256, piece, data) values (${draft}, ${piece++}, ${data})`.execute(
            t,
          );
        }
        const sha256 = hash.digest('hex');
        const fresh = await sql`insert into kernel.blobs (sha256, bytes, created_at)
          values (${sha256}, ${bytes}, ${clock.now()}) on conflict do nothing`.execute(t);
        if (fresh.numAffectedRows === 1n) {
          await sql`update kernel.blob_pieces set sha256 = ${sha256} where sha256 = ${draft}`.execute(t);
        }
        await sql`delete from kernel.blobs where sha256 = ${draft}`.execute(t);
        return { sha256, bytes };
      }),
    async get(sha256) {
      const found = await sql`select 1 from kernel.blobs where sha256 = ${sha256}`.execute(db);
      return found.rows.length === 0 ? undefined : readPieces(db, sha256);
    },
    async remove(sha256) {
      await sql`delete from kernel.blobs where sha256 = ${sha256}`.execute(db);
    },
  };
}

/** Runs in the transaction that is already open. */
function inOpen(db: Db) {
  return { execute: <T>(body: (t: Db) => Promise<T>) => body(db) };
}

async function* readPieces(db: Db, sha256: string): AsyncGenerator<Uint8Array> {
  for (let piece = 0; ; piece++) {
    const row = await sql<{ data: Buffer }>`select data from kernel.blob_pieces
      where sha256 = ${sha256} and piece = ${piece}`.execute(db);
    if (!row.rows[0]) return;
    yield row.rows[0].data;
  }
}

/** Blobs as files, for instances with large works: `<directory>/ab/abcdef…`, written beside and renamed. */
export function fileBlobs(directory: string, ids: Ids): BlobStore {
  const pathOf = (sha256: string) => join(directory, sha256.slice(0, 2), sha256);
  const store: BlobStore = {
    within: () => store,
    async put(content, maxBytes) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const draft = join(directory, `draft-${ids.secret(9)}`);
      const hash = createHash('sha256');
      try {
        // Opened before anything can fail: a stream that opens late would create the file after it was taken away.
        const file = (await open(draft, 'wx', 0o600)).createWriteStream({ flush: true });
        await pipeline(
          pieces(content, maxBytes, (chunk) => hash.update(chunk)),
          file,
        );
        const sha256 = hash.digest('hex');
        mkdirSync(join(directory, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
        renameSync(draft, pathOf(sha256));
        return { sha256, bytes: statSync(pathOf(sha256)).size };
      } finally {
        rmSync(draft, { force: true });
      }
    },
    get: (sha256) => (existsSync(pathOf(sha256)) ? createReadStream(pathOf(sha256)) : undefined),
    async remove(sha256) {
      rmSync(pathOf(sha256), { force: true });
    },
  };
  return store;
}
