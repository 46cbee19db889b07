import type { Preset } from './presets.ts';
import type { ConsentState } from './standing.ts';
import type { Terms, Use } from './terms.ts';

export type Draft = {
  readonly workId: string;
  readonly preset: Preset;
  readonly terms: Terms;
  readonly version: number;
  readonly updatedBy: string;
  readonly updatedAt: Date;
};

/** A published version. `document` is the exact text under the hash. */
export type Offer = {
  readonly id: string;
  readonly workId: string;
  readonly version: number;
  readonly sha256: string;
  readonly document: string;
  readonly terms: Terms;
  readonly currency: string;
  readonly publishedBy: string;
  readonly publishedAt: Date;
};

export type Consent = {
  readonly offerId: string;
  readonly partyId: string;
  readonly use: Use;
  /** Who may take the licence; only `any` so far. */
  readonly licenseeClass: string;
  readonly state: ConsentState;
  readonly askedAt: Date;
  readonly decidedAt: Date | null;
};
