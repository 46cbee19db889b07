import { z } from 'zod';
import { cleanLine, cleanText, LOCALES, type Locale } from '../../kernel/index.ts';
import { countryCode, craftCode } from '../../parties/index.ts';
import { KINDS } from '../model.ts';

/** Of `agree-again` those hear who signed an older version and have not agreed to the public one. */
export const MAILING_KINDS = ['news', 'agree-again', 'milestone'] as const;
export type MailingKind = (typeof MAILING_KINDS)[number];

export type MailingState = 'draft' | 'proposed' | 'scheduled' | 'sending' | 'paused' | 'done' | 'stopped';

/** Subject and body of a mailing in one language: paragraphs with an empty line between. */
export type MailingText = { readonly subject: string; readonly body: string };
export type MailingTexts = { readonly [L in Locale]?: MailingText };

const orNothing = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** Conditions that narrow down those who agreed to mail. */
export const audienceSchema = z.object({
  locale: orNothing(z.enum(LOCALES)),
  craft: orNothing(craftCode),
  country: orNothing(countryCode),
  kind: orNothing(z.enum(KINDS)),
  /** Whose signature stands for this version of the declaration. */
  version: orNothing(z.coerce.number().int().min(1).max(100_000)),
  /** Who has neither signed nor agreed to this version or a later one. */
  before: orNothing(z.coerce.number().int().min(1).max(100_000)),
});
export type Audience = z.infer<typeof audienceSchema>;

export const textSchema = z.object({
  subject: cleanLine(120),
  body: cleanText(10_000).refine((text) => text !== '', 'must not be empty'),
});

/** Mails a minute; the default leaves room for confirmation mails. */
export const PER_MINUTE = 300;
export const perMinuteSchema = z.coerce.number().int().min(1).max(6_000);

/** What is mailed to whom, and how far it is. */
export type Mailing = {
  readonly id: string;
  readonly kind: MailingKind;
  readonly texts: MailingTexts;
  readonly audience: Audience;
  readonly state: MailingState;
  readonly edition: number;
  readonly run: number;
  readonly perMinute: number;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly startAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** How many there were to write to when it began. */
  readonly total: number | null;
  readonly position: string | null;
};

/** By this the mails of a mailing are counted and stopped together. */
export const batchOf = (mailingId: string) => `mailing:${mailingId}`;

/** The languages in which a mailing needs words. */
export function localesOf({ audience }: Pick<Mailing, 'audience'>): readonly Locale[] {
  return audience.locale ? [audience.locale] : LOCALES;
}
