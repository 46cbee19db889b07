import { failCommon, formatDate, inTx, type Kernel, type Locale, queueMail } from '../kernel/index.ts';
import { readAddress } from './address.ts';
import type { OperatorInvitation } from './list-operators.ts';
import { operatorText } from './operator-messages.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { instanceName } from './send-sign-in-link.ts';
import type { UserRow } from './store.ts';
import { closeOperatorInvitations, insertOperatorInvitation, lockOperators } from './store-operators.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY_MS = 86_400_000;
export const OPERATOR_INVITATION_DAYS = 3;
const ALL = { name: 'identity.invite-operator', per: 20, windowMs: DAY_MS, burst: 10 };

/** Only the keyed hash of an invitation's token is kept. */
export function hashOperatorInvitation(k: Kernel, token: string): Promise<string> {
  return k.keys.hmac('operator-invitation', token);
}

/** The operators while they are held, and the one who acts. Throws `operator-required`. */
export async function lockByOperator(
  t: Kernel,
  actor: string,
): Promise<{ operators: UserRow[]; self: UserRow }> {
  const operators = await lockOperators(t.db);
  const self = operators.find(({ id }) => id === actor);
  if (!self) throw fail('operator-required');
  return { operators, self };
}

/**
 * Invites a person by mail to run the instance too; an earlier invitation of the same mailbox is replaced. It is good
 * for 3 days. `locale` is that of the mail. Throws `operator-required`, `email-invalid`, `operator-already`,
 * `too-many-requests`.
 */
export async function inviteOperator(
  k: Kernel,
  about: { email: string; name: string; actor: string; locale: Locale },
): Promise<OperatorInvitation> {
  const { name, actor, locale } = about;
  const { address, key } = readAddress(about.email);
  return inTx(k, async (t) => {
    const { operators, self } = await lockByOperator(t, actor);
    if (operators.some(({ email_key }) => email_key === key)) throw fail('operator-already');
    const wait = t.limits.take(ALL, 'all');
    if (wait > 0)
      throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
    await closeOperatorInvitations(t.db, { emailKey: key }, 'replaced');
    const token = t.ids.secret();
    const id = t.ids.id();
    const sentAt = t.clock.now();
    const expiresAt = new Date(sentAt.getTime() + OPERATOR_INVITATION_DAYS * DAY_MS);
    await insertOperatorInvitation(t.db, {
      id,
      token_hash: await hashOperatorInvitation(t, token),
      invited_by: actor,
      email: address,
      email_key: key,
      name,
      sent_at: sentAt,
      expires_at: expiresAt,
      state: 'open',
    });
    await recordActivity(t, {
      actor,
      action: 'identity.operator-invited',
      subject: `operator-invitation:${id}`,
    });
    const mail = operatorText(locale).invitation;
    const instance = await instanceName(t);
    await queueMail(t, {
      to: address,
      category: 'notice',
      locale,
      subject: mail.subject(self.name, instance),
      paragraphs: [mail.what(self.name, instance), mail.means, mail.until(formatDate(locale, expiresAt))],
      action: { label: mail.open, url: `${t.site.baseUrl}/operators/${token}` },
      footer: [mail.notYou],
    });
    return { id, email: address, name, sentAt, expiresAt };
  });
}

/** Takes an invitation back. Throws `operator-required`, `operator-link-unknown`. */
export async function withdrawOperatorInvitation(
  k: Kernel,
  { id, actor }: { id: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    await lockByOperator(t, actor);
    if (!UUID.test(id) || (await closeOperatorInvitations(t.db, { id }, 'withdrawn')) === 0)
      throw fail('operator-link-unknown');
    const subject = `operator-invitation:${id}`;
    await recordActivity(t, { actor, action: 'identity.operator-invitation-withdrawn', subject });
  });
}
