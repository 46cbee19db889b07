import { openMails } from '../kernel/index.ts';
import type { TestKernel } from './test-kernel.ts';

/** The path of the link in the latest mail to an address; throws when there is none. The clock goes on, so that a next mail is later. */
export async function lastLink(k: TestKernel, to: string): Promise<string> {
  const mail = (await openMails(k)).find(({ recipient }) => recipient === to);
  const url = mail && /https?:\/\/\S+/.exec(mail.text)?.[0];
  k.clock.advance(1);
  if (!url) throw new Error(`no mail with a link to ${to}`);
  return new URL(url).pathname;
}
