import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';

/** Who has accepted a share in a work that is registered and not withdrawn; of some works, or of all. For counting. */
export async function shareholders(k: Kernel, workIds?: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`select distinct c.party_id as id
    from works.claims c join works.works w on w.id = c.work_id
    where c.state = 'accepted' and w.state = 'registered'
      and (${workIds ?? null}::uuid[] is null or c.work_id = any(${workIds ?? null}::uuid[]))
    order by 1`.execute(k.db);
  return found.rows.map(({ id }) => id);
}
