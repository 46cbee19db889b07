import { formatMoney, type Locale } from '../../kernel/index.ts';
import { Badge, Table } from '../../web/index.ts';
import { bankText } from '../messages.ts';
import type { BankEntry, EntrySource } from '../model.ts';

/** The mark of everything no bank record shows. */
export function WordMark({ locale, source }: { locale: Locale; source: EntrySource }) {
  const text = bankText(locale).bank;
  if (source === 'statement') return null;
  return (
    <>
      {' '}
      <Badge tone="warn">{text.word}</Badge> <small>{text.wordHint}</small>
    </>
  );
}

/** What an entry was for, in words. */
export function matchText(locale: Locale, to: string): string {
  const kinds: { readonly [kind: string]: string } = bankText(locale).bank.matches;
  const [kind = '', ...rest] = to.split(':');
  return [kinds[kind] ?? kind, rest.join(':')].filter((part) => part !== '').join(' ');
}

/** Entries, each leading to its page. */
export function EntryTable(props: { locale: Locale; caption: string; entries: readonly BankEntry[] }) {
  const { locale, caption, entries } = props;
  const text = bankText(locale).bank;
  return (
    <Table
      caption={caption}
      captionHidden
      head={[text.head.day, text.head.amount, text.head.who, text.head.text, text.head.matched]}
      rows={entries.map((entry) => [
        entry.bookedAt,
        <>
          <a href={`/operator/bank/entries/${entry.id}`}>
            {formatMoney(locale, entry.amountMicro, entry.currency)}
          </a>
          <WordMark locale={locale} source={entry.source} />
        </>,
        entry.counterpartyName ?? '',
        entry.remittance,
        entry.matches.length === 0
          ? text.entry.open
          : entry.matches.map(({ to }) => matchText(locale, to)).join(', '),
      ])}
    />
  );
}
