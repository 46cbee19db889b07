import type { UsageToken } from '@clearway/rsl';
import type { Stance } from './permissions.ts';
import type { Carrier } from './record.ts';

/** Everything a statement can stand in: the carriers of {@link Carrier}, and those that are only read. */
export type StatementCarrier =
  | Carrier
  | 'content-signal-use'
  | 'tdmrep-epub'
  | 'tdmrep-xmp'
  | 'tdm-policy'
  | 'plus'
  | 'xmp-rights'
  | 'cc-licence'
  | 'schema-org'
  | 'ai-txt'
  | 'file';

/** One statement as it was read, before anything is decided. */
export interface Statement {
  readonly carrier: StatementCarrier;
  readonly usage: UsageToken;
  /** `none`: it is kept and decides nothing. */
  readonly stance: Stance | 'none';
  /** The words as they stand there. */
  readonly raw: string;
  /** Where they begin, in UTF-16 units of the decoded text. */
  readonly offset: number;
  /** The product token it speaks to; undefined means everybody. */
  readonly agent?: string;
  /** Where further terms are. */
  readonly policy?: string;
  readonly note?: string;
  /** It tries to say something and cannot be read: silence must not be concluded from it. */
  readonly damaged?: boolean;
  /** A mistake in where or how it is said, for which there is a cure. */
  readonly fault?: Fault;
}

/**
 * `before-groups`: above the first `User-agent`. `signal-path`: `Content-Signal` with a path. `tdmrep-order`: an entry that an
 * earlier one hides. `robots-too-long`: more than 500 KiB.
 */
export type Fault = 'before-groups' | 'signal-path' | 'tdmrep-order' | 'robots-too-long';

/** The usages a mark against AI as a whole speaks of. */
export const aiUsages = ['ai-train', 'ai-input', 'ai-index'] as const;

/** A statement that could not be read. */
export function unreadable(
  carrier: StatementCarrier,
  note: string,
  place: { readonly raw?: string; readonly offset?: number; readonly usage?: UsageToken } = {},
): Statement {
  const { raw = '', offset = 0, usage = 'all' } = place;
  return { carrier, usage, stance: 'none', raw, offset, note, damaged: true };
}
