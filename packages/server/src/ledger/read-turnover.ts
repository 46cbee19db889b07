import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';
import type { AccountKind } from './model.ts';

/** What journals of some kinds booked on the accounts of one owner, in micro-units. */
export type Turnover = { readonly owner: string; readonly currency: string; readonly amountMicro: bigint };

/**
 * The sums of what journals of these kinds booked on accounts of these kinds, by owner and currency: credits positive,
 * debits negative. Reversals are journals of their own kind and not in it unless named.
 */
export async function turnover(
  k: Kernel,
  { accounts, journals }: { accounts: readonly AccountKind[]; journals: readonly string[] },
): Promise<Turnover[]> {
  const found = await sql<Turnover>`select a.owner, a.currency, sum(p.amount_micro)::bigint as "amountMicro"
    from ledger.journals j
      join ledger.postings p on p.journal_id = j.id
      join ledger.accounts a on a.id = p.account_id
    where j.kind = any(${journals}::text[]) and a.kind = any(${accounts}::text[])
    group by a.owner, a.currency order by a.owner, a.currency`.execute(k.db);
  return found.rows;
}

/** When the first journal of a kind was booked, and how many there are. */
export async function firstJournal(
  k: Kernel,
  kind: string,
): Promise<{ bookedAt: Date | undefined; count: number }> {
  const found = await sql<{
    at: Date | null;
    count: number;
  }>`select min(booked_at) as at, count(*)::int as count
    from ledger.journals where kind = ${kind}`.execute(k.db);
  const { at, count } = found.rows[0]!;
  return { bookedAt: at ?? undefined, count };
}
