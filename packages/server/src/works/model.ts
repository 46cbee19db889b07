import type { Identifier } from './identifiers.ts';

export const WORK_TYPES = [
  'text',
  'poem',
  'song',
  'recording',
  'image',
  'photograph',
  'comic',
  'film',
  'game',
  'software',
  'other',
] as const;
export type WorkType = (typeof WORK_TYPES)[number];

/** What a holder did: the role in which the share is held. */
export const ROLES = [
  'author',
  'composer',
  'lyricist',
  'performer',
  'photographer',
  'illustrator',
  'director',
  'developer',
  'translator',
  'editor',
  'producer',
  'other',
] as const;
export type Role = (typeof ROLES)[number];

/** Who made it: a person alone, a person with AI tools, or mainly a machine. The registrant's own words. */
export const MAKINGS = ['human', 'assisted', 'generated'] as const;
export type Making = (typeof MAKINGS)[number];

/** May this holder say yes: *mine*, *theirs* (somebody else must), *unsure*. Only *mine* can be licensed. */
export const ANSWERS = ['mine', 'theirs', 'unsure'] as const;
export type Answer = (typeof ANSWERS)[number];

/** To whom the right to say yes was given, where the answer is *theirs*. */
export const HOLDER_KINDS = ['society', 'publisher', 'label', 'employer', 'client', 'heir'] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

export type ClaimState = 'pending' | 'accepted' | 'declined' | 'withdrawn';

export type Work = {
  readonly id: string;
  /** The party that registered it. */
  readonly registrantId: string;
  readonly title: string;
  readonly type: WorkType;
  /** BCP 47, as the registrant gave it. */
  readonly language: string | null;
  readonly createdYear: number | null;
  readonly createdPlace: string | null;
  /** A year, a month or a day: `2024`, `2024-05`, `2024-05-31`. */
  readonly firstPublished: string | null;
  readonly making: Making | null;
  readonly state: 'registered' | 'withdrawn';
  readonly withdrawnReason: string | null;
  readonly version: number;
  readonly createdAt: Date;
};

/** A file, an address or only a fingerprint in which the work exists. */
export type Manifestation = {
  readonly id: string;
  readonly kind: 'file' | 'url' | 'fingerprint';
  readonly url: string | null;
  /** Of the exact bytes; null for an address. */
  readonly sha256: string | null;
  readonly bytes: bigint | null;
  readonly mediaType: string | null;
  readonly filename: string | null;
};

export type Claim = {
  readonly id: string;
  readonly workId: string;
  /** Of an invited person: a party without a user until the invitation is accepted. */
  readonly partyId: string;
  readonly name: string;
  /** The invited mailbox; shown to the registrant only. */
  readonly email: string | null;
  readonly role: Role;
  readonly sharePpm: number;
  readonly state: ClaimState;
  readonly authority: Answer;
  readonly authorityHolderKind: HolderKind | null;
  readonly authorityHolderName: string | null;
  /** Why it was declined, or what the invited person would find right. */
  readonly note: string | null;
  /** The share the invited person asks for instead. */
  readonly wishPpm: number | null;
  readonly invitedAt: Date | null;
  readonly answeredAt: Date | null;
  /** True while an objection to this share is open. */
  readonly onHold: boolean;
};

/** A holder whose share counts or may come to count. */
export type Holder = {
  readonly claimId: string;
  readonly partyId: string;
  readonly name: string;
  readonly role: Role;
  readonly sharePpm: number;
  readonly state: 'pending' | 'accepted' | 'declined';
  readonly authority: Answer;
  readonly onHold: boolean;
};

export type WorkDetail = {
  readonly work: Work;
  readonly identifiers: readonly Identifier[];
  readonly manifestations: readonly Manifestation[];
  readonly claims: readonly Claim[];
};

/** Why a work cannot be licensed as far as works and claims go. */
export const REASON_CODES = [
  'withdrawn',
  'shares-not-whole',
  'claim-pending',
  'claim-declined',
  'on-hold',
  'authority-theirs',
  'authority-unsure',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];
export type Reason = {
  readonly code: ReasonCode;
  /** The holders concerned, as shown to the public; empty when it is about the work. */
  readonly names: readonly string[];
  readonly sharePpm: number;
};

export type Licensability = {
  /** True when accepted and uncontested shares make 100 %. Whether their holders may say yes is in `reasons`. */
  readonly whole: boolean;
  /** Accepted and not on hold. */
  readonly acceptedPpm: number;
  readonly onHoldPpm: number;
  /** Empty when nothing on the side of work and claims stands in the way. */
  readonly reasons: readonly Reason[];
};
