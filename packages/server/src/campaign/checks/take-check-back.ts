import { sql } from 'kysely';
import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { checkFields, cleanText, inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { isOwn } from '../reviews/is-own.ts';
import { lockSignatory, type SignatoryRow } from '../store.ts';
import { queueCheckEndedMail } from './check-mails.ts';
import { endFeature } from './feature-signatory.ts';
import { type CheckRow, endChecks, selectCheck, selectChecks } from './store-checks.ts';

export const takeBackSchema = z.object({
  checkId: z.uuid(),
  reason: cleanText(1_000).refine((text) => text !== '', 'must not be empty'),
});
type Input = z.input<typeof takeBackSchema>;

/**
 * A moderator takes a check back, whichever it is. The signatory sees the reason and gets it by mail; the same check is not
 * recorded again by her own doing. Who has no other check left is no longer featured.
 * Throws `check-unknown`, `review-own`, `invalid-input`.
 */
export async function takeCheckBack(k: Kernel, { by, ...input }: Input & { by: string }): Promise<void> {
  const { checkId, reason } = checkFields(takeBackSchema, input);
  await inTx(k, async (t) => {
    const { check, row } = await find(t, checkId);
    if (await isOwn(t, row, by)) throw fail('review-own');
    await end(t, { check, row, endedFor: 'moderator', by, reason });
  });
}

/** An organisation takes its vouch back, with a reason. Throws `check-unknown`, `invalid-input`. */
export async function takeVouchBack(
  k: Kernel,
  { voucherId, ...input }: Input & { voucherId: string },
): Promise<void> {
  const { checkId, reason } = checkFields(takeBackSchema, input);
  await inTx(k, async (t) => {
    const { check, row } = await find(t, checkId);
    if (check.voucherId !== voucherId) throw fail('check-unknown');
    await end(t, { check, row, endedFor: 'voucher', by: null, reason });
  });
}

async function find(t: Kernel, checkId: string): Promise<{ check: CheckRow; row: SignatoryRow }> {
  const seen = await selectCheck(t.db, checkId);
  const row = seen && (await lockSignatory(t.db, seen.signatoryId));
  const check = row && (await selectCheck(t.db, checkId));
  if (!row || !check) throw fail('check-unknown');
  return { check, row };
}

async function end(
  t: Kernel,
  about: {
    check: CheckRow;
    row: SignatoryRow;
    endedFor: 'moderator' | 'voucher';
    by: string | null;
    reason: string;
  },
): Promise<void> {
  const { check, row, endedFor, by, reason } = about;
  await endChecks(t.db, sql`c.id = ${check.id}`, { endedFor, by, reason, at: t.clock.now() });
  if (row.featured_at && !(await selectChecks(t.db, [row.id])).has(row.id)) await endFeature(t, row.id);
  if (row.state === 'confirmed' || row.state === 'held')
    await queueCheckEndedMail(t, row, { check, by: endedFor, reason });
  await recordActivity(t, {
    actor: by ?? 'system',
    action: 'campaign.check-taken-back',
    subject: `signatory:${row.id}`,
  });
}
