import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';

/** So many requests of clients that call themselves by one name were refused, on days from the first to the last. */
export type AgentRefusals = {
  readonly agentName: string;
  readonly count: number;
  /** ISO dates in the instance's zone. */
  readonly firstDay: string;
  readonly lastDay: string;
};

/** What all gates refused to clients that call themselves one of these names, whatever the case of the letters. */
export async function refusalsOfAgents(k: Kernel, names: readonly string[]): Promise<AgentRefusals[]> {
  const lower = names.map((name) => name.toLowerCase());
  const found = await sql<
    Omit<AgentRefusals, 'count'> & { count: bigint }
  >`select min(agent_name) as "agentName",
      sum(count)::bigint as count, min(day) as "firstDay", max(day) as "lastDay"
    from usage.refusals where lower(agent_name) = any(${lower}::text[])
    group by lower(agent_name) order by lower(agent_name) collate "C"`.execute(k.db);
  return found.rows.map((row) => ({ ...row, count: Number(row.count) }));
}
