import type { XmlElement } from '@clearway/rsl';
import { failBank } from './problems.ts';
import { childOf, textAt } from './xml-tree.ts';

/** A signed amount: `Amt` with its currency, and `CdtDbtInd` of the same element or `otherwise`. */
export function exactMicro(
  element: XmlElement,
  otherwise = '',
): { readonly amountMicro: bigint; readonly currency: string } {
  const amount = childOf(element, 'Amt');
  const currency = amount?.attributes.find(({ local }) => local === 'Ccy')?.value ?? '';
  const micro = microOf(amount ? textAt(amount) : '');
  const side = textAt(element, 'CdtDbtInd') || otherwise;
  if (micro === undefined || !/^[A-Z]{3}$/.test(currency) || (side !== 'CRDT' && side !== 'DBIT')) {
    throw failBank('bank-file-unreadable', { detail: `${element.local}/Amt` });
  }
  return { amountMicro: side === 'CRDT' ? micro : -micro, currency };
}

const DECIMAL = /^\+?0*(\d{0,12})(?:\.(\d{0,6})0*)?$/;

/** A decimal of the schema, in micro-units without rounding; undefined when it is none, or more than books can hold. */
function microOf(text: string): bigint | undefined {
  const found = text.length <= 40 && /\d/.test(text) ? DECIMAL.exec(text) : null;
  return found ? BigInt((found[1] ?? '') + (found[2] ?? '').padEnd(6, '0')) : undefined;
}
