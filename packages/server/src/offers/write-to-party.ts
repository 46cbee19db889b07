import { findUser } from '../identity/index.ts';
import { isLocale, type Kernel, queueMail } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import { mailWords } from './mail-messages.ts';

type Content = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action: { readonly label: string; readonly url: string };
};

/** Writes to a holder in the language of their account. Nothing where no address is known. */
export async function writeToParty(
  t: Kernel,
  partyId: string,
  compose: (words: ReturnType<typeof mailWords>, locale: 'en' | 'de') => Content,
): Promise<void> {
  const party = (await findParties(t, [partyId])).get(partyId);
  if (!party?.email) return;
  const user = party.userId === null ? undefined : await findUser(t, party.userId);
  const locale = user && isLocale(user.locale) ? user.locale : 'en';
  const words = mailWords(locale);
  const { paragraphs, ...rest } = compose(words, locale);
  await queueMail(t, {
    to: party.email,
    category: 'transactional',
    locale,
    paragraphs: [words.hello(party.name), ...paragraphs],
    ...rest,
  });
}
