import { MailAddressError, parseMailAddress } from '../../kernel/index.ts';
import { fail } from '../problems.ts';

/** An address to write to, and what tells mailboxes apart. */
export type Mailbox = { readonly address: string; readonly key: string; readonly domain: string };

/**
 * Reads an address. `key` is for comparison only and leaves out the tag after a plus sign, so that one mailbox signs
 * once; mail goes to `address`, as it was typed. Dots stay: with most providers they tell people apart.
 */
export function readMailbox(text: string): Mailbox {
  try {
    const { address, key } = parseMailAddress(text);
    const at = key.lastIndexOf('@');
    const [local, domain] = [key.slice(0, at), key.slice(at + 1)];
    const untagged = local.replace(/(?<=.)\+.*$/u, '');
    return { address, key: `${untagged}@${domain}`, domain };
  } catch (cause) {
    if (!(cause instanceof MailAddressError)) throw cause;
    throw fail('signature-address-invalid', { cause });
  }
}
