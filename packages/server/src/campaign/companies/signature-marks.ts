import { sql } from 'kysely';
import type { Kernel } from '../../kernel/index.ts';
import { leavesOf } from '../../transparency/index.ts';

/** Numbers of people who signed whose day is kept on the page of what the campaign brought. */
export const MARKS = [
  1, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
] as const;

/** The day so many people had signed, of those who count now, with the next count in the public log. */
export type Mark = { readonly count: number; readonly at: Date; readonly logIndex: number | undefined };

/** The marks that are passed, smallest first. A withdrawal moves later ones; goals of the campaign stay (`readGoals`). */
export async function signatureMarks(k: Kernel): Promise<Mark[]> {
  const found = await sql<{ count: number; at: Date }>`select n::int as count, confirmed_at as at
    from (select confirmed_at, row_number() over (order by confirmed_at, id) as n
      from campaign.signatories where state = 'confirmed' and kind = 'person') counted
    where n = any(${[...MARKS]}::bigint[]) order by n`.execute(k.db);
  if (found.rows.length === 0) return [];
  const leaves = await leavesOf(k, 'campaign:count');
  return found.rows.map(({ count, at }) => ({
    ...{ count, at },
    logIndex: leaves.find(({ createdAt }) => createdAt >= at)?.index,
  }));
}

/** Of the people who signed and count: how many there are, and the accounts of those who went on. */
export async function signedPeople(k: Kernel): Promise<{ people: number; userIds: readonly string[] }> {
  const found = await sql<{ people: number; userIds: string[] }>`select count(*)::int as people,
      coalesce(array_agg(distinct user_id::text) filter (where user_id is not null), '{}') as "userIds"
    from campaign.signatories where state = 'confirmed' and kind = 'person'`.execute(k.db);
  return found.rows[0]!;
}
