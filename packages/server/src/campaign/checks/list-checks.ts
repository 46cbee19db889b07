import type { Kernel } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { selectSignatory } from '../store.ts';
import {
  type CheckRow,
  type EndedCheck,
  selectChecksOf,
  selectEndedChecks,
  selectVouchesBy,
} from './store-checks.ts';

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

/** Checks of a signature that ended, newest first. */
export function listEndedChecks(k: Kernel, signatoryId: string): Promise<EndedCheck[]> {
  return selectEndedChecks(k.db, signatoryId);
}

/** For whom an organisation vouches, oldest first. */
export function listVouches(
  k: Kernel,
  signatoryId: string,
): Promise<{ id: string; name: string; checkedAt: Date }[]> {
  return selectVouchesBy(k.db, signatoryId);
}
