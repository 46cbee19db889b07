import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { allMigrations } from './app.ts';
import type { Config } from './config.ts';
import {
  BackupError,
  type BackupManifest,
  type Clock,
  type Facts,
  joinData,
  openData,
  readBackup,
  restoreBackup,
  systemClock,
  writeBackup,
} from './kernel/index.ts';
import { checkLog } from './transparency/index.ts';

/** A log that cannot be computed from its leaves is neither backed up nor restored in silence. */
const facts: Facts = async (db) => ({ log: await checkLog(db) });

/**
 * Writes a backup of the instance into a directory that does not exist yet, also while the instance runs. With
 * `withKey: false` the master key stays out and has to be kept elsewhere. Throws `BackupError`.
 */
export async function backUp(
  config: Config,
  target: string,
  { withKey = true, clock = systemClock }: { withKey?: boolean; clock?: Clock } = {},
): Promise<BackupManifest> {
  const data = await joinData({ directory: config.data, url: config.databaseUrl });
  const key = join(config.data, 'secret', 'master.key');
  try {
    return await writeBackup({
      connection: data.connection,
      target,
      clock,
      facts,
      blobDirectory: join(config.data, 'blobs'),
      // A key that comes with the environment is not ours to store.
      ...(withKey && config.masterKey === undefined && existsSync(key) ? { masterKeyFile: key } : {}),
    });
  } finally {
    await data.close();
  }
}

/**
 * Restores a backup into the data directory of `config`, which must not exist or be empty, and into the database of
 * `DATABASE_URL`, if that is set, which must be empty. Nothing is left of a restore that fails. Throws `BackupError`.
 */
export async function restore(config: Config, source: string): Promise<BackupManifest> {
  if (existsSync(config.data) && readdirSync(config.data).length > 0) {
    const message = `${config.data} is not empty. Name a directory that does not exist with --data.`;
    throw new BackupError('backup-target-not-empty', message);
  }
  const manifest = await readBackup(source);
  const draft = `${config.data}.partial`;
  rmSync(draft, { recursive: true, force: true });
  try {
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const data = await openData({ directory: draft, url: config.databaseUrl });
    try {
      const { connection } = data;
      await restoreBackup({ source, manifest, connection, migrations: allMigrations, facts });
    } finally {
      await data.close();
    }
    for (const part of ['secret', 'blobs']) {
      const from = join(source, part);
      if (existsSync(from)) cpSync(from, join(draft, part), { recursive: true, preserveTimestamps: true });
    }
    renameSync(draft, config.data);
    return manifest;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
