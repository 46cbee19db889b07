import { type RawBuilder, sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import { type Holder, rightsOf } from '../works/index.ts';
import type { SuspenseReason } from './model.ts';

/** Money of one work that waits for one reason. */
export type Waiting = {
  readonly workId: string;
  /** Null where nobody holds the share. */
  readonly claimId: string | null;
  readonly partyId: string | null;
  readonly reason: SuspenseReason;
  readonly currency: string;
  readonly amountMicro: bigint;
  readonly lines: number;
  /** When the oldest of it came in. */
  readonly since: Date;
};

/** Money that waits: of a work, of a party’s own shares, or all of it for the operator. The largest amounts first. */
export function suspenseOf(
  k: Kernel,
  { workId, partyId, limit = 500 }: { workId?: string; partyId?: string; limit?: number } = {},
): Promise<Waiting[]> {
  return selectWaiting(
    k,
    sql`(${workId ?? null}::uuid is null or work_id = ${workId ?? null}::uuid)
      and (${partyId ?? null}::uuid is null or party_id = ${partyId ?? null}::uuid)`,
    limit,
  );
}

async function selectWaiting(k: Kernel, where: RawBuilder<unknown>, limit: number): Promise<Waiting[]> {
  const found =
    await sql<Waiting>`select work_id as "workId", claim_id as "claimId", party_id as "partyId", reason,
      currency, sum(amount_micro)::bigint as "amountMicro", count(*)::int as lines, min(since) as since
    from distribution.suspense where released_by is null and ${where}
    group by work_id, claim_id, party_id, reason, currency having sum(amount_micro) <> 0
    order by sum(amount_micro) desc, work_id, claim_id limit ${limit}`.execute(k.db);
  return found.rows;
}

/** As `Waiting`, with the names people know. */
export type NamedWaiting = Waiting & {
  readonly title: string;
  readonly holder: string | null;
  /** True where the share is the own one of whoever looks. */
  readonly mine: boolean;
};

/** With titles and holders’ names; a holder who has not accepted yet goes by the name in the invitation. */
export async function withNames(
  k: Kernel,
  items: readonly Waiting[],
  partyId?: string,
): Promise<NamedWaiting[]> {
  const rights = await rightsOf(k, [...new Set(items.map((item) => item.workId))]);
  const parties = await findParties(k, [...new Set(items.flatMap((item) => item.partyId ?? []))]);
  return items.map((item) => {
    const right = rights.get(item.workId);
    const claim = right?.holders.find((holder: Holder) => holder.claimId === item.claimId);
    const party = item.partyId === null ? undefined : parties.get(item.partyId);
    return {
      ...item,
      title: right?.work.title ?? item.workId,
      holder: claim?.name ?? party?.name ?? null,
      mine: partyId !== undefined && item.partyId === partyId,
    };
  });
}

/**
 * The money that waits in works a party has to do with: its own shares, and those of co-owners in works it registered,
 * whose answer it can ask for again.
 */
export async function waitingFor(k: Kernel, partyId: string): Promise<NamedWaiting[]> {
  const own = await suspenseOf(k, { partyId });
  const found = await sql<{ work_id: string }>`select distinct work_id from distribution.suspense
    where released_by is null and work_id in (select s.work_id from distribution.run_shares s where s.party_id = ${partyId})
    order by work_id limit 500`.execute(k.db);
  const rights = await rightsOf(
    k,
    found.rows.map(({ work_id }) => work_id),
  );
  const registered = [...rights.values()].flatMap(({ work }) =>
    work.registrantId === partyId ? work.id : [],
  );
  const others = await selectWaiting(
    k,
    sql`work_id = any(${registered}::uuid[]) and party_id is distinct from ${partyId}::uuid`,
    500,
  );
  return withNames(k, [...own, ...others], partyId);
}
