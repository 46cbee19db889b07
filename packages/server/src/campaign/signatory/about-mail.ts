import type { Kernel } from '../../kernel/index.ts';
import { suppressionKey } from './suppression-key.ts';

/** Of a mail about one signature; erasing the signature takes the mail. */
export function aboutSignatory(id: string): string {
  return `signatory:${id}`;
}

/** Of a mail of the campaign to a mailbox that is about no signature, or about one that is gone. */
export async function aboutMailbox(k: Kernel, mailboxKey: string): Promise<string> {
  return `campaign-mailbox:${await suppressionKey(k, mailboxKey)}`;
}
