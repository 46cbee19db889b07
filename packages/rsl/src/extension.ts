import { webAddress } from './addresses.ts';
import type { Content, Payment } from './model.ts';
import { isUsageToken, type UsageToken } from './vocabulary.ts';
import { attributeOf, type XmlElement } from './xml.ts';

/** The namespace of our own additions to RSL; described in docs/reference/rsl-extension.md. */
export const termsNamespace = 'https://clearway.example/ns/terms/1';

/** What one price buys: a fetch counted at the gate, an answer, or a model version, the last two told by the licensee. */
export const priceUnits = ['fetch', 'answer', 'model-version'] as const;
/** One of the units a price can be given in. */
export type PriceUnit = (typeof priceUnits)[number];

/** Which text stands behind a content: the SHA-256 of the terms, their version, and what is given on request only. */
export interface TermsExtension {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly version: string;
  readonly onRequest: readonly UsageToken[];
  /** Where to ask for them; left out when it is no absolute web address. */
  readonly requestUrl?: string;
}

/** What an amount is for: `per` units of `unit`. */
export interface PriceExtension {
  readonly unit: PriceUnit;
  readonly per: number;
}

/**
 * Reads `<cw:terms>` of a content. Undefined when absent, repeated or not readable: it is then as if it were not there.
 *
 * @example
 * ```ts
 * import { parse, readTermsExtension, writeDocument } from '@clearway/rsl';
 *
 * const xml = writeDocument({
 *   contents: [
 *     {
 *       url: '/',
 *       licenses: [
 *         {
 *           permits: { usage: ['ai-input'] },
 *           payment: {
 *             type: 'use',
 *             amount: { currency: 'EUR', decimal: '5' },
 *             price: { unit: 'answer', perUnits: 1000 },
 *           },
 *         },
 *       ],
 *       extension: { termsHash: 'ab'.repeat(32), version: '3' },
 *     },
 *   ],
 * });
 * const [content] = parse(xml).document.contents;
 * readTermsExtension(content).version // => '3'
 * ```
 */
export function readTermsExtension(content: Content): TermsExtension | undefined {
  const element = only(content.extensions, 'terms');
  const sha256 = element && attributeOf(element, 'sha256');
  const version = element && attributeOf(element, 'version');
  if (!element || !sha256 || !version || !isSha256(sha256)) return undefined;
  const words = (attributeOf(element, 'on-request') ?? '').split(' ').filter((word) => word !== '');
  if (!words.every(isUsageToken)) return undefined;
  const request = attributeOf(element, 'request');
  const requestUrl = request !== undefined && webAddress(request) ? request : undefined;
  return { sha256, version, onRequest: words, ...(requestUrl !== undefined && { requestUrl }) };
}

/**
 * Reads `<cw:price>` of a payment. Undefined when absent, repeated or not readable.
 *
 * @example
 * ```ts
 * import { parse, readPriceExtension, writeDocument } from '@clearway/rsl';
 *
 * const xml = writeDocument({
 *   contents: [
 *     {
 *       url: '/',
 *       licenses: [
 *         {
 *           permits: { usage: ['ai-input'] },
 *           payment: {
 *             type: 'use',
 *             amount: { currency: 'EUR', decimal: '5' },
 *             price: { unit: 'answer', perUnits: 1000 },
 *           },
 *         },
 *       ],
 *       extension: { termsHash: 'ab'.repeat(32), version: '3' },
 *     },
 *   ],
 * });
 * const [content] = parse(xml).document.contents;
 * readPriceExtension(content.licenses[0].payment) // => { unit: 'answer', per: 1000 }
 * ```
 */
export function readPriceExtension(payment: Payment): PriceExtension | undefined {
  const element = only(payment.extensions, 'price');
  const unit = element && attributeOf(element, 'unit');
  const per = element && attributeOf(element, 'per');
  if (!unit || !per || !/^[1-9][0-9]{0,14}$/.test(per)) return undefined;
  const known = priceUnits.find((one) => one === unit);
  return known && { unit: known, per: Number(per) };
}

export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function only(extensions: readonly XmlElement[], local: string): XmlElement | undefined {
  const found = extensions.filter((one) => one.namespace === termsNamespace && one.local === local);
  return found.length === 1 ? found[0] : undefined;
}
