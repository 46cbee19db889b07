import { findUser } from '../identity/index.ts';
import type { Kernel, Locale } from '../kernel/index.ts';
import { contactsOfParties, findParties } from './find-parties.ts';

/** Where a party is written to, by what name, and in which language. */
export type Contact = { readonly email: string; readonly name: string; readonly locale: Locale };

/**
 * Whom to write to about a party: its user, or the administrator who has been there longest, in the language of their
 * account; who was only invited in English. Undefined where no address is known.
 */
export async function contactOfParty(k: Kernel, partyId: string): Promise<Contact | undefined> {
  const party = (await findParties(k, [partyId])).get(partyId);
  if (!party?.email) return undefined;
  const { email, name, userId } = party;
  const reader =
    userId === null ? (await contactsOfParties(k, [partyId])).get(partyId) : await findUser(k, userId);
  return { email, name, locale: reader?.locale ?? 'en' };
}
