import type { PriceUnit } from './extension.ts';
import type {
  copyrightTypes,
  DisclaimerToken,
  PaymentType,
  reportingTypes,
  UsageToken,
  UserToken,
  WarrantyToken,
} from './vocabulary.ts';

/** A list that cannot be empty. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** A name of somebody else's vocabulary: written as `prefix:name`, the prefix bound at the root. Never RSL's own namespace. */
export interface ExtensionName {
  readonly namespace: string;
  readonly name: string;
}

/** An element of somebody else's vocabulary, which every reader that does not know it skips. */
export interface ForeignElement extends ExtensionName {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly (ForeignElement | string)[];
}

interface Extensible {
  readonly foreign?: readonly ForeignElement[];
}

/** Types that ask for something. */
export type PaidType = Exclude<PaymentType, 'free' | 'attribution'>;

/** What is asked. There is no default: leaving it out would mean free to every reader. */
export type PaymentInput = Extensible &
  (
    | { readonly type: 'free' }
    | { readonly type: 'attribution'; readonly standard?: string; readonly custom?: string }
    | (PricedInput & { readonly type: PaidType | ExtensionName })
    /** Terms by reference only, as the RSL Collective asks for: without a type the framework says how it is paid. */
    | (PricedInput & { readonly type?: never; readonly standard: string })
  );

/** The parts of a payment that asks for something. */
export interface PricedInput {
  /** `decimal` is written as it stands. */
  readonly amount?: { readonly currency: string; readonly decimal: string };
  /** What the amount buys; RSL has no word for it, so it is written in our own namespace. */
  readonly price?: { readonly unit: PriceUnit; readonly perUnits: number };
  /** Absolute URI of a shared framework. */
  readonly standard?: string;
  /** Address where the licensor's own process begins. */
  readonly custom?: string;
  /** A protocol of payment by its media type, with what it needs to be told. */
  readonly accepts?: { readonly type: string; readonly payload?: string };
}

/** Statements about title and liability, RSL 1.0 §3.13; one of each kind. */
export interface LegalInput {
  readonly warranty?: NonEmpty<WarrantyToken>;
  readonly disclaimer?: NonEmpty<DisclaimerToken>;
  readonly attestation?: boolean;
  readonly contact?: string;
  readonly proof?: NonEmpty<string>;
}

/** A report that is a condition of the licence, RSL 1.0 §3.12. */
export interface ReportingInput {
  readonly type: (typeof reportingTypes)[number];
  /** Absolute URI. */
  readonly profile: string;
  /** Https. */
  readonly endpoint?: string;
  /** What the profile wants to be told, as text. */
  readonly configuration?: string;
}

interface CommonLicense extends Extensible {
  readonly payment: PaymentInput;
  readonly legal?: LegalInput;
  readonly reporting?: readonly ReportingInput[];
}

/** What a licence speaks of in each of the three dimensions; countries by their two letters, or `EU`. */
export interface ScopeInput {
  readonly usage?: NonEmpty<UsageToken | ExtensionName>;
  readonly user?: NonEmpty<UserToken | ExtensionName>;
  readonly geo?: NonEmpty<string>;
}

/** A licence that grants what it names, and nothing else. */
export interface GrantInput extends CommonLicense {
  readonly permits: ScopeInput & Required<Pick<ScopeInput, 'usage'>>;
  readonly prohibits?: ScopeInput;
}

/**
 * A licence that grants nothing. It must prohibit `all`: without a list of permits, RSL reads everything that is not
 * prohibited as granted.
 */
export interface RefusalInput extends CommonLicense {
  readonly permits?: never;
  readonly prohibits: { readonly usage: readonly ['all', ...UsageToken[]] };
}

export type LicenseInput = GrantInput | RefusalInput;

/** A scope and the licences for it. */
export type ContentInput = Extensible & {
  /** RFC 9309 path pattern, beginning with `/`. */
  readonly url: string;
  /** RFC 3339. */
  readonly lastmod?: string;
  readonly licenses: NonEmpty<LicenseInput>;
  /** Other forms of the same work, under the same terms. */
  readonly alternates?: readonly { readonly url: string; readonly type?: string }[];
  /** The work in the words of Schema.org: where they are, or the words themselves as JSON. */
  readonly schema?: { readonly url: string } | { readonly jsonLd: string };
  readonly copyright?: {
    readonly name: string;
    readonly type?: (typeof copyrightTypes)[number];
    readonly contactEmail?: string;
    readonly contactUrl?: string;
  };
  /** Address of the terms people read. */
  readonly terms?: string;
  /** Pins the terms: their SHA-256, their version, which uses are given on request only, and where to ask. */
  readonly extension?: {
    readonly termsHash: string;
    readonly version: string;
    readonly onRequest?: readonly UsageToken[];
    /** Where somebody asks for these uses. */
    readonly requestUrl?: string;
  };
} & (
    | {
        /** Base address of the licence server. With it every client must get a licence there first, even a free one: free and priced uses are two contents. */
        readonly server?: string;
        readonly encrypted?: false;
      }
    /** What is encrypted needs a server that hands out the keys. */
    | { readonly server: string; readonly encrypted: true }
  );

export type DocumentInput = Extensible & {
  /** Days this document may be trusted; 30 when left out. */
  readonly maxAgeDays?: number;
  readonly contents: NonEmpty<ContentInput>;
  /**
   * Writes also a permission inside a broader prohibition. Some readers license what it permits and others do not, so whoever
   * publishes it should have seen that.
   */
  readonly readersMayDiffer?: boolean;
};
