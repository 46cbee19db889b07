import { MailAddressError, parseMailAddress } from '../kernel/index.ts';
import { fail } from './problems.ts';

/** Reads an e-mail address people typed; `key` is the form in which two are compared. Throws `email-invalid`. */
export function readAddress(text: string): { address: string; key: string } {
  try {
    return parseMailAddress(text);
  } catch (error) {
    if (!(error instanceof MailAddressError)) throw error;
    throw fail('email-invalid', { cause: error, fields: { reason: error.reason } });
  }
}
