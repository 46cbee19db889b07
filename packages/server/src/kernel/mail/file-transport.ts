import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { type MailTransport, toNodemailer } from './transport.ts';

/**
 * Writes each mail as an `.eml` file into a folder instead of sending it: for development, the demo and the selftest.
 * A file is either complete or not there. The name is the mail's date and a hash of its Message-ID, so names sort by date and
 * a mail sent twice is one file.
 */
export function fileTransport(dir: string): MailTransport {
  const mailer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    name: 'file',
    async send(message) {
      const { message: eml } = await mailer.sendMail(toNodemailer(message));
      const hash = createHash('sha256').update(message.messageId).digest('hex').slice(0, 16);
      const name = `${message.date.toISOString().replaceAll(/[-:.]/g, '')}-${hash}.eml`;
      await mkdir(dir, { recursive: true });
      const part = join(dir, `.${name}.part`);
      // Mails hold sign-in links.
      const file = await open(part, 'w', 0o600);
      try {
        await file.writeFile(eml as Buffer);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, join(dir, name));
      return { messageId: message.messageId };
    },
  };
}
