import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

/** Every batch whose file was made, oldest first. */
export async function orderedBatches(db: Db) {
  const found = await sql<{ id: string; file_sealed: string; file_sha256: string }>`
    select id, file_sealed, file_sha256 from payouts.batches where state = 'ordered' order by decided_at, id`.execute(
    db,
  );
  return found.rows;
}
