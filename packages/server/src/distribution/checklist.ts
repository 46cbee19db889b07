import { sql } from 'kysely';
import type { ChecklistItem, ChecklistPart } from '../billing/index.ts';
import { distributionText } from './messages.ts';

/** Whether the paid invoices of a period are divided, for its checklist. */
export const distributionChecklist: ChecklistPart = async (k, period, locale) => {
  const text = distributionText(locale).checklist;
  const found = await sql<{ paid: number; posted: number; faults: number }>`select count(*)::int as paid,
      (count(*) filter (where r.state = 'posted'))::int as posted,
      (count(*) filter (where r.fault is not null))::int as faults
    from billing.published_invoices b
    left join distribution.runs r on r.kind = 'invoice' and r.subject = b.id
    where b.period_id = ${period.id} and b.settled_at is not null`.execute(k.db);
  const { paid, posted, faults } = found.rows[0]!;
  const item = { key: 'distribution', title: text.title, href: '/operator/runs' } as const;
  return [{ ...item, ...stateOf() }];

  function stateOf(): Pick<ChecklistItem, 'state' | 'detail'> {
    if (period.closedAt === null || paid === 0) return { state: 'blocked', detail: text.none };
    if (faults > 0) return { state: 'needs-you', detail: text.fault(faults) };
    if (posted < paid) return { state: 'waiting', detail: text.open(paid - posted, paid) };
    return { state: 'done', detail: text.done(posted) };
  }
};
