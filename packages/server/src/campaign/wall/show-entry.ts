import type { Kernel } from '../../kernel/index.ts';
import { selectChecks } from '../checks/store-checks.ts';
import type { Check, Signature } from '../model.ts';
import { fail } from '../problems.ts';
import { selectSignatory, toSignature } from '../store.ts';
import { isId } from './report-entry.ts';

/** An entry of the wall with its checks. Throws `entry-unknown`. */
export async function showEntry(
  k: Kernel,
  signatoryId: string,
): Promise<{ signature: Signature; checks: readonly Check[] }> {
  const row = isId(signatoryId) ? await selectSignatory(k.db, signatoryId) : undefined;
  if (row?.state !== 'confirmed' || row.hidden) throw fail('entry-unknown');
  return { signature: toSignature(row), checks: await checksOf(k, row.id) };
}

/** What was checked about a signatory beyond the e-mail, oldest first. */
export async function checksOf(k: Kernel, signatoryId: string): Promise<readonly Check[]> {
  return (await selectChecks(k.db, [signatoryId])).get(signatoryId) ?? [];
}
