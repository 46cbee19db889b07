import { sql } from 'kysely';
import { inTx, type Kernel } from '../kernel.ts';
import { emit } from '../outbox.ts';
import { stopMailsTo } from './batches.ts';
import { type MailCategory, suppressMail } from './suppress.ts';

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{64})$/;

/** The address that stops mail of a mail's category to its recipient by one POST (RFC 8058). */
export async function unsubscribeUrl(k: Kernel, mailId: string): Promise<string> {
  return `${k.site.baseUrl}/unsubscribe/${mailId}.${await k.keys.hmac('mail-unsubscribe', mailId)}`;
}

/** What a token is about, or undefined when it is not ours or the mail was erased. Changes nothing. */
export async function readUnsubscribe(
  k: Kernel,
  token: string,
): Promise<{ recipientKey: string; category: MailCategory } | undefined> {
  const [, id, mac] = TOKEN.exec(token) ?? [];
  if (!id || mac !== (await k.keys.hmac('mail-unsubscribe', id))) return undefined;
  const found = await sql<{
    recipient_key: string;
    category: MailCategory;
  }>`select recipient_key, category from kernel.mails
    where id = ${id} and recipient_key like '%@%'`.execute(k.db);
  const row = found.rows[0];
  return row && { recipientKey: row.recipient_key, category: row.category };
}

/**
 * Stops mail of that category to that recipient, what waits to be sent too. Answers false for a token that is not ours;
 * doing it twice is once. Sends the event `mail.unsubscribed` `{ mailId }`.
 */
export async function unsubscribe(k: Kernel, token: string): Promise<boolean> {
  const about = await readUnsubscribe(k, token);
  if (!about) return false;
  await inTx(k, async (t) => {
    await suppressMail(t, about.recipientKey, about.category, 'unsubscribed');
    await stopMailsTo(t, about.recipientKey, about.category);
    await emit(t, 'mail.unsubscribed', { mailId: TOKEN.exec(token)![1]! });
  });
  return true;
}
