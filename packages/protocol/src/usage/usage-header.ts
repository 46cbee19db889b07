import { ProtocolError } from '../problem.ts';

/** What a gate tells a licensed client with each answer: fetches counted so far, and how many of them are on disk. */
export type LicenseUsage = { readonly agreement: string; readonly count: number; readonly durable: number };

const HEADER = /^agreement="([\x21\x23-\x5b\x5d-\x7e]{1,200})", count=([0-9]{1,15}), durable=([0-9]{1,15})$/;

/**
 * The value of a `License-Usage` response header, a dictionary (RFC 9651). `count` is what this gate has let pass under
 * the token, `durable` what of it can no longer be lost; only that is charged. Throws `usage-header-malformed`.
 *
 * @example
 * formatLicenseUsage({ agreement: 'a-1', count: 12, durable: 10 }) // => 'agreement="a-1", count=12, durable=10'
 */
export function formatLicenseUsage(usage: LicenseUsage): string {
  const header = `agreement="${usage.agreement}", count=${usage.count}, durable=${usage.durable}`;
  parseLicenseUsage(header);
  return header;
}

/**
 * Reads a `License-Usage` header as `formatLicenseUsage` writes it. Throws `usage-header-malformed`, also when more is
 * durable than counted.
 *
 * @example
 * parseLicenseUsage('agreement="a-1", count=12, durable=10').durable // => 10
 * parseLicenseUsage('count=1') // => throws usage-header-malformed
 */
export function parseLicenseUsage(header: string): LicenseUsage {
  const [, agreement = '', count = '', durable = ''] = HEADER.exec(header) ?? [];
  if (agreement === '' || Number(durable) > Number(count)) {
    throw new ProtocolError('usage-header-malformed', 'It needs agreement, count and durable in this order.');
  }
  return { agreement, count: Number(count), durable: Number(durable) };
}
