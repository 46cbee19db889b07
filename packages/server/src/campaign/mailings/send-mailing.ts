import { enqueue, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { queueMailingMail } from './compose-mailing.ts';
import { SEND_MAILING } from './edit-mailing.ts';
import type { Mailing } from './mailing.ts';
import {
  countAudience,
  insertRecipient,
  isRecipient,
  lockMailing,
  lockNextRecipients,
  upsertMailing,
} from './store-mailings.ts';

/** One step every few seconds: small enough to pause at once, and that a withdrawal finds what has not left. */
const STEP_MS = 5_000;
const MOST = 100;

/**
 * Sends a stretch of a mailing and queues the next one. Recipients, their mails and the next stretch are one
 * transaction: after a crash it goes on where it was, and nobody is written to twice.
 */
export const sendMailingJob: JobHandler = {
  kind: SEND_MAILING,
  async handle(_k, job) {
    await job.finish(async (t) => {
      const mailing = await lockMailing(t.db, String(job.payload.mailing));
      if (!mailing || mailing.run !== job.payload.run) return;
      const started = mailing.state === 'scheduled' ? await begin(t, mailing) : mailing;
      if (started.state === 'sending') await sendStretch(t, started);
    });
  },
};

async function begin(t: Kernel, mailing: Mailing): Promise<Mailing> {
  const startedAt = t.clock.now();
  const { en, de } = await countAudience(t.db, mailing.audience, startedAt);
  return { ...mailing, state: 'sending', startedAt, total: en + de };
}

async function sendStretch(t: Kernel, mailing: Mailing): Promise<void> {
  const now = t.clock.now();
  const size = Math.min(MOST, Math.max(1, Math.round((mailing.perMinute * STEP_MS) / 60_000)));
  const next = await lockNextRecipients(t.db, mailing, size);
  for (const recipient of next) {
    const mailboxHmac = await t.keys.hmac('campaign-mailing', `${mailing.id} ${recipient.mailboxKey}`);
    const about = { mailingId: mailing.id, mailboxHmac, signatoryId: recipient.id, at: now };
    // Two signatures of one mailbox are one recipient.
    if (await isRecipient(t.db, mailing.id, mailboxHmac)) continue;
    await insertRecipient(t.db, { ...about, mailId: await queueMailingMail(t, mailing, recipient) });
  }
  if (next.length < size) {
    await upsertMailing(t.db, { ...mailing, state: 'done', finishedAt: now });
    return;
  }
  await upsertMailing(t.db, { ...mailing, position: next.at(-1)!.id });
  const runAt = new Date(now.getTime() + Math.ceil((next.length * 60_000) / mailing.perMinute));
  await enqueue(t, { kind: SEND_MAILING, payload: { mailing: mailing.id, run: mailing.run }, runAt });
}
