import { sql } from 'kysely';
import type { JobHandler, Kernel } from '../kernel/index.ts';
import { readInstance } from '../kernel/index.ts';
import { issueStatements } from './issue-statements.ts';

const HOUR = 3_600_000;

/** Once a month, in the zone of the instance: everyone with a movement gets a statement of the month before. */
export const statementsJobs: readonly JobHandler[] = [
  {
    kind: 'statements.issue-monthly',
    everyMs: HOUR,
    leaseMs: 600_000,
    async handle(k) {
      const to = await startOfMonth(k);
      if (to) await issueStatements(k, { to });
    },
  },
];

async function startOfMonth(k: Kernel): Promise<Date | undefined> {
  const zone = (await readInstance(k))?.instance.zone;
  if (zone === undefined) return undefined;
  const found = await sql<{
    at: Date;
  }>`select date_trunc('month', ${k.clock.now()}::timestamptz at time zone ${zone})
    at time zone ${zone} as at`.execute(k.db);
  return found.rows[0]?.at;
}
