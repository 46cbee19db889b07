import { signNote } from '@clearway/protocol';
import { csvRow, documentsKey, type Kernel, type Locale } from '../kernel/index.ts';

/** One public number with what it means. */
export type Figure = {
  readonly key: string;
  /** A count; of money micro-units. */
  readonly value: number | bigint;
  /** Said where it is money. */
  readonly currency?: string;
  readonly label: { readonly [L in Locale]: string };
  readonly definition: { readonly [L in Locale]: string };
};

/** Whoever counts something for the public. */
export type Counter = (k: Kernel) => Promise<readonly Figure[]>;

/** The figures as CSV under one signature (C2SP signed note): the rows, an empty line, the signature. */
export async function signedCsv(
  k: Kernel,
  figures: readonly Figure[],
  locale: Locale,
  at: Date,
): Promise<string> {
  // A note's text has no carriage returns; RFC 4180 readers take a bare line feed too.
  const rows = [
    csvRow(['key', 'value', 'currency', 'label', 'definition', 'at', 'instance']),
    ...figures.map((f) =>
      csvRow([
        f.key,
        f.currency === undefined ? f.value : decimalOf(BigInt(f.value)),
        f.currency ?? null,
        f.label[locale],
        f.definition[locale],
        at.toISOString(),
        k.site.baseUrl,
      ]),
    ),
  ].map((row) => row.replace('\r\n', '\n'));
  return signNote(rows.join(''), await documentsKey(k));
}

/** Micro-units as a decimal number that every reader of CSV takes, with two to six decimals. */
function decimalOf(micro: bigint): string {
  const size = micro < 0n ? -micro : micro;
  const fraction = (size % 1_000_000n)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${micro < 0n ? '-' : ''}${size / 1_000_000n}.${fraction}`;
}
