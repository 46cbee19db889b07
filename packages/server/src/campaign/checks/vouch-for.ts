import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { lockSignatory, selectSignatory } from '../store.ts';
import { insertCheck, selectChecks, wasTakenBack } from './store-checks.ts';

/**
 * A checked organisation that signed says that it knows a signatory. `entry` is the address of the entry on the wall.
 * The vouch stands as long as the organisation's own signature does.
 * Throws `voucher-not-checked` (no organisation, or nothing checked beyond its e-mail), `entry-unknown`, `review-own`,
 * `check-taken-back` (by a moderator).
 */
export async function vouchFor(
  k: Kernel,
  { voucherId, entry }: { voucherId: string; entry: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const voucher = await selectSignatory(t.db, voucherId);
    const checked = ((await selectChecks(t.db, [voucherId])).get(voucherId) ?? []).some(
      ({ method }) => method !== 'vouch',
    );
    if (voucher?.kind !== 'organisation' || voucher.state !== 'confirmed' || !checked)
      throw fail('voucher-not-checked');
    const id = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?\s*$/.exec(entry)?.[1];
    const row = id === undefined ? undefined : await lockSignatory(t.db, id);
    if (row?.state !== 'confirmed') throw fail('entry-unknown');
    if (row.id === voucherId) throw fail('review-own');
    const check = { signatoryId: row.id, method: 'vouch', detail: voucherId } as const;
    if (await wasTakenBack(t.db, check)) throw fail('check-taken-back');
    await insertCheck(t.db, { ...check, id: t.ids.id(), voucherId, at: t.clock.now() });
    const subject = `signatory:${row.id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.vouched', subject });
  });
}
