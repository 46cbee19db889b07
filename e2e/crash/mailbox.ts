import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

type Mail = { readonly to: string; readonly messageId: string; readonly text: string };

/** The mails of an instance; each file is read once. */
export type Mailbox = {
  /** Waits until more than `seen` mails to the address hold a link like the pattern; answers the last one's path. */
  link(address: string, pattern: RegExp, seen?: number): Promise<string>;
  /** The links of all mails to the address, in order. */
  links(address: string, pattern: RegExp): string[];
  messageIds(): ReadonlySet<string>;
};

const PATIENCE_MS = 120_000;

/** A mailbox over the directory of the development transport. */
export function createMailbox(directory: string): Mailbox {
  const mails = new Map<string, Mail>();
  const byAddress = new Map<string, Mail[]>();

  const look = () => {
    for (const name of existsSync(directory) ? readdirSync(directory).sort() : []) {
      if (!name.endsWith('.eml') || mails.has(name)) continue;
      const mail = parse(readFileSync(join(directory, name), 'utf8'));
      mails.set(name, mail);
      byAddress.set(mail.to, [...(byAddress.get(mail.to) ?? []), mail]);
    }
  };
  const links = (address: string, pattern: RegExp) => {
    look();
    return (byAddress.get(address) ?? []).flatMap(({ text }) => {
      const found = pattern.exec(text)?.[0];
      return found ? [new URL(found).pathname] : [];
    });
  };
  return {
    links,
    async link(address, pattern, seen = 0) {
      const until = Date.now() + PATIENCE_MS;
      while (Date.now() < until) {
        const found = links(address, pattern);
        if (found.length > seen) return found.at(-1)!;
        await sleep(60);
      }
      throw new Error(`no mail to ${address} with ${pattern} within ${PATIENCE_MS} ms`);
    },
    messageIds() {
      look();
      return new Set([...mails.values()].map(({ messageId }) => messageId));
    },
  };
}

function parse(eml: string): Mail {
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(eml)?.[1]?.trim() ?? '';
  return {
    to: header('To').replace(/^.*<|>$/g, ''),
    messageId: header('Message-ID'),
    text: plainText(eml),
  };
}

/** The text part, its transfer encoding undone. */
function plainText(eml: string): string {
  const part = eml.slice(eml.search(/^Content-Type: text\/plain/im));
  const headEnd = part.search(/\r?\n\r?\n/);
  const boundary = /boundary="?([^"\r\n;]+)/i.exec(eml)?.[1] ?? '';
  const body = part.slice(headEnd).split(`\n--${boundary}`)[0] ?? '';
  const encoding = /^Content-Transfer-Encoding: (\S+)/im.exec(part.slice(0, headEnd))?.[1]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  return body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/(?:=[0-9A-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
}
