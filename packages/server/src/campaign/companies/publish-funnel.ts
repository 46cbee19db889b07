import { sql } from 'kysely';
import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';

/** Makes the funnel public, for good. Whoever asks again changes nothing. */
export async function publishFunnel(k: Kernel, by: string): Promise<void> {
  await inTx(k, async (t) => {
    const done = await sql`insert into campaign.funnel_publication (published_by, published_at)
      values (${by}, ${t.clock.now()}) on conflict do nothing`.execute(t.db);
    if (done.numAffectedRows === 0n) return;
    await recordActivity(t, { actor: by, action: 'campaign.funnel-published', subject: 'campaign:funnel' });
  });
}

/** Since when the funnel is public; undefined while it is not. */
export async function funnelPublicSince(k: Kernel): Promise<Date | undefined> {
  const found = await sql<{ at: Date }>`select published_at as at from campaign.funnel_publication`.execute(
    k.db,
  );
  return found.rows[0]?.at;
}
