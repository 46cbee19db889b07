import type { UsageToken } from '@clearway/rsl';
import type { Stance } from './permissions.ts';

/** The places a sign of permission or refusal can stand in. */
export type Carrier =
  | 'rsl'
  | 'robots'
  | 'aipref-robots'
  | 'aipref-header'
  | 'content-signal'
  | 'tdmrep-file'
  | 'tdmrep-header'
  | 'tdmrep-meta'
  | 'robots-meta'
  | 'x-robots-tag';

/** One statement about one usage, with where and in which words it was found. */
export interface SignalRecord {
  readonly carrier: Carrier;
  /** The address or name the caller gave for what was read. */
  readonly source: string;
  /** The words as they stand there. */
  readonly raw: string;
  readonly usage: UsageToken;
  readonly stance: Stance;
  /** The product token it speaks to; undefined means everybody. */
  readonly agent?: string;
  /** Where further terms are, if the carrier names them. */
  readonly policy?: string;
  /** Where `raw` begins in the text that was read, in UTF-16 units, where that is known. */
  readonly offset?: number;
}
