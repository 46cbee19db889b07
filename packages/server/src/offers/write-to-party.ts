import { type Kernel, queueMail } from '../kernel/index.ts';
import { contactOfParty } from '../parties/index.ts';
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
  const contact = await contactOfParty(t, partyId);
  if (!contact) return;
  const { email, name, locale } = contact;
  const words = mailWords(locale);
  const { paragraphs, ...rest } = compose(words, locale);
  await queueMail(t, {
    to: email,
    category: 'transactional',
    locale,
    paragraphs: [words.hello(name), ...paragraphs],
    ...rest,
  });
}
