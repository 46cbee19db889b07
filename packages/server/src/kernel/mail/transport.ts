import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';

/** Who a mail is from or to. `address` has passed `parseMailAddress`. */
export type Mailbox = { readonly address: string; readonly name?: string };

/** One mail to one person, complete: the same message gives the same bytes. */
export type OutgoingMail = {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Further headers; those this file writes itself are refused. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Address that unsubscribes by a POST without asking (RFC 8058). */
  readonly listUnsubscribe?: { readonly url: string };
  /** The envelope sender to which the mail returns, where it is not that of `from`. */
  readonly returnPath?: string;
  /** With angle brackets: `<id@domain>`. */
  readonly messageId: string;
  readonly date: Date;
};

/** A way to send mail. `send` rejects when the mail was not accepted; see `classifyBounce`. */
export type MailTransport = {
  /** For logs and the status page; without credentials. */
  readonly name: string;
  send(message: OutgoingMail): Promise<{ readonly messageId: string }>;
};

/** A mail that must not be sent: a header carries a line break, or one of our own. */
export class MailMessageError extends Error {
  readonly code = 'mail-message-invalid';
  readonly cure = 'Remove line breaks and control characters from subject, names and headers.';

  constructor(message: string) {
    super(message);
    this.name = 'MailMessageError';
  }
}

const OWN_HEADERS = new Set([
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'date',
  'message-id',
  'sender',
  'mime-version',
]);

/** The message as nodemailer takes it. Throws {@link MailMessageError}. */
export function toNodemailer(message: OutgoingMail): SendMailOptions & { baseBoundary: string } {
  checkHeaders(message);
  return {
    from: { name: message.from.name ?? '', address: message.from.address },
    to: { name: message.to.name ?? '', address: message.to.address },
    envelope: { from: message.returnPath ?? message.from.address, to: [message.to.address] },
    subject: message.subject,
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    headers: { ...message.headers, ...unsubscribeHeaders(message.listUnsubscribe?.url) },
    messageId: message.messageId,
    date: message.date,
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    // Else drawn at random, and a mail sent again would not be the same mail.
    baseBoundary: createHash('sha256').update(message.messageId).digest('hex').slice(0, 16),
  };
}

function unsubscribeHeaders(url: string | undefined): Record<string, { prepared: true; value: string }> {
  if (url === undefined) return {};
  const { href, protocol } = new URL(url);
  // RFC 8058 section 3.1 has one-click for https only; plain http is an instance being tried out.
  const oneClick = {
    'List-Unsubscribe-Post': { prepared: true as const, value: 'List-Unsubscribe=One-Click' },
  };
  return {
    'List-Unsubscribe': { prepared: true, value: `<${href}>` },
    ...(protocol === 'https:' ? oneClick : {}),
  };
}

function checkHeaders(message: OutgoingMail): void {
  const { from, to, subject, messageId, headers = {}, listUnsubscribe } = message;
  const values = [
    from.address,
    from.name,
    to.address,
    to.name,
    message.returnPath,
    subject,
    messageId,
    ...Object.values(headers),
  ];
  if (values.some((value) => value !== undefined && /\p{Cc}/u.test(value))) {
    throw new MailMessageError('A header of the mail contains a control character.');
  }
  if (!/^<[^\s<>@]+@[^\s<>@]+>$/.test(messageId))
    throw new MailMessageError('The mail has no valid Message-ID.');
  if (Number.isNaN(message.date.getTime())) throw new MailMessageError('The mail has no valid date.');
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase();
    if (!/^[a-z0-9-]+$/.test(lower) || OWN_HEADERS.has(lower) || /^(content-|list-unsubscribe)/.test(lower)) {
      throw new MailMessageError(`The header ${JSON.stringify(name)} cannot be set.`);
    }
  }
  if (listUnsubscribe !== undefined && !/^https?:$/.test(URL.parse(listUnsubscribe.url)?.protocol ?? '')) {
    throw new MailMessageError('The address to unsubscribe is not a web address.');
  }
}
