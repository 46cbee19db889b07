import type { Kernel } from '../../kernel/index.ts';
import { nameKey } from '../model.ts';

/** How an erased mailbox is remembered: by a keyed hash, so that nobody can read or guess it from the table alone. */
export function suppressionKey(k: Kernel, mailboxKey: string): Promise<string> {
  return k.keys.hmac('campaign-suppression', mailboxKey);
}

/** A person whom others may list without a mailbox, by name and country. Goes through `suppressionKey`. */
export function personKey({ name, country }: { name: string; country: string }): string {
  return `person|${nameKey(name)}|${country}`;
}

/** The same person as the one who erased: bound to the mailbox, so that a namesake who signs lifts nothing. */
export function ownPersonKey(one: { name: string; country: string; mailbox_key: string }): string {
  return `${personKey(one)}|${one.mailbox_key}`;
}
