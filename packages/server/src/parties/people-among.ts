import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';

/** Of parties, those that are people, each with its user where there is one. For counting: no name, no address. */
export async function peopleAmong(
  k: Kernel,
  partyIds: readonly string[],
): Promise<{ partyId: string; userId: string | null }[]> {
  const found = await sql<{
    partyId: string;
    userId: string | null;
  }>`select id as "partyId", user_id as "userId"
    from parties.parties where id = any(${partyIds}::uuid[]) and kind = 'person' order by id`.execute(k.db);
  return found.rows;
}
