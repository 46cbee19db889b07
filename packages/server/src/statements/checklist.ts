import { sql } from 'kysely';
import type { ChecklistItem, ChecklistPart } from '../billing/index.ts';
import { statementsText } from './messages.ts';

/**
 * Of a closed period: whether everything that was divided of its invoices is on statements. What no licensee has paid yet is
 * not waited for.
 */
export const statementsChecklist: ChecklistPart = async (k, period, locale): Promise<ChecklistItem[]> => {
  const text = statementsText(locale).checklist;
  const found = await sql<{ divided: number; told: number }>`select count(*)::int as divided,
      count(*) filter (where exists (select from statements.lines l
        where l.line = p.run_id::text || ':' || p.no || ':' || p.pos))::int as told
    from billing.published_invoices i
      join distribution.published_lines p on p.subject = i.id and p.run_kind in ('invoice', 'credit')
    where i.period_id = ${period.id} and p.disposition = 'paid'`.execute(k.db);
  const { divided, told } = found.rows[0]!;
  const item = { key: 'statements', title: text.title, href: '/operator/statements' };
  if (divided === 0) return [{ ...item, state: 'blocked', detail: text.nothing }];
  if (told < divided) return [{ ...item, state: 'needs-you', detail: text.missing(divided - told) }];
  return [{ ...item, state: 'done', detail: text.all(divided) }];
};
