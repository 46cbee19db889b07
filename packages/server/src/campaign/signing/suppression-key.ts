import type { Kernel } from '../../kernel/index.ts';

/** How an erased mailbox is remembered: by a keyed hash, so that nobody can read or guess it from the table alone. */
export function suppressionKey(k: Kernel, mailboxKey: string): Promise<string> {
  return k.keys.hmac('campaign-suppression', mailboxKey);
}
