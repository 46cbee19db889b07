import type { Kernel } from '../../kernel/index.ts';
import { nameKey } from '../model.ts';

/** How an erased mailbox is remembered: by a keyed hash, so that nobody can read or guess it from the table alone. */
export function suppressionKey(k: Kernel, mailboxKey: string): Promise<string> {
  return k.keys.hmac('campaign-suppression', mailboxKey);
}

/** In place of a mailbox: a person whom others may list without one, by name and country. Goes through `suppressionKey`. */
export function personKey({ name, country }: { name: string; country: string }): string {
  return `person|${nameKey(name)}|${country}`;
}
