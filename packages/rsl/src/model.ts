import type { Position, XmlElement } from './xml.ts';

/** A token as it stands in a list; `namespace` is set when it is a QName whose prefix is bound. */
export interface Token {
  readonly text: string;
  readonly namespace?: string;
}

/** One `permits` or `prohibits` element. `type` is kept as written: absent or unknown values are for the validator. */
export interface Permission {
  readonly type?: string;
  readonly tokens: readonly Token[];
  /** The body as written, for messages. */
  readonly text: string;
  readonly position: Position;
}

/** One `payment` element. Amounts stay text: no float ever touches them. */
export interface Payment {
  readonly type?: Token;
  readonly standard?: string;
  readonly custom?: string;
  readonly amount?: { readonly currency?: string; readonly decimal: string; readonly position: Position };
  readonly accepts?: { readonly type?: string; readonly payload: string; readonly position?: Position };
  readonly extensions: readonly XmlElement[];
  readonly position: Position;
}

/** One `legal` element; the body is kept as text. */
export interface Legal {
  readonly type?: string;
  readonly text: string;
  readonly position: Position;
}

/** One `reporting` element; `profile` is opaque. */
export interface Reporting {
  readonly type?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly configuration: string;
  readonly position: Position;
}

/** One `license`: an offer of its own. */
export interface License {
  readonly permits: readonly Permission[];
  readonly prohibits: readonly Permission[];
  readonly payment?: Payment;
  readonly legal: readonly Legal[];
  readonly reporting: readonly Reporting[];
  readonly extensions: readonly XmlElement[];
  /** True when its shape broke a rule, so that nobody can be sure what it grants: its prohibitions still count. */
  readonly flawed: boolean;
  readonly position: Position;
}

/** One `content`: a scope and the licences for it. Attributes are kept as written. */
export interface Content {
  readonly url?: string;
  readonly server?: string;
  readonly encrypted?: string;
  readonly lastmod?: string;
  readonly licenses: readonly License[];
  readonly alternates: readonly {
    readonly type?: string;
    readonly url: string;
    readonly position: Position;
  }[];
  readonly schema?: { readonly type?: string; readonly text: string; readonly position: Position };
  readonly copyright?: {
    readonly type?: string;
    readonly name: string;
    readonly contactEmail?: string;
    readonly contactUrl?: string;
    readonly position: Position;
  };
  readonly terms?: { readonly url: string; readonly position: Position };
  readonly extensions: readonly XmlElement[];
  /** True when its shape broke a rule outside its licences: an attribute or a licence may be lost. */
  readonly flawed: boolean;
  readonly position: Position;
}

/** How a document is tied to what it speaks of (RSL 1.0 §4): by the site, in a page, in an item of a feed, in a file. */
export type Association = 'site' | 'page' | 'feed' | 'file';

/** Where a document was found, as far as its scopes depend on it. */
export interface Context {
  /** `site` (robots.txt, `Link`, a link in a page) when left out. */
  readonly association?: Association;
  /** The address of the feed: what it may speak of is on its own origin (RSL 1.0 §4.7). */
  readonly origin?: string;
}

/** A whole RSL document as read. */
export interface RslDocument {
  readonly maxAge?: string;
  readonly contents: readonly Content[];
  readonly extensions: readonly XmlElement[];
  /** True when its shape broke a rule outside its contents: a whole content may be lost. */
  readonly flawed?: boolean;
  readonly position: Position;
  /** The tree it was read from, whole: for a feed or a file that carries RSL, the tree of the feed or the file. */
  readonly root: XmlElement;
}
