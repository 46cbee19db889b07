import { signNote } from '@clearway/protocol';
import { csvRow, documentsKey, type Kernel, type Locale } from '../kernel/index.ts';

/** One public number with what it means. */
export type Figure = {
  readonly key: string;
  readonly value: number;
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
    csvRow(['key', 'value', 'label', 'definition', 'at', 'instance']),
    ...figures.map((f) =>
      csvRow([f.key, f.value, f.label[locale], f.definition[locale], at.toISOString(), k.site.baseUrl]),
    ),
  ].map((row) => row.replace('\r\n', '\n'));
  return signNote(rows.join(''), await documentsKey(k));
}
