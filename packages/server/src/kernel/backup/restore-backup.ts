import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { type Connection, openDatabase } from '../database/connect.ts';
import { type Migrations, migrate, readMigrations } from '../database/migrate.ts';
import { BackupError } from './errors.ts';
import { type BackupManifest, tableFile } from './manifest.ts';
import { databaseOver, hashTable, listTables, openClient, type TableShape } from './snapshot.ts';
import type { Facts } from './write-backup.ts';

export type RestoreBackup = {
  /** The backup's directory, and what `readBackup` answered for it. */
  readonly source: string;
  readonly manifest: BackupManifest;
  /** An empty database. */
  readonly connection: Connection;
  /** All migrations of this version of the program, in order. */
  readonly migrations: readonly Migrations[];
  readonly facts: Facts;
};

/**
 * Restores a backup that was read with `readBackup` into an empty database: the tables are made by the migrations that
 * the backup names, loaded in one transaction, compared by hash and fact by fact, and then brought up to this version.
 * On failure the database is left empty.
 *
 * Throws `backup-target-not-empty`, `backup-migrations-differ`, `backup-not-restored`.
 */
export async function restoreBackup(options: RestoreBackup): Promise<void> {
  checkMigrations(options.manifest, options.migrations);
  const client = await openClient(options.connection);
  try {
    await refuseNonEmpty(client);
    try {
      await load(client, options);
    } catch (error) {
      await client.query('rollback');
      await empty(client);
      throw error;
    }
  } finally {
    await client.end();
  }
}

async function load(client: pg.Client, options: RestoreBackup): Promise<void> {
  const { manifest } = options;
  const applied = new Set(manifest.migrations.map(({ module, name }) => `${module}/${name}`));
  const { db, close } = openDatabase(options.connection, 1);
  try {
    await migrate(db, options.migrations, ({ module, name }) => applied.has(`${module}/${name}`));
    const tables = await listTables(client);
    checkShapes(manifest, tables);
    await client.query('begin');
    await loadTables(client, tables, options.source);
    await setSequences(client, manifest);
    for (const shape of tables) await compareTable(client, shape, manifest);
    const facts = await options.facts(databaseOver(client));
    if (!isDeepStrictEqual(facts, manifest.facts)) throw notSame('what the modules say about it');
    await client.query('commit');
    await migrate(db, options.migrations);
  } finally {
    await close();
  }
}

/** The backup's migrations must be the beginning of each module's own, word for word. */
function checkMigrations(manifest: BackupManifest, migrations: readonly Migrations[]): void {
  const known = readMigrations(migrations);
  const modules = new Set([...manifest.migrations, ...known].map(({ module }) => module));
  for (const module of modules) {
    const ours = known.filter((each) => each.module === module);
    const theirs = manifest.migrations.filter((each) => each.module === module);
    theirs.forEach(({ name, sha256 }, i) => {
      if (ours[i]?.name === name && ours[i].sha256 === sha256) return;
      throw new BackupError(
        'backup-migrations-differ',
        `The backup was written by another version: migration ${module}/${name} is not known here in this form. Restore it with the version that wrote it, or a newer one.`,
      );
    });
  }
}

function checkShapes(manifest: BackupManifest, tables: readonly TableShape[]): void {
  const nameOf = ({ schema, table, columns }: Pick<TableShape, 'schema' | 'table' | 'columns'>) =>
    `${schema}.${table} (${columns.join(', ')})`;
  const theirs = new Set(manifest.tables.map(nameOf));
  const same = theirs.size === tables.length && tables.every((table) => theirs.has(nameOf(table)));
  if (!same) throw notSame('its tables');
}

async function refuseNonEmpty(client: pg.Client): Promise<void> {
  const found = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'S')
    order by 1 limit 1`);
  const first = found.rows[0];
  if (!first) return;
  const message = `The database to restore into is not empty: it has ${first.name}. Name an empty one.`;
  throw new BackupError('backup-target-not-empty', message);
}

/** Takes away what a failed restore made; the database was empty before. */
async function empty(client: pg.Client): Promise<void> {
  const schemas = await client.query<{ name: string }>(`
    select nspname as name from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`);
  for (const { name } of schemas.rows) await client.query(`drop schema ${pg.escapeIdentifier(name)} cascade`);
}

async function loadTables(client: pg.Client, tables: readonly TableShape[], source: string): Promise<void> {
  const wake = await restTriggers(client, tables);
  await client.query('set constraints all deferred');
  // Where allowed, foreign keys rest too: the rows were consistent when they were read.
  const may = await client.query<{ ok: boolean }>(
    `select has_parameter_privilege('session_replication_role', 'set') as ok`,
  );
  if (may.rows[0]!.ok) await client.query(`set local session_replication_role = replica`);
  // Rows that migrations put in are in the backup too.
  await client.query(`truncate ${tables.map(nameOf).join(', ')}`);
  for (const shape of tables) {
    const list = shape.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    const into = client.query(from(`copy ${nameOf(shape)} (${list}) from stdin`));
    await pipeline(
      createReadStream(join(source, tableFile(shape.schema, shape.table))),
      createGunzip(),
      into,
    );
  }
  await client.query('set constraints all immediate');
  await wake();
}

const ENABLE: Readonly<Record<string, string>> = {
  O: 'enable trigger',
  A: 'enable always trigger',
  R: 'enable replica trigger',
};

/** Triggers guard what people do, not what is brought back; answers how to set each as it was. */
async function restTriggers(client: pg.Client, tables: readonly TableShape[]): Promise<() => Promise<void>> {
  const found = await client.query<{ schema: string; table: string; name: string; mode: string }>(`
    select n.nspname as schema, c.relname as table, t.tgname as name, t.tgenabled as mode
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and t.tgenabled <> 'D' and t.tgparentid = 0`);
  const ours = new Set(tables.map(nameOf));
  const triggers = found.rows.filter((trigger) => ours.has(nameOf(trigger)));
  const alter = (trigger: (typeof triggers)[number], what: string | undefined) =>
    client.query(`alter table ${nameOf(trigger)} ${what} ${pg.escapeIdentifier(trigger.name)}`);
  for (const trigger of triggers) await alter(trigger, 'disable trigger');
  return async () => {
    for (const trigger of triggers) await alter(trigger, ENABLE[trigger.mode]);
  };
}

function nameOf({ schema, table }: Pick<TableShape, 'schema' | 'table'>): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
}

async function setSequences(client: pg.Client, manifest: BackupManifest): Promise<void> {
  for (const { schema, sequence, lastValue } of manifest.sequences) {
    if (lastValue === null) continue;
    const name = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(sequence)}`;
    await client.query('select setval($1::regclass, $2::bigint)', [name, lastValue]);
  }
}

async function compareTable(client: pg.Client, shape: TableShape, manifest: BackupManifest): Promise<void> {
  const { schema, table } = shape;
  const before = manifest.tables.find((each) => each.schema === schema && each.table === table);
  const after = await hashTable(client, shape);
  if (before?.sha256 !== after.sha256 || before.rows !== after.rows) throw notSame(`${schema}.${table}`);
}

function notSame(what: string): BackupError {
  const message = `The restored database is not what was backed up: ${what} differs. Nothing was kept.`;
  return new BackupError('backup-not-restored', message);
}
