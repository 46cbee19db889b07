import type { UsageToken } from '@clearway/rsl';
import type { LeafUsage, Stance } from './permissions.ts';
import type { SourceKind } from './source.ts';
import type { Statement } from './statement.ts';

/** A licence in force, whose signature the caller has verified. */
export interface Contract {
  readonly id: string;
  readonly permits: readonly UsageToken[];
  readonly prohibits?: readonly UsageToken[];
  /** RFC 3339; `to` is the first instant at which it no longer holds. */
  readonly from: string;
  readonly to?: string;
  /** Product tokens; undefined means every agent of who asks. */
  readonly agents?: readonly string[];
}

/** A signed statement of a verified owner, whose signature the caller has verified. */
export interface Declaration {
  readonly id: string;
  readonly usage: UsageToken;
  readonly stance: Stance;
  /** Whether the signer was shown to control the domain of the address. */
  readonly controlsDomain: boolean;
}

/** What holds where nobody says anything: usable unless reserved (Directive (EU) 2019/790, Article 4), or not usable. */
export type SilencePolicy = 'usable-unless-reserved' | 'not-usable';

/** The rule of the order of resolution that decided. */
export type VerdictRule =
  | 'contract'
  | 'signed-by-domain'
  | 'most-restrictive'
  | 'signed-preference'
  | 'preference'
  | 'silence';

/** The answer for one usage and one agent. */
export interface UsageVerdict {
  /**
   * `licensed`: a contract in force. `refused`, `conditional` (against terms). `allowed`: a preference, no licence.
   * `unknown`: nobody says anything that could be read.
   */
  readonly outcome: 'licensed' | 'refused' | 'conditional' | 'allowed' | 'unknown';
  /** Whether who follows the policy may use it: never where the fetch is refused or something could not be read. */
  readonly usable: boolean;
  readonly rule: VerdictRule;
  /** Ids of the records or contracts it rests on. */
  readonly because: readonly string[];
  /** Ids of records that give it, and of those that offer it against terms, whether they decided or not. */
  readonly allowing: readonly string[];
  readonly conditional: readonly string[];
  /** Ids of records that a rule inside their own standard sets aside. */
  readonly setAside: readonly string[];
  /** Ids of records that could not be read: with them silence gives nothing. */
  readonly damaged: readonly string[];
  /** Where terms are offered. */
  readonly terms: readonly string[];
}

/** All answers for one agent. */
export interface AgentVerdict {
  /** A product token, or `*` for one that nobody names. */
  readonly agent: string;
  /** Whether robots.txt lets it fetch the address. */
  readonly fetch: 'allowed' | 'refused';
  readonly usages: Readonly<Record<LeafUsage, UsageVerdict>>;
}

/** A statement with where, when and by what it was read. */
export interface EvidenceRecord extends Statement {
  readonly id: string;
  readonly source: string;
  readonly kind: SourceKind;
  /** SHA-256 of the whole source, in hexadecimal. */
  readonly sha256: string;
  /** Where `raw` begins in the bytes of the source. */
  readonly byteOffset: number;
  readonly at: string;
  readonly parser: string;
}
