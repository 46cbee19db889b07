import { sql } from 'kysely';
import { readInstance } from '../instance.ts';
import { enqueue, type JobHandler } from '../jobs.ts';
import { inTx, type Kernel } from '../kernel.ts';
import { emit } from '../outbox.ts';
import { parseMailAddress } from './address.ts';
import { bounceStatus, classifyBounce, isAddressFailure } from './classify-bounce.ts';
import { openBody, sealBody } from './mail-body.ts';
import type { MailRecord } from './mail-record.ts';
import { type MailContent, renderMail } from './render.ts';
import { returnPath } from './return-path.ts';
import { type MailCategory, suppressionOf, suppressMail } from './suppress.ts';
import type { MailTransport } from './transport.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

export type QueuedMail = MailContent & {
  readonly to: string;
  readonly category: MailCategory;
  /** Whose name stands at the head: the instance's, where nothing is said. */
  readonly house?: string;
  /** Of a mail to many: by this they are counted and stopped together. */
  readonly batch?: string;
  /** What it is about, such as `signatory:<id>`: `eraseMailsAbout` finds it by any of them. */
  readonly about?: string | readonly string[];
};

const SEND = 'mail.send';

/**
 * Queues a mail in the open transaction; it is sent after the commit, at least once. Answers the mail's id.
 * To a suppressed address nothing is sent, and the outbox says so. Throws `mail-address-invalid`.
 */
export async function queueMail(t: Kernel, mail: QueuedMail): Promise<string> {
  const { address, key } = parseMailAddress(mail.to);
  const id = t.ids.id();
  const unsubscribe = mail.category === 'transactional' ? null : await unsubscribeUrl(t, id);
  const { product, tagline } = t.site.words(mail.locale);
  const head = { name: mail.house ?? (await readInstance(t))?.instance.name ?? product, tagline };
  const { text, html } = renderMail(head, unsubscribe ? withUnsubscribe(mail, unsubscribe) : mail);
  const suppressed = await suppressionOf(t, key, mail.category);
  const body = suppressed ? null : await sealBody(t, id, { text, html });
  await sql`insert into kernel.mails (id, recipient, recipient_key, category, subject, body,
      unsubscribe_url, message_id, state, detail, batch, about, created_at)
    values (${id}, ${address}, ${key}, ${mail.category}, ${mail.subject}, ${body}, ${unsubscribe},
      ${`<${id}@${new URL(t.site.baseUrl).hostname}>`}, ${suppressed ? 'suppressed' : 'queued'}, ${suppressed ?? null}, ${mail.batch ?? null},
      ${mail.about === undefined ? null : [mail.about].flat()}::text[], ${t.clock.now()})`.execute(t.db);
  if (!suppressed) await enqueue(t, { kind: SEND, payload: { mail: id }, dedupKey: id });
  return id;
}

const STOP = {
  en: (url: string) => `To get no such mail any more: ${url}`,
  de: (url: string) => `Um solche Mails nicht mehr zu bekommen: ${url}`,
} as const;

function withUnsubscribe(mail: QueuedMail, url: string): MailContent {
  return { ...mail, footer: [...(mail.footer ?? []), STOP[mail.locale](url)] };
}

type Row = MailRecord & {
  recipient_key: string;
  body: string | null;
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
      // Whoever unsubscribed or had a mail come back since it was queued gets this one no more.
      const stopped = await suppressionOf(k, mail.recipient_key, mail.category);
      if (stopped !== undefined) {
        await job.finish(async (t) => {
          await sql`update kernel.mails set state = 'suppressed', detail = ${stopped}, body = null
            where id = ${id} and state = 'queued'`.execute(t.db);
        });
        return;
      }
      const bounces = await returnPath(k, id);
      const { text, html } = await openBody(k, mail);
      const outcome = await transport
        .send({
          from: { address: k.site.mailFrom },
          to: { address: mail.recipient },
          subject: mail.subject,
          text,
          html,
          messageId: mail.message_id,
          date: mail.created_at,
          ...(bounces === undefined ? {} : { returnPath: bounces }),
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
          await sql`update kernel.mails set state = 'sent', sent_at = ${t.clock.now()},
              body = case when ${k.site.demo} then body end
            where id = ${id}`.execute(t.db);
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
 * Sends the event `mail.returned` `{ mailId }` when the address is the cause.
 */
export async function recordBounce(
  k: Kernel,
  bounce: { messageId: string; reason: string; status: string | undefined },
): Promise<boolean> {
  return inTx(k, async (t) => {
    const found = await sql<{ id: string; recipient_key: string }>`update kernel.mails
      set state = 'bounced', detail = ${bounce.reason.slice(0, 500)}, body = null
      where message_id = ${bounce.messageId} and recipient_key like '%@%' returning id, recipient_key`.execute(
      t.db,
    );
    const row = found.rows[0];
    if (row && bounce.status !== undefined && isAddressFailure(bounce.status)) {
      await suppressMail(t, row.recipient_key, 'all', 'bounced');
      await emit(t, 'mail.returned', { mailId: row.id });
    }
    return row !== undefined;
  });
}

/** The newest mails, for the operator's outbox. */
export async function listMails(k: Kernel, limit = 100, skip = 0): Promise<MailRecord[]> {
  const rows =
    await sql<MailRecord>`select id, recipient, category, subject, state, detail, created_at, sent_at
    from kernel.mails order by seq desc limit ${limit} offset ${skip}`.execute(k.db);
  return rows.rows;
}

/** How many mails wait and how many came back. */
export async function countMails(k: Kernel): Promise<{ waiting: number; bounced: number }> {
  const counts = await sql<{ waiting: number; bounced: number }>`select
    count(*) filter (where state = 'queued')::int as waiting,
    count(*) filter (where state = 'bounced')::int as bounced from kernel.mails`.execute(k.db);
  return counts.rows[0]!;
}

const ERASED = sql`recipient = '(erased)', recipient_key = '(erased)', subject = '(erased)', body = null,
  unsubscribe_url = null, about = null,
  state = case when state = 'queued' then 'suppressed' else state end`;

/** Forgets what was written to an address: erasure removes recipient and text, not the fact of a mail. */
export async function eraseMails(t: Kernel, address: string): Promise<void> {
  const { key } = parseMailAddress(address);
  await sql`update kernel.mails set ${ERASED} where recipient_key = ${key}`.execute(t.db);
}

/** The same for mails about some things, whoever got them; other mails to the same address stay. */
export async function eraseMailsAbout(t: Kernel, things: readonly string[]): Promise<void> {
  await sql`update kernel.mails set ${ERASED} where about && ${things}::text[]`.execute(t.db);
}

/** Mails about some things that have not left yet do not leave any more. */
export async function stopMailsAbout(t: Kernel, things: readonly string[]): Promise<void> {
  await sql`update kernel.mails set state = 'suppressed', detail = 'stopped', body = null
    where about && ${things}::text[] and state = 'queued'`.execute(t.db);
}
