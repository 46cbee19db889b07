import type { DiscoveryChannel, IgnoredLicense } from './discover.ts';
import type { Validators } from './freshness.ts';
import type { Issue } from './issues.ts';
import type { Association, RslDocument } from './model.ts';
import type { RequestProblem, TermsClient } from './request-text.ts';
import type { Robots } from './robots.ts';
import type { PageScope } from './scan-page.ts';

/** What {@link findTerms} is asked. */
export interface TermsSearch extends TermsClient {
  /** Absolute, http or https. */
  readonly url: string;
  /** The product token, by which robots.txt speaks to it. */
  readonly agent: string;
  /** `page` reads the page or the file too, `headers` (if left out) only asks what would come with it. */
  readonly look?: 'headers' | 'page';
  /** Looks at the address even where robots.txt keeps the agent away: for whom it belongs to. */
  readonly anyway?: boolean;
  readonly before?: FoundTerms;
}

/** One place where terms may be named, and what became of it. */
export interface Point {
  readonly url: string;
  readonly state:
    | RequestProblem
    | 'read'
    /** The robots.txt was longer than 500 KiB; the rest was left unread. */
    | 'read-in-part'
    /** Something else came with status 200, a page perhaps. */
    | 'not-robots'
    /** An error with a robots.txt in it that names terms (reading A14). */
    | 'error-with-body'
    | 'missing'
    | 'error'
    /** Answered with 401 or 402 (RSL 1.0 §4.10). */
    | 'challenge'
    | 'closed'
    /** The address sends the client on; the terms there are those of that address. */
    | 'redirected'
    /** Never asked for, because robots.txt keeps the agent away. */
    | 'disallowed';
  readonly redirects: readonly { readonly url: string; readonly status: number }[];
  readonly finalUrl?: string;
  /** When, in milliseconds since 1970. */
  readonly at?: number;
  readonly status?: number;
  readonly mediaType?: string;
  readonly validators?: Validators;
}

/** A document that was named or found in a page, or why it cannot be read. */
export interface FoundDocument {
  readonly url: string;
  readonly channel: DiscoveryChannel | 'html-script' | 'challenge-body' | 'embedded';
  /** Whether the address itself names it, or its site (RSL 1.0 §4.9). */
  readonly level: 'page' | 'site';
  readonly state:
    | RequestProblem
    | 'read'
    /** It is RSL, but was served as something else. It counts, and its publisher should know (R5, R6). */
    | 'other-type'
    /** Well answered, and no RSL: a page, most often. */
    | 'not-rsl'
    /** Not well-formed, or refused for what it holds; `issues` says what. */
    | 'unreadable'
    | 'too-large'
    /** Declared, but closed to this client: 401, 402, 403, 407, 451 (reading A16). */
    | 'closed'
    | 'missing'
    | 'error'
    /** One too many. */
    | 'not-asked';
  readonly redirects: readonly { readonly url: string; readonly status: number }[];
  readonly finalUrl: string;
  /** It lies on another host than the address that was named (reading A15): it counts, and who looks after it is another. */
  readonly redirectedAway?: true;
  readonly at: number;
  readonly status?: number;
  readonly mediaType?: string;
  readonly document?: RslDocument;
  /** How it is tied to what it speaks of. */
  readonly association?: Association;
  /** The part of the page it speaks of. */
  readonly scope?: PageScope;
  readonly issues: readonly Issue[];
  readonly validators: Validators;
}

/** Everything that was found out about the terms of one address. */
export interface FoundTerms {
  readonly url: string;
  readonly agent: string;
  /** When the search ended, in milliseconds since 1970. */
  readonly at: number;
  /** Whether robots.txt lets the agent fetch the address; it says nothing about what it may be used for. */
  readonly allowed: boolean;
  readonly robots: Point & {
    /** `deny`: cannot be reached, so nothing may be fetched; `none`: there is none, so everything may. */
    readonly rules: 'follow' | 'none' | 'deny';
    readonly robots: Robots;
  };
  readonly page: Point;
  readonly documents: readonly FoundDocument[];
  /** Pointers that do not count, with the reason. */
  readonly ignored: readonly IgnoredLicense[];
}
