import { emit, inTx, type Kernel, queueMail } from '../kernel/index.ts';
import { readAddress } from './address.ts';
import { findUser } from './find-user.ts';
import { makeLink } from './make-link.ts';
import { text } from './messages.ts';
import { fail } from './problems.ts';
import { recordActivity } from './record-activity.ts';
import { instanceName } from './send-sign-in-link.ts';
import { deleteLinksOf, deleteSessions, lockUser, updateAddress } from './store.ts';

/**
 * Sends a link to the new address; nothing changes before it is used. Says the same whether or not the address belongs
 * to another account: that comes out only to who reads its mail. Answers the address as it will be written.
 * Throws `email-invalid`.
 */
export async function requestAddressChange(k: Kernel, userId: string, email: string): Promise<string> {
  const { address, key } = readAddress(email);
  return inTx(k, async (t) => {
    const user = await findUser(t, userId);
    if (!user) throw fail('sign-in-required');
    const words = text(user.locale).changeMail;
    const about = { purpose: 'change-address' as const, user_id: userId, email: address, email_key: key };
    const url = await makeLink(t, { ...about, next: '/account' });
    await queueMail(t, {
      to: address,
      category: 'transactional',
      locale: user.locale,
      subject: words.subject(await instanceName(t)),
      paragraphs: [text(user.locale).signInMail.hello(user.name), words.body(address)],
      action: { label: words.button, url },
      footer: [words.limits, words.notYou],
    });
    return address;
  });
}

/**
 * Gives the user the confirmed address, ends all other sessions and open links, and tells the old address.
 * Throws `address-taken`. Sends `identity.address-changed` `{ userId }`.
 */
export async function changeAddress(
  t: Kernel,
  {
    userId,
    email,
    emailKey,
    sessionId,
  }: { userId: string; email: string; emailKey: string; sessionId: string },
): Promise<void> {
  const user = await lockUser(t.db, userId);
  if (!user) throw fail('sign-in-required');
  if (!(await updateAddress(t.db, userId, { email, emailKey, now: t.clock.now() })))
    throw fail('address-taken');
  await deleteSessions(t.db, userId, sessionId);
  await deleteLinksOf(t.db, userId);
  await recordActivity(t, { actor: userId, action: 'identity.address-changed', subject: `user:${userId}` });
  await emit(t, 'identity.address-changed', { userId });
  // An operator who came by the local link had no mailbox so far.
  if (user.email === null || user.email_confirmed_at === null) return;
  const words = text(user.locale).changedMail;
  await queueMail(t, {
    to: user.email,
    category: 'transactional',
    locale: user.locale,
    subject: words.subject(await instanceName(t)),
    paragraphs: [text(user.locale).signInMail.hello(user.name), words.body(email), words.notYou],
    action: { label: words.button, url: `${t.site.baseUrl}/imprint` },
  });
}
