import { sendSignInLink } from '../../identity/index.ts';
import { failCommon, inTx, type Kernel, type Limit } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { lockSignatory } from '../store.ts';
import { makeUser } from './become-user.ts';

const PER_SIGNATORY: Limit = { name: 'campaign-account-link', per: 4, windowMs: 3_600_000, burst: 2 };

/**
 * Opens the account of a confirmed signatory later than right after confirming: makes it with the same data and mails
 * the link that signs in. Throws `signature-link-unknown`, `signature-not-confirmed`, `too-many-requests`.
 */
export async function sendAccountLink(k: Kernel, signatoryId: string): Promise<void> {
  const wait = k.limits.take(PER_SIGNATORY, signatoryId);
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
  await inTx(k, async (t) => {
    const row = await lockSignatory(t.db, signatoryId);
    if (!row) throw fail('signature-link-unknown');
    if (row.state !== 'confirmed') throw fail('signature-not-confirmed');
    await makeUser(t, row);
    await sendSignInLink(t, { email: row.email, locale: row.locale, next: '/rights?next=/works/new' });
  });
}
