import { z } from 'zod';
import { AGES, shownSchema, signSchema } from '../model.ts';

const box = z
  .literal('yes')
  .optional()
  .transform((value) => value === 'yes');

/** The signature form: boxes are `yes` or absent. */
export const signForm = signSchema.extend({
  email: z.string().trim().min(1).max(1_000),
  hideName: box,
  mailConsent: box,
  consent: z.literal('yes').transform(() => true as const),
  declarationVersion: z.coerce.number().int(),
  consentVersion: z.coerce.number().int(),
  partnerConsent: box,
  partnerConsentVersion: z.coerce.number().int().optional(),
});

/** The form in which a person corrects how she is shown, and an organisation what it says of itself. */
export const correctionForm = shownSchema.extend({
  hideName: box,
  mailConsent: box,
  members: signSchema.shape.members,
  contact: signSchema.shape.contact,
});

/** What somebody on a list says who signs herself. */
export const invitedForm = shownSchema.extend({
  hideName: box,
  mailConsent: box,
  age: z.enum(AGES),
  consent: z.literal('yes').transform(() => true as const),
  consentVersion: z.coerce.number().int(),
});

/** Her own yes to a signature that somebody gave for her. */
export const takeOverForm = invitedForm.pick({
  mailConsent: true,
  age: true,
  consent: true,
  consentVersion: true,
});
