import { z } from 'zod';
import { cleanLine, cleanText } from '../kernel/index.ts';
import { SCHEMES } from './identifiers.ts';
import { ANSWERS, HOLDER_KINDS, MAKINGS, ROLES, WORK_TYPES } from './model.ts';
import { MAX_HOLDERS, WHOLE_PPM } from './shares.ts';

/** What an empty field of a form says: nothing. */
const orNothing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** Year alone, with month, or with day; a day that does not exist is refused. */
const partialDate = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, 'a year, a month or a day: 2024, 2024-05, 2024-05-31')
  .refine((text) => {
    const [year, month = '01', day = '01'] = text.split('-');
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
  }, 'not a date');

/** Facts about a work, as its registrant gives them. */
export const factsSchema = z.object({
  title: cleanLine(300),
  type: z.enum(WORK_TYPES),
  language: orNothing(
    z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'a language code such as en or de-AT'),
  ),
  createdYear: orNothing(z.coerce.number().int().min(1000).max(2200)),
  createdPlace: orNothing(cleanLine(200)),
  firstPublished: orNothing(partialDate),
  making: orNothing(z.enum(MAKINGS)),
  identifiers: z
    .array(z.object({ scheme: z.enum(SCHEMES), value: z.string().max(300) }))
    .max(20)
    .default([]),
});
export type Facts = z.infer<typeof factsSchema>;

export const sha256Schema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

export const mediaTypeSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(150)
  .regex(/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/, 'a media type such as text/plain');

/** A public address of a work: http or https, without credentials; the fragment is dropped. */
export const workUrlSchema = z
  .string()
  .trim()
  .max(2_000)
  .transform((text, context) => {
    const url = URL.parse(text);
    const good = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    if (!good) {
      context.addIssue({ code: 'custom', message: 'a complete address such as https://example.org/poem' });
      return z.NEVER;
    }
    url.hash = '';
    return url.href;
  });

/** Who may say yes, for one person or one share. */
export const authoritySchema = z.object({
  answer: z.enum(ANSWERS),
  holderKind: orNothing(z.enum(HOLDER_KINDS)),
  holderName: orNothing(cleanLine(200)),
});
export type AuthorityInput = z.infer<typeof authoritySchema>;

/** A holder as entered: the registrant herself, or somebody who is invited by e-mail. */
export const holderSchema = z.union([
  z.object({
    me: z.literal(true),
    role: z.enum(ROLES).default('author'),
    sharePpm: z.number().int().max(WHOLE_PPM),
  }),
  z.object({
    me: z.literal(false).default(false),
    name: cleanLine(200),
    email: z.string().trim().max(254),
    role: z.enum(ROLES).default('author'),
    sharePpm: z.number().int().max(WHOLE_PPM),
  }),
]);
export type HolderInput = z.infer<typeof holderSchema>;
/** One more than allowed is let through, so that the rule itself can say so. */
export const holdersSchema = z.array(holderSchema).max(MAX_HOLDERS * 4);

export const reasonSchema = cleanText(2_000);
