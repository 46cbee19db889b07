import { readXml, type XmlElement, XmlError } from '@clearway/rsl';
import { exactMicro } from './exact-micro.ts';
import type { Statement } from './model.ts';
import { failBank } from './problems.ts';
import { readEntries } from './read-camt053-entries.ts';
import { all, childOf, dayIn, NAMESPACE, textAt, under } from './xml-tree.ts';

/** Far above a month of a busy account; what is larger is not read at all. */
export const MAX_STATEMENT_BYTES = 10_000_000;
const LIMITS = {
  maxBytes: MAX_STATEMENT_BYTES,
  maxDepth: 40,
  maxElements: 400_000,
  maxAttributes: 200_000,
  maxAttributesPerElement: 20,
  maxTextBytes: MAX_STATEMENT_BYTES,
};

/**
 * Reads a file of bank statements (ISO 20022 `camt.053.001.08`). Only booked entries count; announced ones are left out.
 * Problems: `bank-file-unreadable`, `bank-statement-wrong-sum`, `bank-statement-other-currency` where one statement has
 * two, `bank-statement-duplicate-entry`. Pure.
 */
export function readCamt053(bytes: Uint8Array): Statement[] {
  const root = parse(bytes);
  const message = root.local === 'Document' && root.namespace === NAMESPACE && childOf(root, 'BkToCstmrStmt');
  const statements = message ? all(message, 'Stmt').map(readStatement) : [];
  if (statements.length === 0) throw failBank('bank-file-unreadable', { detail: 'no statement' });
  return statements;
}

function parse(bytes: Uint8Array): XmlElement {
  try {
    return readXml(bytes, LIMITS);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const { line, column } = error.position;
    const detail = `${error.message} (${line}:${column})`;
    throw failBank('bank-file-unreadable', { detail, cause: error });
  }
}

function readStatement(statement: XmlElement): Statement {
  const iban = textAt(statement, 'Acct', 'Id', 'IBAN');
  if (iban === '') throw failBank('bank-file-unreadable', { detail: 'Acct/Id/IBAN' });
  const balances = all(statement, 'Bal');
  const opening = balanceOf(balances, ['OPBD', 'PRCD']);
  const closing = balanceOf(balances, ['CLBD']);
  const { currency } = opening;
  if (closing.currency !== currency || ![currency, ''].includes(textAt(statement, 'Acct', 'Ccy'))) {
    throw failBank('bank-statement-other-currency', { detail: closing.currency });
  }
  const id = textAt(statement, 'Id');
  const entries = readEntries(all(statement, 'Ntry'), { iban, currency, closedOn: closing.day });
  const sum = entries.reduce((total, { amountMicro }) => total + amountMicro, opening.amountMicro);
  if (sum !== closing.amountMicro) throw failBank('bank-statement-wrong-sum', { detail: id.slice(0, 35) });
  return {
    id: id.slice(0, 35),
    sequence: (textAt(statement, 'ElctrncSeqNb') || textAt(statement, 'LglSeqNb')).slice(0, 20) || null,
    iban: iban.slice(0, 34),
    currency,
    openingMicro: opening.amountMicro,
    closingMicro: closing.amountMicro,
    closedOn: closing.day,
    entries,
  };
}

/** The balance of the first kind that is there; two of one kind are two statements glued together. */
function balanceOf(balances: readonly XmlElement[], kinds: readonly string[]) {
  for (const kind of kinds) {
    const [found, another] = balances.filter((one) => textAt(one, 'Tp', 'CdOrPrtry', 'Cd') === kind);
    if (another) throw failBank('bank-file-unreadable', { detail: `two balances ${kind}` });
    if (!found) continue;
    const day = dayIn(under(found, 'Dt'));
    if (day === null) throw failBank('bank-file-unreadable', { detail: `Bal/Dt of ${kind}` });
    return { ...exactMicro(found), day };
  }
  throw failBank('bank-file-unreadable', { detail: `no balance ${kinds[0]}` });
}
