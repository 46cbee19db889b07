import type { JobHandler, Kernel } from '../../kernel/index.ts';
import { LINK_MS } from '../model.ts';
import { queueConfirmationMail } from '../signatory/compose-mails.ts';
import { linkHash } from '../signatory/manage-token.ts';
import { insertLink, lockSignatory, type SignatoryRow } from '../store.ts';

/** Queues the mail whose link makes a signature count. */
export async function sendConfirmation(t: Kernel, to: SignatoryRow): Promise<void> {
  await queueConfirmationMail(t, to, to.locale, await makeLink(t, to.id));
}

/** The same later, while very many sign. What was withdrawn, erased, taken out or signed anew since then gets none. */
export const sendConfirmationJob: JobHandler = {
  kind: 'campaign.send-confirmation',
  async handle(_k, job) {
    const { signatory, mailedAt } = job.payload;
    await job.finish(async (t) => {
      const row = await lockSignatory(t.db, String(signatory));
      if (row?.state === 'pending' && row.mailed_at.toISOString() === mailedAt)
        await sendConfirmation(t, row);
    });
  },
};

async function makeLink(t: Kernel, signatoryId: string): Promise<string> {
  const token = t.ids.secret();
  const now = t.clock.now();
  await insertLink(t.db, {
    id: t.ids.id(),
    token_hash: await linkHash(t, token),
    purpose: 'confirm',
    signatory_id: signatoryId,
    created_at: now,
    expires_at: new Date(now.getTime() + LINK_MS),
    used_at: null,
    superseded_at: null,
  });
  return token;
}
