import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** The numbered `.sql` files of one module. */
export type Migrations = { readonly module: string; readonly directory: URL };

export type Migration = { module: string; name: string; sha256: string; text: string };

/** The migrations beside a module's `index.ts`: `migrationsOf('works', import.meta.url)`. */
export function migrationsOf(module: string, indexUrl: string): Migrations {
  return { module, directory: new URL('./migrations/', indexUrl) };
}

/** Reads the files of all modules, in the order given (left to right) and then by number. */
export function readMigrations(all: readonly Migrations[]): Migration[] {
  return all.flatMap(({ module, directory }) =>
    readdirSync(directory)
      .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
      .sort()
      .map((name) => {
        const text = readFileSync(new URL(name, directory), 'utf8');
        return { module, name, text, sha256: createHash('sha256').update(text).digest('hex') };
      }),
  );
}

const LOCK = 4_021_001;

/**
 * Applies what is not applied yet, each file in its own transaction, under one advisory lock.
 * Throws when an applied file was changed afterwards: history is never rewritten.
 * Answers the names of the files applied now. `wanted` leaves files out, to go up to an earlier state.
 */
export async function migrate(
  db: Db,
  all: readonly Migrations[],
  wanted: (migration: Migration) => boolean = () => true,
): Promise<string[]> {
  const files = readMigrations(all).filter(wanted);
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
    try {
      await sql`create schema if not exists kernel`.execute(connection);
      await sql`create table if not exists kernel.migrations (
        module text not null, name text not null, sha256 text not null,
        applied_at timestamptz not null default now(), primary key (module, name))`.execute(connection);
      const rows = await sql<{ module: string; name: string; sha256: string }>`
        select module, name, sha256 from kernel.migrations`.execute(connection);
      const applied = new Map(rows.rows.map((row) => [`${row.module}/${row.name}`, row.sha256]));
      const done: string[] = [];
      for (const file of files) {
        const key = `${file.module}/${file.name}`;
        const before = applied.get(key);
        if (before === file.sha256) continue;
        if (before !== undefined) throw new Error(`Migration ${key} was changed after it had been applied.`);
        await connection.transaction().execute(async (t) => {
          await sql.raw(file.text).execute(t);
          await sql`insert into kernel.migrations (module, name, sha256)
            values (${file.module}, ${file.name}, ${file.sha256})`.execute(t);
        });
        done.push(key);
      }
      return done;
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

/** The files that were applied to this database, as `module/name`. */
export async function appliedMigrations(db: Db): Promise<Set<string>> {
  const rows = await sql<{
    name: string;
  }>`select module || '/' || name as name from kernel.migrations`.execute(db);
  return new Set(rows.rows.map((row) => row.name));
}
