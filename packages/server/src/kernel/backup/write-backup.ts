import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Connection, Db } from '../database/connect.ts';
import { BackupError } from './errors.ts';
import {
  type BackupFile,
  type BackupManifest,
  FORMAT,
  filesBelow,
  MANIFEST,
  MANIFEST_SHA256,
  manifestLine,
  tableFile,
} from './manifest.ts';
import { copyOut, databaseOver, listTables, type TableShape, withSnapshot } from './snapshot.ts';

/** What modules say about a snapshot; a restored database must say the same. */
export type Facts = (db: Db) => Promise<BackupManifest['facts']>;

export type WriteBackup = {
  readonly connection: Connection;
  /** The directory to write; must not exist. */
  readonly target: string;
  readonly clock: Clock;
  readonly facts: Facts;
  /** The file with the master key, copied as it is; without it the key must be kept elsewhere. */
  readonly masterKeyFile?: string;
  /** Where blobs lie as files, if they do. */
  readonly blobDirectory?: string;
};

/**
 * Writes one logical snapshot of the instance, also while it runs: every table as COPY text under one repeatable-read
 * transaction, with hashes of everything in `manifest.json`. It is written beside and renamed at the end, so a
 * directory with the final name is complete. Throws `backup-target-not-empty`.
 */
export async function writeBackup(options: WriteBackup): Promise<BackupManifest> {
  const target = resolve(options.target);
  if (existsSync(target))
    throw new BackupError(
      'backup-target-not-empty',
      `${target} exists already. Name a directory that does not.`,
    );
  const draft = `${target}.partial`;
  rmSync(draft, { recursive: true, force: true });
  try {
    const manifest = await writeDraft(options, draft);
    renameSync(draft, target);
    syncDirectory(dirname(target));
    return manifest;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function writeDraft(options: WriteBackup, draft: string): Promise<BackupManifest> {
  mkdirSync(join(draft, 'tables'), { recursive: true, mode: 0o700 });
  const files: BackupFile[] = [];
  const snapshot = await withSnapshot(options.connection, async (client) => {
    const tables: BackupManifest['tables'] = [];
    for (const shape of await listTables(client)) {
      const { file, ...table } = await writeTable(client, shape, draft);
      tables.push(table);
      files.push(file);
    }
    return { ...(await describe(client)), tables, facts: await options.facts(databaseOver(client)) };
  });
  // Blobs are never rewritten, so those that the snapshot knows are here now; what came later does no harm.
  for (const { from, path } of filesToCopy(options)) files.push(await copyFile(from, draft, path));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const createdAt = options.clock.now().toISOString();
  const manifest: BackupManifest = { format: FORMAT, createdAt, ...snapshot, files };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  writeFileSync(join(draft, MANIFEST), text, { mode: 0o600, flush: true });
  writeFileSync(join(draft, MANIFEST_SHA256), manifestLine(text), { mode: 0o600, flush: true });
  for (const path of ['tables', ...new Set(files.map((file) => dirname(file.path))), '.'])
    syncDirectory(join(draft, path));
  return manifest;
}

async function describe(client: pg.Client) {
  const version = await client.query<{ server_version: string }>('show server_version');
  const migrations = await client.query<BackupManifest['migrations'][number]>(
    `select module, name, sha256 from kernel.migrations order by module collate "C", name collate "C"`,
  );
  // Sequences stand outside transactions: read last, so that none is behind the rows.
  const sequences = await client.query<BackupManifest['sequences'][number]>(`
    select schemaname as schema, sequencename as sequence, last_value::text as "lastValue" from pg_sequences
    where schemaname = 'kernel' or schemaname in (select module from kernel.migrations)
    order by schemaname collate "C", sequencename collate "C"`);
  return {
    postgres: version.rows[0]!.server_version,
    migrations: migrations.rows,
    sequences: sequences.rows,
  };
}

async function writeTable(client: pg.Client, shape: TableShape, draft: string) {
  const { schema, table, columns } = shape;
  const path = tableFile(schema, table);
  const rows = copyOut(client, shape);
  const plain = createHash('sha256');
  const file = await writeFile(draft, path, [rows, through(plain), createGzip()]);
  return { schema, table, columns: [...columns], rows: rows.rowCount, sha256: plain.digest('hex'), file };
}

function filesToCopy({ masterKeyFile, blobDirectory }: WriteBackup): { from: string; path: string }[] {
  const key = masterKeyFile === undefined ? [] : [{ from: masterKeyFile, path: 'secret/master.key' }];
  if (blobDirectory === undefined || !existsSync(blobDirectory)) return key;
  const blobs = filesBelow(blobDirectory).filter((path) => /^[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path));
  return [...key, ...blobs.map((path) => ({ from: join(blobDirectory, path), path: `blobs/${path}` }))];
}

function copyFile(from: string, draft: string, path: string): Promise<BackupFile> {
  mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 });
  return writeFile(draft, path, [createReadStream(from)]);
}

async function writeFile(
  draft: string,
  path: string,
  source: (NodeJS.ReadableStream | NodeJS.ReadWriteStream)[],
): Promise<BackupFile> {
  const hash = createHash('sha256');
  const full = join(draft, path);
  await pipeline([...source, through(hash), createWriteStream(full, { mode: 0o600, flush: true })]);
  return { path, sha256: hash.digest('hex'), bytes: statSync(full).size };
}

function through(hash: Hash): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
