import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMigrations, kernel, openKernel, readConfig } from '@clearway/server';

/** Opens a fresh, migrated instance in a temporary directory, and removes it afterwards. */
export async function withInstance<T>(use: (k: kernel.Kernel) => Promise<T>): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), 'clearway-reference-'));
  const { k, close } = await openKernel(readConfig({}, { data }), 'serve', { fsync: false });
  try {
    await kernel.migrate(k.db, allMigrations);
    return await use(k);
  } finally {
    await close();
    rmSync(data, { recursive: true, force: true });
  }
}
