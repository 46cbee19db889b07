import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { allMigrations } from '../app.ts';
import { openDatabase } from '../kernel/database/connect.ts';
import { startEmbedded } from '../kernel/database/embedded.ts';
import { migrate } from '../kernel/database/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: { socketDirectory: string; user: string; password: string };
  }
}

/**
 * Starts one PostgreSQL for the run and migrates its template database; each test file clones it.
 * CLEARWAY_TEST_PG_BIN names another PostgreSQL's programs, e.g. Debian's 15.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'clearway-test-'));
  const bin = process.env.CLEARWAY_TEST_PG_BIN;
  const server = await startEmbedded({
    directory,
    fsync: false,
    maxConnections: 200,
    ...(bin
      ? { binaries: { root: join(bin, '..'), initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') } }
      : {}),
  });
  const opened = openDatabase(server.connection, 1);
  await migrate(opened.db, allMigrations);
  await opened.close();
  if ('url' in server.connection) throw new Error('the test cluster is embedded');
  const { socketDirectory, user, password } = server.connection;
  project.provide('testCluster', { socketDirectory, user, password });
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
