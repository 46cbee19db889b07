import {
  type License,
  type Permission,
  parse,
  rslMediaType,
  rslNamespace,
  termsNamespace,
} from '@clearway/rsl';
import type { Unit } from '../../offers/index.ts';
import { LICENSED_USES, type LicensedUse, type PinnedPrice } from '../model.ts';
import { OlpError } from './olp-error.ts';

/** A `license` element as it is compared: what it grants and refuses, and what it costs. */
export type AskedLicense = {
  readonly license: License;
  readonly use: LicensedUse;
  readonly unit: Unit;
  readonly currency: string;
  readonly decimal: string;
};

const UNIT_OF = new Map<string, Unit>([
  ['crawl', 'fetch'],
  ['use', 'answer'],
  ['training', 'model-version'],
]);

/** Reads the complete `license` element of a request. Throws `invalid_license`, `invalid_request` for another media type. */
export function readLicenseElement(text: string, type: string | undefined): AskedLicense {
  if (type !== undefined && type.trim().toLowerCase() !== rslMediaType) {
    throw new OlpError('invalid_request', `license_type is ${rslMediaType} or left out.`);
  }
  // Elements of our documents are often cut out as text; the prefix they carry is declared at the root there.
  const root = `<rsl xmlns="${rslNamespace}" xmlns:cw="${termsNamespace}">`;
  const { document, issues } = parse(`${root}<content url="/">${text}</content></rsl>`);
  const [content, ...more] = document?.contents ?? [];
  const [license, ...others] = content?.licenses ?? [];
  const alone = license && more.length === 0 && others.length === 0 && !content?.copyright && !content?.terms;
  if (!alone || issues.length > 0 || license.flawed) {
    throw new OlpError('invalid_license', 'license is not one complete license element of RSL 1.0.');
  }
  return asked(license) ?? refuseUnpriced();
}

function asked(license: License): AskedLicense | undefined {
  const [permit, ...more] = license.permits;
  const { payment } = license;
  const unit = UNIT_OF.get(payment?.type?.text ?? '');
  const use = LICENSED_USES.find((one) => one === permit?.text.trim());
  const { currency, decimal } = payment?.amount ?? {};
  const single = more.length === 0 && permit?.type === 'usage';
  if (!single || !use || !unit || currency === undefined || decimal === undefined) return undefined;
  return { license, use, unit, currency, decimal };
}

function refuseUnpriced(): never {
  throw new OlpError(
    'invalid_license',
    'This license is not offered here: tokens are for one use at a price; what is free needs none.',
  );
}

/** Whether a published licence is the one that is asked for: the same permissions, prohibitions and payment, nothing more. */
export function sameLicense(a: License, b: License): boolean {
  return substance(a) === substance(b);
}

/** What a licence says, whatever the order and spelling. Our own extensions and the `custom` address are no terms. */
function substance({ permits, prohibits, payment, legal, reporting }: License): string {
  const list = (all: readonly Permission[]) =>
    all
      .map(
        ({ type = '', tokens }) => `${type} ${[...new Set(tokens.map(({ text }) => text))].sort().join(' ')}`,
      )
      .sort();
  const { type, standard = '', amount, accepts } = payment ?? {};
  return JSON.stringify([
    list(permits),
    list(prohibits),
    type?.text ?? '',
    standard,
    amount?.currency ?? '',
    amount ? plainDecimal(amount.decimal) : '',
    accepts ?? null,
    legal.map((one) => [one.type ?? '', one.text]),
    reporting.length,
  ]);
}

function plainDecimal(text: string): string {
  const [whole = '', fraction = ''] = text.trim().split('.');
  return `${whole.replace(/^0+(?=[0-9])/, '')}.${fraction.replace(/0+$/, '')}`;
}

/** Whether a decimal of the major unit is the price of one unit, exactly. */
export function isPriceOfOne(decimal: string, price: PinnedPrice): boolean {
  if (!/^[0-9]{1,20}(\.[0-9]{1,20})?$/.test(decimal.trim())) return false;
  const [whole = '', fraction = ''] = decimal.trim().split('.');
  const digits = BigInt(whole + fraction);
  return digits * 1_000_000n * price.perUnits === price.amountMicro * 10n ** BigInt(fraction.length);
}
