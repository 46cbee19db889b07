import { findUser } from '../identity/index.ts';
import type { Kernel, Locale } from '../kernel/index.ts';
import type { Party } from '../parties/index.ts';

/** The language a party is written to in: that of its user. */
export async function localeOf(k: Kernel, party: Party): Promise<Locale> {
  const user = party.userId === null ? undefined : await findUser(k, party.userId);
  return user?.locale ?? 'en';
}
