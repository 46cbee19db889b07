import type { PathPattern } from './match-path.ts';
import type { UsageToken } from './vocabulary.ts';
import type { Position } from './xml.ts';

/** What is asked of a document. */
export interface Question {
  /**
   * A resolved path with its query (no `..`), or an absolute address: then a `content` that names this origin counts too.
   */
  readonly url: string;
  readonly usage: UsageToken;
  /**
   * The class of whoever is responsible for the use (RSL 1.0 §3.4.1.2), if declared: one of RSL's five or a prefixed name
   * of others. Anything else counts as not declared.
   */
  readonly userClass?: string;
  /** Reporting profiles the client knows and will follow. */
  readonly reportingProfiles?: readonly string[];
  /**
   * Countries (ISO 3166-1 alpha-2) in which whoever is responsible is established and in which the work is processed.
   * A licence limited to places has to hold in all of them; in a licence `EU` stands for its members (reading A10). What is
   * no country, such as `UK`, counts as not declared.
   */
  readonly places?: readonly string[];
  /** Any prohibition that covers the usage stands, and silence is no permission. */
  readonly strict?: boolean;
  /**
   * What a narrower permission does to a broader prohibition (RSL 1.0 §3.1.1 and §3.6, read in two ways): it wins
   * (`narrower`, when left out), or the prohibition stands wherever it covers the usage (`anywhere`).
   */
  readonly prohibitions?: 'narrower' | 'anywhere';
  /**
   * The day of the use, RFC 3339 or the day alone. What a content permits counts from its `lastmod` on: what held before is
   * not known. Its prohibitions count all the same.
   */
  readonly date?: string;
  /** Who asks, by product token. No document speaks of agents, only robots.txt does; the trace says so. */
  readonly agent?: string;
  /** Lists in the trace also what was ignored, and why: other contents, foreign elements, names of others. */
  readonly explain?: boolean;
}

/** One way to be licensed. */
export interface EvaluatedPayment {
  /** A payment type of RSL, the type as written when it is none, or `unstated` when only a price or a framework is given. */
  readonly type: string;
  readonly amount?: { readonly currency?: string; readonly decimal: string };
  readonly standard?: string;
  readonly custom?: string;
  readonly accepts?: { readonly type?: string; readonly payload: string };
  /** A licence must be got there before access, whatever the type (RSL 1.0 §3.7). */
  readonly server?: string;
  /** The scope it was written for. Payments of one scope are a choice; every scope in the list has to be satisfied. */
  readonly url: string;
  /** The usage token that was permitted; undefined when nothing was said and RSL reads that as permission. */
  readonly permitted: UsageToken | undefined;
  readonly position: Position;
}

/** One sentence of the reasoning, with the rule it rests on. */
export interface TraceStep {
  readonly rule: string;
  readonly text: string;
  readonly position?: Position;
}

/** The answer. Only the two `licensed-` outcomes are a yes; `unknown` means that the document gives no answer. */
export interface Evaluation {
  readonly outcome: 'licensed-free' | 'licensed-against' | 'not-licensed' | 'unknown';
  readonly payments: readonly EvaluatedPayment[];
  readonly trace: readonly TraceStep[];
  /** Present where something that may restrict the use cannot be read: then nothing is granted, whatever else is said. */
  readonly doubtful?: true;
  /**
   * Present with `unknown` where the document speaks of the use, but not to a client of which no more is known: it may be a
   * refusal, so what another document grants must not be relied upon either.
   */
  readonly undecided?: true;
}

/** One thing a licence says about the usage in question; without `usage` it says it by silence, or permits others only. */
export interface Statement {
  /** `closed`: permits other uses only. `shadow`: might permit this one, but nobody can rely on it. */
  readonly kind: 'grant' | 'prohibition' | 'closed' | 'shadow';
  readonly pattern: PathPattern;
  readonly usage: UsageToken | undefined;
  readonly user: string | undefined;
  /** A prohibition for a place where the client is, or a grant that names all the places where it is. */
  readonly placed: boolean;
  /** Not to be relied on here; but whoever may rely on it is asked for something. */
  readonly rival: boolean;
  /** How the trace calls it. */
  readonly source: string;
  readonly position: Position;
}

export interface Grant extends Statement {
  readonly kind: 'grant';
  readonly payment: EvaluatedPayment;
}
