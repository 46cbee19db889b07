/** A mail as the operator’s outbox shows it: never what is in it, because links in mails open accounts. */
export type MailRecord = {
  readonly id: string;
  readonly recipient: string;
  readonly category: string;
  readonly subject: string;
  readonly state: 'queued' | 'sent' | 'suppressed' | 'bounced' | 'failed';
  readonly detail: string | null;
  readonly created_at: Date;
  readonly sent_at: Date | null;
};
