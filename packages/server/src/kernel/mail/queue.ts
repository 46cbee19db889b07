import { sql } from 'kysely';
import { enqueue, type JobHandler } from '../jobs.ts';
import { inTx, type Kernel } from '../kernel.ts';
import { parseMailAddress } from './address.ts';
import { bounceStatus, classifyBounce, isAddressFailure } from './classify-bounce.ts';
import { type MailContent, renderMail } from './render.ts';
import type { MailTransport } from './transport.ts';

/** Why a mail is sent: `transactional` answers what the person just did and always goes out unless the address bounces. */
export type MailCategory = 'transactional' | 'notice' | 'news';

export type QueuedMail = MailContent & {
  readonly to: string;
  readonly category: MailCategory;
  /** Address that stops mail of this category by one POST (RFC 8058). */
  readonly unsubscribeUrl?: string;
};

/** A mail as the outbox page shows it. */
export type MailRecord = {
  readonly id: string;
  readonly recipient: string;
  readonly category: string;
  readonly subject: string;
  readonly body_text: string;
  readonly state: 'queued' | 'sent' | 'suppressed' | 'bounced' | 'failed';
  readonly detail: string | null;
  readonly created_at: Date;
  readonly sent_at: Date | null;
};

const SEND = 'mail.send';

/**
 * Queues a mail in the open transaction; it is sent after the commit, at least once. Answers the mail's id.
 * To a suppressed address nothing is sent, and the outbox says so. Throws `mail-address-invalid`.
 */
export async function queueMail(t: Kernel, mail: QueuedMail): Promise<string> {
  const { address, key } = parseMailAddress(mail.to);
  const id = t.ids.id();
  const { text, html } = renderMail(mail);
  const suppressed = await suppressionOf(t, key, mail.category);
  await sql`insert into kernel.mails (id, recipient, recipient_key, category, subject, body_text, body_html,
      unsubscribe_url, message_id, state, detail, created_at)
    values (${id}, ${address}, ${key}, ${mail.category}, ${mail.subject}, ${text}, ${html}, ${mail.unsubscribeUrl ?? null},
      ${`<${id}@${new URL(t.site.baseUrl).hostname}>`}, ${suppressed ? 'suppressed' : 'queued'}, ${suppressed ?? null}, ${t.clock.now()})`.execute(
    t.db,
  );
  if (!suppressed) await enqueue(t, { kind: SEND, payload: { mail: id }, dedupKey: id });
  return id;
}

type Row = MailRecord & {
  recipient_key: string;
  body_html: string;
  unsubscribe_url: string | null;
  message_id: string;
};

/** The job that sends queued mail through a transport. Permanent refusals suppress the address. */
export function mailJob(transport: MailTransport): JobHandler {
  return {
    kind: SEND,
    maxAttempts: 12,
    async handle(k, job) {
      const id = String(job.payload.mail);
      const found = await sql<Row>`select * from kernel.mails where id = ${id} and state = 'queued'`.execute(
        k.db,
      );
      const mail = found.rows[0];
      if (!mail) return;
      const outcome = await transport
        .send({
          from: { address: k.site.mailFrom },
          to: { address: mail.recipient },
          subject: mail.subject,
          text: mail.body_text,
          html: mail.body_html,
          messageId: mail.message_id,
          date: mail.created_at,
          ...(mail.unsubscribe_url ? { listUnsubscribe: { url: mail.unsubscribe_url } } : {}),
        })
        .then(() => undefined)
        .catch((error: unknown) => {
          if (classifyBounce(error) !== 'permanent') throw error;
          return {
            reason: error instanceof Error ? error.message : String(error),
            status: bounceStatus(error),
          };
        });
      await job.finish(async (t) => {
        if (outcome === undefined) {
          await sql`update kernel.mails set state = 'sent', sent_at = ${t.clock.now()} where id = ${id}`.execute(
            t.db,
          );
        } else {
          await recordBounce(t, { messageId: mail.message_id, ...outcome });
        }
      });
    },
  };
}

/**
 * Records that a mail came back for good. Its address gets no mail any more if the status says that the address is the
 * cause. Answers whether the mail is known; reports about others are ignored, because anyone can write one.
 */
export async function recordBounce(
  k: Kernel,
  bounce: { messageId: string; reason: string; status: string | undefined },
): Promise<boolean> {
  return inTx(k, async (t) => {
    const found = await sql<{ recipient_key: string }>`update kernel.mails
      set state = 'bounced', detail = ${bounce.reason.slice(0, 500)}
      where message_id = ${bounce.messageId} returning recipient_key`.execute(t.db);
    const row = found.rows[0];
    if (row && bounce.status !== undefined && isAddressFailure(bounce.status)) {
      await suppressMail(t, row.recipient_key, 'all', 'bounced');
    }
    return row !== undefined;
  });
}

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

async function suppressionOf(t: Kernel, key: string, category: string): Promise<string | undefined> {
  const hmac = await t.keys.hmac('mail-suppression', key);
  const rows = await sql<{ reason: string }>`select reason from kernel.mail_suppressions
    where address_hmac = ${hmac} and category in ('all', ${category}) limit 1`.execute(t.db);
  return rows.rows[0]?.reason;
}

/** The newest mails, for the operator's outbox. */
export async function listMails(k: Kernel, limit = 100): Promise<MailRecord[]> {
  const rows =
    await sql<MailRecord>`select id, recipient, category, subject, body_text, state, detail, created_at, sent_at
    from kernel.mails order by seq desc limit ${limit}`.execute(k.db);
  return rows.rows;
}

/** How many mails wait and how many came back. */
export async function countMails(k: Kernel): Promise<{ waiting: number; bounced: number }> {
  const counts = await sql<{ waiting: number; bounced: number }>`select
    count(*) filter (where state = 'queued')::int as waiting,
    count(*) filter (where state = 'bounced')::int as bounced from kernel.mails`.execute(k.db);
  return counts.rows[0]!;
}

/** Forgets what was written to an address: erasure removes recipient and text, not the fact of a mail. */
export async function eraseMails(t: Kernel, address: string): Promise<void> {
  const { key } = parseMailAddress(address);
  await sql`update kernel.mails set recipient = '(erased)', recipient_key = '(erased)', subject = '(erased)', body_text = '', body_html = '',
      unsubscribe_url = null, state = case when state = 'queued' then 'suppressed' else state end
    where recipient_key = ${key}`.execute(t.db);
}
