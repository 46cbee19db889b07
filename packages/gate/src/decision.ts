import type { RefusalReason } from './answer-texts.ts';
import type { KnownToken } from './check-token.ts';
import type { UsageDraft } from './usage-sink.ts';

/** A request as a gate sees it. */
export interface GateRequest {
  readonly method: string;
  /** The request target as it came, path and query, nothing decoded. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Every `Authorization` field, where `headers` may hide that there were several. */
  readonly authorization?: readonly string[];
}

/**
 * The request may go on to the site. `path`, where given, is the canonical target to ask the site for; `headers` belong on
 * the answer; `usage` must be handed to `settle` once it was answered.
 */
export interface Pass {
  readonly kind: 'pass';
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly usage?: { readonly draft: UsageDraft; readonly token: KnownToken };
}

/** The whole answer for a request that may not go on. */
export interface Deny {
  readonly kind: 'deny';
  readonly status: 400 | 401 | 402 | 403 | 503;
  readonly reason: RefusalReason;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Decision = Pass | Deny;
