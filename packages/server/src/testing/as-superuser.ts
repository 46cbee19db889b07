import { type RawBuilder, sql } from 'kysely';
import { inTx, type Kernel } from '../kernel/index.ts';

/** Runs a statement as somebody can who owns the database: no trigger looks. */
export async function asSuperuser(k: Kernel, statement: RawBuilder<unknown>): Promise<void> {
  await inTx(k, async (t) => {
    await sql`set local session_replication_role = replica`.execute(t.db);
    await statement.execute(t.db);
  });
}
