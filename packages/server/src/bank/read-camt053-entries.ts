import type { XmlElement } from '@clearway/rsl';
import { contentOf } from './entry-content.ts';
import { exactMicro } from './exact-micro.ts';
import type { StatementEntry } from './model.ts';
import { failBank } from './problems.ts';
import { all, dayIn, textAt, under } from './xml-tree.ts';

type About = { readonly iban: string; readonly currency: string; readonly closedOn: string };

/** Statuses other than "booked" announce what may come. */
const ANNOUNCED = new Set(['PDNG', 'INFO', 'FUTR']);
const MAX_REMITTANCE = 2_000;

/** The booked entries of a statement, each payment by itself. */
export function readEntries(elements: readonly XmlElement[], about: About): StatementEntry[] {
  const entries: StatementEntry[] = [];
  for (const element of elements) {
    const status = textAt(element, 'Sts', 'Cd');
    if (ANNOUNCED.has(status)) continue;
    if (status !== 'BOOK')
      throw failBank('bank-file-unreadable', { detail: `Ntry/Sts ${status.slice(0, 20)}` });
    for (const entry of readEntry(element, about)) if (entry.amountMicro !== 0n) entries.push(entry);
  }
  refuseTwice(entries);
  return entries;
}

function readEntry(element: XmlElement, about: About): StatementEntry[] {
  const { amountMicro, currency } = exactMicro(element);
  if (currency !== about.currency) throw failBank('bank-statement-other-currency', { detail: currency });
  const details = all(element, 'NtryDtls').flatMap((part) => all(part, 'TxDtls'));
  const common = {
    bookedOn: dayIn(under(element, 'BookgDt')) ?? dayIn(under(element, 'ValDt')) ?? about.closedOn,
    valueDate: dayIn(under(element, 'ValDt')),
    reversal: ['true', '1'].includes(textAt(element, 'RvslInd')),
  };
  const parts = split(element, details, amountMicro, about);
  if (parts)
    return parts.map((part) => ({ ...common, ...partOf(element, part.detail, part.amountMicro, about) }));
  // Without amounts of their own, payments booked together stay together, and nobody is named as their payer.
  const only = details.length === 1 ? details[0] : undefined;
  return [{ ...common, ...partOf(element, only, amountMicro, about) }];
}

/** Several payments in one entry, when all say their amounts; those must be the amount of the entry. */
function split(element: XmlElement, details: readonly XmlElement[], amountMicro: bigint, about: About) {
  if (details.length < 2) return undefined;
  const side = textAt(element, 'CdtDbtInd');
  const parts = details.map((detail) => {
    const holder = under(detail, 'Amt') ? detail : under(detail, 'AmtDtls', 'TxAmt');
    const read = holder && exactMicro(holder, textAt(detail, 'CdtDbtInd') || side);
    return read?.currency === about.currency ? { detail, amountMicro: read.amountMicro } : undefined;
  });
  if (!parts.every((part) => part !== undefined)) return undefined;
  const sum = parts.reduce((total, part) => total + part.amountMicro, 0n);
  if (sum !== amountMicro)
    throw failBank('bank-statement-wrong-sum', { detail: referenceOf(element).slice(0, 35) });
  return parts;
}

function partOf(element: XmlElement, detail: XmlElement | undefined, amountMicro: bigint, about: About) {
  const endToEndId = textAt(detail, 'Refs', 'EndToEndId');
  const reference = referenceOf(element, detail);
  return {
    amountMicro,
    endToEndId: endToEndId === '' || endToEndId === 'NOTPROVIDED' ? null : endToEndId.slice(0, 100),
    remittance: remittanceOf(element, detail),
    reference: reference.slice(0, 100) || null,
    ...counterpartyOf(detail, amountMicro, about.iban),
    returnReason: returnReasonOf(detail),
  };
}

function referenceOf(element: XmlElement, detail?: XmlElement): string {
  return (
    textAt(detail, 'Refs', 'AcctSvcrRef') ||
    textAt(element, 'AcctSvcrRef') ||
    textAt(detail, 'Refs', 'TxId') ||
    textAt(element, 'NtryRef')
  );
}

function remittanceOf(element: XmlElement, detail: XmlElement | undefined): string {
  const info = under(detail, 'RmtInf');
  const free = info ? all(info, 'Ustrd').map((line) => textAt(line)) : [];
  const structured = info ? all(info, 'Strd').map((one) => textAt(one, 'CdtrRefInf', 'Ref')) : [];
  const said = [...free, ...structured].filter((line) => line !== '').join(' ');
  return (said || textAt(detail, 'AddtlTxInf') || textAt(element, 'AddtlNtryInf')).slice(0, MAX_REMITTANCE);
}

/** Of a payment that came back the parties are those of the payment that went out, so ours is told by its account. */
function counterpartyOf(detail: XmlElement | undefined, amountMicro: bigint, ours: string) {
  const parties = under(detail, 'RltdPties');
  const sides = amountMicro > 0n ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'];
  const [first, second] = sides.map((side) => ({
    counterpartyName:
      (textAt(parties, side, 'Pty', 'Nm') || textAt(parties, side, 'Agt', 'FinInstnId', 'Nm')).slice(
        0,
        140,
      ) || null,
    counterpartyIban: textAt(parties, `${side}Acct`, 'Id', 'IBAN').slice(0, 34) || null,
  }));
  return first!.counterpartyIban === ours ? second! : first!;
}

function returnReasonOf(detail: XmlElement | undefined): string | null {
  const info = under(detail, 'RtrInf');
  if (!info) return null;
  const code = textAt(info, 'Rsn', 'Cd') || textAt(info, 'Rsn', 'Prtry');
  const words = all(info, 'AddtlInf').map((line) => textAt(line));
  return (
    [code, ...words]
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, 300) || 'returned'
  );
}

/** The same in everything a bank says is the same entry. */
function refuseTwice(entries: readonly StatementEntry[]): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const key = contentOf(entry);
    if (seen.has(key))
      throw failBank('bank-statement-duplicate-entry', {
        detail: entry.reference ?? entry.remittance.slice(0, 140),
      });
    seen.add(key);
  }
}
