import { sql } from 'kysely';
import type { Kernel } from '../kernel.ts';
import { parseMailAddress } from './address.ts';

/** Why a mail is sent: `transactional` answers what the person just did and always goes out unless the address bounces. */
export type MailCategory = 'transactional' | 'notice' | 'news';

/** Stops mail to an address: of one category (unsubscribed) or all (bounced, complaint). Only a keyed hash is kept. */
export async function suppressMail(
  t: Kernel,
  address: string,
  category: MailCategory | 'all',
  reason: string,
): Promise<void> {
  const hmac = await t.keys.hmac('mail-suppression', parseMailAddress(address).key);
  await sql`insert into kernel.mail_suppressions (address_hmac, category, reason, created_at)
    values (${hmac}, ${category}, ${reason}, ${t.clock.now()}) on conflict do nothing`.execute(t.db);
}

/** Lets mail to an address out again, e.g. after the person confirmed it anew. */
export async function unsuppressMail(
  t: Kernel,
  address: string,
  category: MailCategory | 'all',
): Promise<void> {
  const hmac = await t.keys.hmac('mail-suppression', parseMailAddress(address).key);
  await sql`delete from kernel.mail_suppressions where address_hmac = ${hmac} and category = ${category}`.execute(
    t.db,
  );
}

/** Why nothing is sent to a mailbox, if so. */
export async function suppressionOf(t: Kernel, key: string, category: string): Promise<string | undefined> {
  const hmac = await t.keys.hmac('mail-suppression', key);
  const rows = await sql<{ reason: string }>`select reason from kernel.mail_suppressions
    where address_hmac = ${hmac} and category in ('all', ${category}) limit 1`.execute(t.db);
  return rows.rows[0]?.reason;
}
