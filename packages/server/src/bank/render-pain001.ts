import { toSepaText } from './sepa-text.ts';

/** A postal address in parts; banks refuse addresses in free lines since November 2026. Empty parts are left out. */
export type BankAddress = {
  readonly streetName: string;
  readonly buildingNumber: string;
  readonly postCode: string;
  readonly townName: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

/** Somebody with an account: IBAN and BIC in capitals without spaces. */
export type AccountHolder = {
  readonly name: string;
  readonly iban: string;
  readonly bic?: string | undefined;
  readonly address: BankAddress;
};

/** One payment of a file. */
export type CreditTransfer = {
  /** At most 35 characters; comes back on the bank's statement. */
  readonly endToEndId: string;
  /** Above zero and whole cents. */
  readonly amountMicro: bigint;
  readonly currency: string;
  readonly creditor: AccountHolder;
  /** What the payee reads. */
  readonly remittance: string;
};

/** All that a payment file says. */
export type PaymentFile = {
  /** At most 35 characters; the bank refuses the same one twice. */
  readonly messageId: string;
  /** When the file was first made; stored, so that the file is the same again. */
  readonly createdAt: Date;
  readonly debtor: AccountHolder;
  /** The day the bank is asked to pay, YYYY-MM-DD. */
  readonly executionDate: string;
  readonly items: readonly CreditTransfer[];
};

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const MICRO_PER_CENT = 10_000n;
/** EPC132-08, AT-T002: at most 999999999.99. */
const MAX_CENTS = 99_999_999_999n;

/**
 * The payment file a bank takes: ISO 20022 `pain.001.001.09` by the rules of the European Payments Council (EPC132-08):
 * its characters, structured addresses, two decimals. Payments in EUR are SEPA credit transfers; each is booked by itself.
 * Pure: the same input makes the same bytes. Throws a RangeError for what no bank would take: no item, two currencies,
 * an amount not above zero or not in whole cents, an id that is used twice or has characters of its own.
 */
export function renderPain001(file: PaymentFile): string {
  const { items } = file;
  const [first] = items;
  if (!first) throw new RangeError('a payment file holds at least one payment');
  const ids = new Set(items.map(({ endToEndId }) => endToEndId));
  if (ids.size !== items.length) throw new RangeError('an end-to-end id stands there twice');
  if (items.some(({ currency }) => currency !== first.currency))
    throw new RangeError('two currencies in one file');
  const sepa = first.currency === 'EUR';
  const sums = [
    element('NbOfTxs', String(items.length)),
    element('CtrlSum', decimal(items.reduce((sum, item) => sum + cents(item.amountMicro), 0n))),
  ];
  const messageId = element('MsgId', reference(file.messageId));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="${NAMESPACE}">`,
    '<CstmrCdtTrfInitn>',
    group('GrpHdr', [
      messageId,
      element('CreDtTm', `${file.createdAt.toISOString().slice(0, 19)}Z`),
      ...sums,
      group('InitgPty', [name(file.debtor.name)]),
    ]),
    '<PmtInf>',
    element('PmtInfId', reference(file.messageId)),
    element('PmtMtd', 'TRF'),
    element('BtchBookg', 'false'),
    ...sums,
    ...(sepa ? [group('PmtTpInf', [group('SvcLvl', [element('Cd', 'SEPA')])])] : []),
    group('ReqdExctnDt', [element('Dt', day(file.executionDate))]),
    party('Dbtr', file.debtor),
    account('DbtrAcct', file.debtor),
    agent('DbtrAgt', file.debtor.bic) ??
      group('DbtrAgt', [group('FinInstnId', [group('Othr', [element('Id', 'NOTPROVIDED')])])]),
    element('ChrgBr', sepa ? 'SLEV' : 'SHAR'),
    ...items.map(transfer),
    '</PmtInf>',
    '</CstmrCdtTrfInitn>',
    '</Document>',
    '',
  ];
  return lines.join('\n');
}

function transfer(item: CreditTransfer): string {
  const amount = decimal(cents(item.amountMicro));
  const remittance = toSepaText(item.remittance).slice(0, 140).trim();
  return group(
    'CdtTrfTxInf',
    [
      group('PmtId', [element('EndToEndId', reference(item.endToEndId))]),
      group('Amt', [`<InstdAmt Ccy="${currency(item.currency)}">${amount}</InstdAmt>`]),
      agent('CdtrAgt', item.creditor.bic),
      party('Cdtr', item.creditor),
      account('CdtrAcct', item.creditor),
      remittance === '' ? undefined : group('RmtInf', [element('Ustrd', remittance)]),
    ],
    '\n',
  );
}

function party(tag: string, holder: AccountHolder): string {
  const { streetName, buildingNumber, postCode, townName, country } = holder.address;
  if (!/^[A-Z]{2}$/.test(country)) throw new RangeError('a country is two capital letters');
  return group(tag, [
    name(holder.name),
    group('PstlAdr', [
      optional('StrtNm', streetName, 70),
      optional('BldgNb', buildingNumber, 16),
      optional('PstCd', postCode, 16),
      optional('TwnNm', townName, 35) ?? refuse('a structured address names the town'),
      element('Ctry', country),
    ]),
  ]);
}

function account(tag: string, { iban }: AccountHolder): string {
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$/.test(iban))
    throw new RangeError('not an IBAN in its electronic form');
  return group(tag, [group('Id', [element('IBAN', iban)])]);
}

function agent(tag: string, bic: string | undefined): string | undefined {
  if (bic === undefined || bic === '') return undefined;
  if (!/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)) throw new RangeError('not a BIC');
  return group(tag, [group('FinInstnId', [element('BICFI', bic)])]);
}

function name(text: string): string {
  return optional('Nm', text, 70) ?? refuse('a name has at least one letter or digit');
}

function optional(tag: string, text: string, max: number): string | undefined {
  const value = toSepaText(text).slice(0, max).trim();
  return /[A-Za-z0-9]/.test(value) ? element(tag, value) : undefined;
}

/** Ids are never changed on the way: the bank must give back what we stored (EPC132-08, 1.4). */
function reference(text: string): string {
  const allowed = /^[A-Za-z0-9/\-?:().,'+ ]{1,35}$/.test(text);
  if (!allowed || /^\/|\/\/|\/$|^ | $/.test(text))
    throw new RangeError('not a reference banks give back unchanged');
  return text;
}

function currency(code: string): string {
  if (!/^[A-Z]{3}$/.test(code)) throw new RangeError('not a currency');
  return code;
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError('not a day');
  return text;
}

function cents(micro: bigint): bigint {
  if (micro <= 0n) throw new RangeError('a payment is above zero');
  if (micro % MICRO_PER_CENT !== 0n) throw new RangeError('a payment is in whole cents');
  const whole = micro / MICRO_PER_CENT;
  if (whole > MAX_CENTS) throw new RangeError('more than one payment can carry');
  return whole;
}

function decimal(inCents: bigint): string {
  return `${inCents / 100n}.${(inCents % 100n).toString().padStart(2, '0')}`;
}

function refuse(message: string): never {
  throw new RangeError(message);
}

/** None of the characters that XML escapes is left in a value, but for the apostrophe, which needs none in a text. */
function element(tag: string, value: string): string {
  return `<${tag}>${value}</${tag}>`;
}

function group(tag: string, children: readonly (string | undefined)[], glue = ''): string {
  const inside = children.filter((child) => child !== undefined).join(glue);
  return `<${tag}>${glue}${inside}${glue}</${tag}>`;
}
