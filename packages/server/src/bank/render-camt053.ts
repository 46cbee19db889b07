/** An entry as a bank writes it. */
export type WrittenEntry = {
  /** Credits are positive, debits negative. */
  readonly amountMicro: bigint;
  /** The bank's reference, at most 35 characters. */
  readonly reference: string;
  /** YYYY-MM-DD; the day of the statement when left out. */
  readonly bookedOn?: string;
  readonly status?: 'BOOK' | 'PDNG';
  readonly endToEndId?: string;
  readonly remittance?: string;
  readonly counterparty?: { readonly name: string; readonly iban: string };
  /** Money that came back: the code of ISO 20022 such as AC04, and the bank's words. */
  readonly returned?: { readonly code: string; readonly words?: string };
  readonly reversal?: boolean;
  /** Several payments booked as one entry; their sum is the entry's amount, and each has what it says itself. */
  readonly payments?: readonly Omit<WrittenEntry, 'status' | 'bookedOn' | 'reversal' | 'payments'>[];
};

/** A statement as a bank writes it. */
export type WrittenStatement = {
  readonly id: string;
  readonly sequence: number;
  readonly iban: string;
  readonly currency: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly openingMicro: bigint;
  /** Opening and booked entries when left out. */
  readonly closingMicro?: bigint;
  readonly entries: readonly WrittenEntry[];
};

/**
 * A file of bank statements (ISO 20022 `camt.053.001.08`), valid by its schema: what the bank of the selftest and of the
 * demo world sends. Throws a RangeError for an amount finer than the format can say (10⁻⁵).
 */
export function renderCamt053(file: {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly statements: readonly WrittenStatement[];
}): string {
  const created = element('CreDtTm', `${file.createdAt.toISOString().slice(0, 19)}Z`);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">',
    '<BkToCstmrStmt>',
    group('GrpHdr', element('MsgId', file.messageId), created),
    ...file.statements.flatMap((statement) => statementLines(statement, created)),
    '</BkToCstmrStmt>',
    '</Document>',
    '',
  ];
  return lines.join('\n');
}

function statementLines(statement: WrittenStatement, created: string): string[] {
  const { iban, currency, date, openingMicro, entries } = statement;
  const booked = entries.filter(({ status }) => status !== 'PDNG');
  const sum = booked.reduce((total, { amountMicro }) => total + amountMicro, openingMicro);
  const balance = (kind: string, micro: bigint) =>
    group(
      'Bal',
      group('Tp', group('CdOrPrtry', element('Cd', kind))),
      signed(micro, currency),
      dated('Dt', date),
    );
  return [
    '<Stmt>',
    element('Id', statement.id),
    element('ElctrncSeqNb', String(statement.sequence)),
    created,
    group('Acct', group('Id', element('IBAN', iban)), element('Ccy', currency)),
    balance('OPBD', openingMicro),
    balance('CLBD', statement.closingMicro ?? sum),
    ...entries.map((entry) => entryText(entry, statement)),
    '</Stmt>',
  ];
}

function entryText(entry: WrittenEntry, { iban, currency, date }: WrittenStatement): string {
  const day = entry.bookedOn ?? date;
  return group(
    'Ntry',
    element('NtryRef', entry.reference),
    signed(entry.amountMicro, currency),
    entry.reversal ? element('RvslInd', 'true') : '',
    group('Sts', element('Cd', entry.status ?? 'BOOK')),
    dated('BookgDt', day),
    dated('ValDt', day),
    element('AcctSvcrRef', entry.reference),
    group('BkTxCd', group('Prtry', element('Cd', 'NTRF'))),
    group('NtryDtls', ...(entry.payments ?? [entry]).map((payment) => paymentText(payment, iban, currency))),
  );
}

function paymentText(payment: Omit<WrittenEntry, 'payments'>, iban: string, currency: string): string {
  const { counterparty, returned, remittance, endToEndId } = payment;
  // Money that came back is told with the parties of the payment that went out.
  const incoming = payment.amountMicro > 0n !== (returned !== undefined);
  const us = ['', account(incoming ? 'CdtrAcct' : 'DbtrAcct', iban)] as const;
  const them = [
    counterparty ? group(incoming ? 'Dbtr' : 'Cdtr', group('Pty', element('Nm', counterparty.name))) : '',
    counterparty ? account(incoming ? 'DbtrAcct' : 'CdtrAcct', counterparty.iban) : '',
  ] as const;
  return group(
    'TxDtls',
    group(
      'Refs',
      element('AcctSvcrRef', payment.reference),
      element('EndToEndId', endToEndId ?? 'NOTPROVIDED'),
    ),
    signed(payment.amountMicro, currency),
    group('RltdPties', ...(incoming ? [...them, ...us] : [...us, ...them])),
    remittance ? group('RmtInf', element('Ustrd', remittance)) : '',
    returned
      ? group(
          'RtrInf',
          group('Rsn', element('Cd', returned.code)),
          returned.words ? element('AddtlInf', returned.words) : '',
        )
      : '',
  );
}

function account(tag: string, iban: string): string {
  return group(tag, group('Id', element('IBAN', iban)));
}

function dated(tag: string, day: string): string {
  return group(tag, element('Dt', day));
}

function signed(micro: bigint, currency: string): string {
  const size = micro < 0n ? -micro : micro;
  if (size % 10n !== 0n) throw new RangeError('finer than a bank can say');
  const fraction = ((size / 10n) % 100_000n)
    .toString()
    .padStart(5, '0')
    .replace(/0{1,3}$/, '');
  const amount = `<Amt Ccy="${currency}">${size / 1_000_000n}.${fraction}</Amt>`;
  return amount + element('CdtDbtInd', micro < 0n ? 'DBIT' : 'CRDT');
}

function element(tag: string, text: string): string {
  return `<${tag}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</${tag}>`;
}

function group(tag: string, ...children: readonly string[]): string {
  return `<${tag}>${children.join('')}</${tag}>`;
}
