import { sql } from 'kysely';
import { type Kernel, requireInstance } from '../kernel/index.ts';

/** Keeps the fee of today for an agreement, once: a later fee never touches it. In the caller's transaction. */
export async function pinFee(t: Kernel, agreementId: string): Promise<void> {
  await pinFees(t, [agreementId]);
}

/** As `pinFee` for agreements that have none yet: those made before fees were kept. */
export async function pinFees(t: Kernel, agreementIds: readonly string[]): Promise<void> {
  const { feePpm } = await requireInstance(t);
  await sql`insert into distribution.agreement_fees (agreement_id, fee_ppm, pinned_at)
    select id, ${feePpm}, ${t.clock.now()} from unnest(${agreementIds}::uuid[]) id
    on conflict do nothing`.execute(t.db);
}

/** The fee an agreement was made under, in parts per million; undefined before it is kept. */
export async function feeOfAgreement(k: Kernel, agreementId: string): Promise<number | undefined> {
  const found = await sql<{ fee_ppm: number }>`select fee_ppm from distribution.agreement_fees
    where agreement_id = ${agreementId}`.execute(k.db);
  return found.rows[0]?.fee_ppm;
}
