import type { CrawlLine } from './crawl-line.ts';

/** Why something was not fetched. Codes are stable; `detail` is a sentence for the log. */
export type Reason =
  /** The address is no web address this crawler fetches. */
  | 'address'
  /** The crawler was not set up for this use, or its agent is known for other uses. */
  | 'use'
  /** robots.txt keeps this agent out. */
  | 'robots'
  /** No document says anything about the address, or none says yes. */
  | 'no-terms'
  | 'prohibited'
  /** A document that counts could not be read; it may hold a no. */
  | 'terms-unreadable'
  /** Two documents ask for two licenses, or scopes overlap; only one token can be sent. */
  | 'terms-conflict'
  /** Another sign on the site says no: AIPREF, Content Signals, TDMRep, noai. */
  | 'signal'
  /** The page itself said no after it had been fetched; the copy was thrown away. */
  | 'page-terms'
  /** Somebody has to agree first: no ceiling for this way of paying, no price, no account at this server, no agreement. */
  | 'agreement'
  | 'price'
  | 'total'
  /** The license server or the site did not take the credentials, the token or the request. */
  | 'client'
  | 'token'
  | 'scope'
  /** No answer, an answer that is too long or too late, or a status that is none of the above. */
  | 'network'
  | 'status'
  | 'too-large'
  | 'redirects';

type Not<State extends string> = {
  readonly state: State;
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly reason: Reason;
  readonly detail: string;
};

/** What came of one fetch. Only `fetched` has content; every other state says why there is none. */
export type CrawlResult =
  | {
      readonly state: 'fetched';
      readonly url: string;
      readonly status: number;
      readonly headers: Headers;
      readonly body: Uint8Array;
      /** What was written to the store before the content was handed out. */
      readonly line: CrawlLine;
    }
  /** Nobody licenses this use; or nobody says so clearly. */
  | Not<'not-licensed'>
  /** It may be had, but a person has to agree first; `quoteUri` is where. */
  | (Not<'needs-quote'> & { readonly quoteUri?: string })
  | Not<'refused'>
  | (Not<'over-budget'> & { readonly price: string })
  | (Not<'unreachable'> & { readonly status?: number; readonly retryAfterS?: number });

/** A result before the address is added. */
type Bare<R> = R extends unknown ? Omit<R, 'url'> : never;
export type Stopped = Bare<Exclude<CrawlResult, { state: 'fetched' }>>;

/** Ends a fetch from wherever it is; caught in `crawler.ts` and nowhere else. */
export class Stop extends Error {
  readonly result: Stopped;
  constructor(result: Stopped) {
    super(result.detail);
    this.result = result;
  }
}
