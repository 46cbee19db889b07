import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

export async function insertDeclaration(
  db: Db,
  d: { agreementId: string; workId: string; sha256: string; by: string; at: Date },
): Promise<void> {
  await sql`insert into licensing.copy_declarations (agreement_id, work_id, sha256, declared_by, declared_at)
    values (${d.agreementId}, ${d.workId}, ${d.sha256}, ${d.by}, ${d.at}) on conflict do nothing`.execute(db);
}

/** `<work> <sha256>` of each copy declared. */
export async function selectDeclarations(db: Db, agreementId: string): Promise<string[]> {
  const found = await sql<{ key: string }>`select work_id || ' ' || sha256 as key
    from licensing.copy_declarations where agreement_id = ${agreementId}`.execute(db);
  return found.rows.map(({ key }) => key);
}
