import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';

/** How many cases holders have opened about clients that call themselves one of these names. Nothing about whose they are. */
export async function countCases(k: Kernel, clients: readonly string[]): Promise<number> {
  const lower = clients.map((name) => name.toLowerCase());
  const found = await sql<{ n: number }>`select count(*)::int as n from evidence.cases
    where lower(client) = any(${lower}::text[])`.execute(k.db);
  return found.rows[0]!.n;
}
