import { type Kernel, type Subscriber, stopMailsTo, unsuppressMail } from '../../kernel/index.ts';
import { selectSignatory } from '../store.ts';
import { endMailConsent, insertReturn, selectRecipient } from './store-mailings.ts';

/** What becomes of a mail of a mailing: who unsubscribes no longer consents, and whose mail returns is not written to. */
export const mailingSubscribers: readonly Subscriber[] = [
  {
    name: 'campaign.end-mail-consent',
    on: 'mail.unsubscribed',
    async handle(t, payload) {
      const signatoryId = await selectRecipient(t.db, String(payload.mailId));
      const row = signatoryId && (await selectSignatory(t.db, signatoryId));
      if (row) await endMailConsent(t.db, row.email);
    },
  },
  {
    name: 'campaign.note-return',
    on: 'mail.returned',
    async handle(t, payload) {
      const signatoryId = await selectRecipient(t.db, String(payload.mailId));
      if (signatoryId) await insertReturn(t.db, signatoryId, t.clock.now());
    },
  },
];

type Consent = { readonly email: string; readonly mail_consented_at: Date | null };

/**
 * Follows a change of the consent to mail: one that ends stops what has not left yet; one that its owner gives anew
 * lifts what an earlier click on "unsubscribe" had stopped.
 */
export async function followConsent(t: Kernel, before: Consent, after: Consent): Promise<void> {
  if (before.mail_consented_at && !after.mail_consented_at) await stopMailsTo(t, before.email, 'news');
  if (!before.mail_consented_at && after.mail_consented_at) await unsuppressMail(t, after.email, 'news');
}
