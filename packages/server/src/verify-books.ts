import { sql } from 'kysely';
import { integrityChecks } from './app.ts';
import type { Finding, IntegrityCheck, Kernel } from './kernel/index.ts';

/** What one check found; a check that could not run found something wrong. */
export type BooksFinding = Finding & { readonly name: string };

/**
 * Runs the integrity checks of all modules over a running or stopped instance and answers what they found. Each sees one
 * moment of the database, in a transaction that cannot write. Whatever is not as it was written names its row.
 */
export async function verifyBooks(
  k: Kernel,
  checks: readonly IntegrityCheck[] = integrityChecks,
): Promise<readonly BooksFinding[]> {
  const findings: BooksFinding[] = [];
  for (const check of checks)
    for (const finding of await look(k, check)) findings.push({ name: check.name, ...finding });
  return findings;
}

async function look(k: Kernel, check: IntegrityCheck): Promise<readonly Finding[]> {
  try {
    return await k.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (db) => {
        // Looking at all rows takes as long as it takes.
        await sql`set local statement_timeout = 0`.execute(db);
        await sql`set local idle_in_transaction_session_timeout = 0`.execute(db);
        return check.run({ ...k, db, blobs: k.blobs.within(db) });
      });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ ok: false, detail: `could not be checked: ${detail}` }];
  }
}
