import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Opens the mail files of an instance as people would open their mailbox. */
export type Mailbox = {
  /** Waits for the next unread mail to an address; answers its text. Throws after ten seconds. */
  next(
    address: string,
  ): Promise<{ readonly subject: string; readonly text: string; link(pattern: RegExp): string }>;
  /** How many mails an address got so far. */
  count(address: string): number;
};

/** A mailbox over the directory into which the development transport writes `.eml` files. */
export function createMailbox(directory: string): Mailbox {
  const read = new Set<string>();

  const mailsTo = (address: string) =>
    (existsSync(directory) ? readdirSync(directory) : [])
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .map((name) => ({ name, eml: readFileSync(join(directory, name), 'utf8') }))
      .filter(({ eml }) => new RegExp(`^To: .*${escapePattern(address)}`, 'im').test(eml));

  return {
    count: (address) => mailsTo(address).length,
    async next(address) {
      for (let i = 0; i < 200; i++) {
        const mail = mailsTo(address).find(({ name }) => !read.has(name));
        if (mail) {
          read.add(mail.name);
          const text = plainText(mail.eml);
          const subject = /^Subject: (.*)$/im.exec(mail.eml)?.[1] ?? '';
          const link = (pattern: RegExp) => {
            const found = pattern.exec(text)?.[0];
            if (!found) throw new Error(`the mail to ${address} holds no link like ${pattern}: ${text}`);
            return found;
          };
          return { subject, text, link };
        }
        await sleep(50);
      }
      throw new Error(`no mail to ${address} within 10 s`);
    },
  };
}

function escapePattern(text: string): string {
  return text.replace(/[^a-z0-9@]/gi, (char) => `\\${char}`);
}

/** The text part of a mail, its transfer encoding undone. */
function plainText(eml: string): string {
  const at = eml.search(/^Content-Type: text\/plain/im);
  const part = eml.slice(at);
  const headEnd = part.search(/\r?\n\r?\n/);
  const head = part.slice(0, headEnd);
  const boundary = /boundary="?([^"\r\n;]+)/i.exec(eml)?.[1] ?? '';
  const body = part.slice(headEnd).split(`\n--${boundary}`)[0] ?? '';
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return body;
  const joined = body.replaceAll(/=\r?\n/g, '');
  return joined.replaceAll(/(?:=[0-9A-F]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  );
}
