import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import { type MailTransport, toNodemailer } from './transport.ts';

/** `clientName` is what EHLO says; `ca` is trusted besides the public authorities; `timeoutMs` is per step, default 20 s. */
export type SmtpOptions = { readonly clientName?: string; readonly ca?: string; readonly timeoutMs?: number };

/** The SMTP address in the settings is not usable. Its text is not repeated, since it may hold a password. */
export class SmtpUrlError extends Error {
  readonly code = 'mail-smtp-url-invalid';
  readonly cure =
    'Use smtps://user:password@host or smtp://user:password@host:587, with special characters escaped.';

  constructor() {
    super('The address of the mail server is not usable.');
    this.name = 'SmtpUrlError';
  }
}

/**
 * Sends through a mail server, one connection per mail. `smtps:` is TLS from the start (port 465); `smtp:` (port 587) must
 * offer STARTTLS, else nothing is sent, neither mail nor password; only a server on this machine may do without.
 *
 * @throws SmtpUrlError `mail-smtp-url-invalid`. `send` rejects with nodemailer's error; see `classifyBounce`.
 */
export function smtpTransport(url: string, options: SmtpOptions = {}): MailTransport {
  const server = parseSmtpUrl(url);
  const timeout = options.timeoutMs ?? 20_000;
  const mailer = createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !server.loopback,
    ...(server.auth === undefined ? {} : { auth: server.auth }),
    ...(options.clientName === undefined ? {} : { name: options.clientName }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    tls: {
      minVersion: 'TLSv1.2',
      // On this machine there is nothing to listen in on, and such a server's certificate is its own.
      rejectUnauthorized: !server.loopback || options.ca !== undefined,
      ...(options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] }),
    },
  });
  return {
    name: `${server.secure ? 'smtps' : 'smtp'}://${server.host}:${server.port}`,
    async send(message) {
      const { messageId } = await mailer.sendMail(toNodemailer(message));
      return { messageId };
    },
  };
}

type SmtpServer = {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly loopback: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
};

function parseSmtpUrl(text: string): SmtpServer {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') throw new SmtpUrlError();
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') throw new SmtpUrlError();
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    loopback: host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host),
    auth: url.username === '' ? undefined : { user: decode(url.username), pass: decode(url.password) },
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SmtpUrlError();
  }
}
