import { sql } from 'kysely';
import { recordActivity } from '../../identity/index.ts';
import type { Kernel } from '../../kernel/index.ts';
import { nameKey } from '../model.ts';
import type { SignatoryRow } from '../store.ts';
import { endChecks } from './store-checks.ts';
import { deleteProtectedNameOf } from './store-names.ts';

/** Whether two spellings are one name: case, marks and the order of words make no other. */
export function isSameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

/**
 * What was found out about a name does not go over to another one: checks but that of the mailbox end, with the vouches
 * given under the old name, the place among the featured and the protection that came with it. Answers the row as it is then.
 */
export async function followName(
  t: Kernel,
  before: SignatoryRow,
  after: SignatoryRow,
): Promise<SignatoryRow> {
  if (isSameName(before.name, after.name)) return after;
  const which = sql<boolean>`(c.signatory_id = ${before.id} and c.method <> 'domain-mail') or c.voucher_id = ${before.id}`;
  const ended = await endChecks(t.db, which, {
    endedFor: 'name',
    by: null,
    reason: '',
    at: t.clock.now(),
  });
  await deleteProtectedNameOf(t.db, before.id);
  if (ended > 0 || before.featured_at) {
    const subject = `signatory:${before.id}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.checks-ended-with-name', subject });
  }
  return { ...after, featured_at: null, featured_by: null, namesake: false };
}
