import type { TextPrint } from '../text/text-print.ts';
import type { ExactKey } from './layout.ts';

/** A work as it goes into an index: under its id (a UUID), its texts and the exact hashes of its files. */
export type IndexWork = {
  readonly id: string;
  readonly withdrawn?: boolean;
  readonly texts?: readonly TextPrint[];
  readonly keys?: readonly ExactKey[];
};
