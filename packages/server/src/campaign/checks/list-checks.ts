import type { Kernel } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { selectSignatory } from '../store.ts';
import { type CheckRow, selectChecksOf } from './store-checks.ts';

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Every check of an entry, whose address or id is given, for who may take one back. Throws `entry-unknown`. */
export async function listChecks(
  k: Kernel,
  entry: string,
): Promise<{ signatoryId: string; name: string; checks: readonly CheckRow[] }> {
  const id = ID.exec(entry)?.[0];
  const row = id === undefined ? undefined : await selectSignatory(k.db, id);
  if (!row) throw fail('entry-unknown');
  return { signatoryId: row.id, name: row.name, checks: await selectChecksOf(k.db, row.id) };
}
