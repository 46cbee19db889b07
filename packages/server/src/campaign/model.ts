import { z } from 'zod';
import { cleanLine, type Locale } from '../kernel/index.ts';
import { type Craft, countryCode, craftCode } from '../parties/index.ts';
import { fail } from './problems.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;

export const LINK_MS = 7 * DAY;
/** One mail per address in this time, however often somebody types it. */
export const MAIL_PAUSE_MS = DAY;
/** From the confirmation to the account. */
export const ACCOUNT_STEP_MS = 30 * 60_000;
/** How long things are kept; the pages say so. */
export const KEEP_PENDING_MS = 30 * DAY;
export const KEEP_WITHDRAWN_MS = 3 * YEAR;
export const KEEP_SUPPRESSION_MS = 3 * YEAR;
export const KEEP_INVALIDATED_MS = YEAR;
export const KEEP_NETWORK_MS = 90 * DAY;

export const KINDS = ['person', 'organisation'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * On what a signature rests: `mailbox`, the owner of the mailbox confirmed it; `authority`, somebody signed for the person
 * with written authority; `import`, the person signed elsewhere, and there is proof.
 */
export const BASES = ['mailbox', 'authority', 'import'] as const;
export type Basis = (typeof BASES)[number];

export const AGES = ['sixteen', 'guardian'] as const;

/** A line that may be left out; an empty field of a form is none. */
export const optionalLine = (max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    cleanLine(max)
      .refine((text) => !LOOKS_LIKE_ADDRESS.test(text), 'no web or mail addresses')
      .optional(),
  );

const LOOKS_LIKE_ADDRESS = /:\/\/|www\.|@|\b[\p{L}\p{N}-]+\.(com|net|org|info|biz|ru|cn|io|de)\b/iu;

/** What is public about a signatory who shows it. */
export const shownSchema = z.object({
  name: cleanLine(200),
  craft: craftCode,
  country: countryCode,
  hideName: z.boolean().default(false),
  town: optionalLine(100),
  affiliation: optionalLine(150),
  note: optionalLine(200),
});
export type Shown = z.infer<typeof shownSchema>;

/** A signature as it arrives. The versions say which texts the person had before them. */
export const signSchema = shownSchema.extend({
  kind: z.enum(KINDS).default('person'),
  /** Of an organisation only: how many members it says it has, and who signs for it. */
  members: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(100_000_000).optional(),
  ),
  contact: optionalLine(200),
  email: z.string().max(1_000),
  age: z.enum(AGES),
  consent: z.literal(true),
  mailConsent: z.boolean().default(false),
  declarationVersion: z.number().int(),
  consentVersion: z.number().int(),
  /** Leads to a text that is signed before it is published. */
  collectKey: z.string().max(100).optional(),
  /** Of the partner through whose form one signs, and whether that partner may write; by the line of this version. */
  source: z.string().max(100).optional(),
  partnerConsent: z.boolean().default(false),
  partnerConsentVersion: z.number().int().optional(),
});
export type SignInput = Omit<z.infer<typeof signSchema>, 'kind' | 'partnerConsent'> & {
  readonly partnerConsent?: boolean;
  readonly kind?: Kind;
  readonly locale: Locale;
};

/** Held: confirmed by the owner, waits for a person's decision or a date. Invalidated: taken out by a clean-up. Neither counts. */
export type SignatureState = 'pending' | 'held' | 'confirmed' | 'withdrawn' | 'invalidated';

/** Why a confirmed signature waits. `embargo`: for the minute at which the text is published. */
export type HoldReason = 'mail-domain' | 'name' | 'embargo';

/** How something about a signatory was checked, beyond the e-mail that all of them confirmed. */
export const METHODS = ['domain-mail', 'link-back', 'vouch', 'evidence'] as const;
export type Method = (typeof METHODS)[number];

/** One check: `detail` is the domain, host or organisation, and empty for evidence. */
export type Check = { readonly method: Method; readonly detail: string; readonly checkedAt: Date };

/** A signature as its owner sees it. */
export type Signature = {
  readonly id: string;
  readonly state: SignatureState;
  readonly name: string;
  readonly hidden: boolean;
  readonly craft: Craft;
  readonly country: string;
  readonly email: string;
  readonly userId: string | null;
  readonly locale: Locale;
  /** As the person said; null where others brought the signature. */
  readonly age: (typeof AGES)[number] | null;
  readonly declarationVersion: number;
  readonly declarationSha256: string;
  readonly consentVersion: number;
  readonly consentedAt: Date;
  readonly mailConsentVersion: number | null;
  readonly mailConsentedAt: Date | null;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** Keyed hash of the network it came from; forgotten after 90 days. */
  readonly networkHash: string | null;
  readonly heldFor: readonly HoldReason[];
  readonly kind: Kind;
  readonly town: string | null;
  readonly affiliation: string | null;
  readonly note: string | null;
  readonly members: number | null;
  readonly contact: string | null;
  readonly featuredAt: Date | null;
  readonly basis: Basis;
  /** Who signed for the person; of `authority` only. */
  readonly through: string | null;
  /** Where the person signed; of `import` only. */
  readonly source: string | null;
  /** Of the terms of participation when the person signed; 0: as the software comes. Null: unknown, or none agreed to. */
  readonly termsVersion: number | null;
};

/** What the wall and the public list show of a person. */
export type PublicSignatory = {
  readonly id: string;
  readonly kind: Kind;
  readonly town: string | null;
  readonly name: string;
  readonly craft: Craft;
  readonly country: string;
  readonly signedAt: Date;
  readonly basis: Basis;
  readonly through: string | null;
  /** A moderator found that others bear the name too; it is shown with craft and town. */
  readonly namesake: boolean;
};

/**
 * A name has a letter in some script, no web or mail address, and no towers of marks. Digits, apostrophes, hyphens,
 * one word or many: that is the person's own business. Throws `name-not-a-name`.
 */
export function checkName(name: string): string {
  if (!/\p{L}/u.test(name) || LOOKS_LIKE_ADDRESS.test(name) || /\p{M}{5,}/u.test(name))
    throw fail('name-not-a-name');
  return name;
}

/** A text as the search compares it: compatibility forms unified, marks and case gone. */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A name by which the same person is recognised: its words in one order, without marks and what stands between. */
export function nameKey(name: string): string {
  return foldForSearch(name)
    .split(/[^\p{L}\p{N}']+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
}

type LinkFacts = {
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly superseded_at: Date | null;
};

/** Throws what is wrong with a confirmation link, if anything is. */
export function checkConfirmation(link: LinkFacts, state: SignatureState, now: Date): void {
  if (state === 'invalidated') throw fail('signature-invalidated');
  if (state === 'held') throw fail('signature-held');
  if (state === 'withdrawn' || link.superseded_at) throw fail('confirmation-superseded');
  if (link.used_at || state === 'confirmed') throw fail('confirmation-used');
  if (link.expires_at <= now) throw fail('confirmation-expired');
}
