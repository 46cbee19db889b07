import { formatDate, formatMoney, type Kernel, queueMail, readInstance } from '../kernel/index.ts';
import { contactOfParty } from '../parties/index.ts';
import { mailWords } from './mail-messages.ts';
import type { Objection, StatementSummary } from './model.ts';

/** Writes to a payee that there is a statement. */
export async function tellPayee(t: Kernel, statement: StatementSummary): Promise<void> {
  const zone = (await readInstance(t))?.instance.zone ?? 'UTC';
  await write(t, statement.partyId, (words, locale) => ({
    subject: words.issued.subject(statement.number),
    paragraphs: [
      words.issued.about(
        formatDate(locale, new Date(statement.toAt.getTime() - 1), zone),
        formatMoney(locale, statement.earnedMicro, statement.currency),
        formatMoney(locale, statement.closingMicro, statement.currency),
      ),
      words.issued.check,
    ],
    action: { label: words.issued.open, url: `${t.site.baseUrl}/earnings/statements/${statement.id}` },
  }));
}

/** Writes to a payee how an objection was answered. */
export async function tellAnswer(t: Kernel, objection: Objection, answer: string): Promise<void> {
  await write(t, objection.partyId, (words) => ({
    subject: words.answered.subject(objection.number),
    paragraphs: [objection.outcome === 'upheld' ? words.answered.upheld : words.answered.declined, answer],
    action: {
      label: words.issued.open,
      url: `${t.site.baseUrl}/earnings/statements/${objection.statementId}`,
    },
  }));
}

type Content = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action: { readonly label: string; readonly url: string };
};

/** In the language of the account; nothing where no address is known. */
async function write(
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
