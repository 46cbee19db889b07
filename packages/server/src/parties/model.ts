import { z } from 'zod';
import { cleanLine } from '../kernel/index.ts';
import { isCountry } from './countries.ts';
import { CRAFTS, type Craft } from './crafts.ts';

/** A legal person. */
export type Party = {
  readonly id: string;
  readonly kind: 'person' | 'organisation';
  /** As it appears in public; empty after erasure. */
  readonly name: string;
  readonly craft: Craft | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly userId: string | null;
  /** Where it is written to: the user's address, that of an organisation's administrator, or where it was invited. */
  readonly email: string | null;
  readonly erased: boolean;
};

/** What was checked about a party, by which method and when. It is never just "verified". */
export type Assurance = {
  /** What was checked, e.g. `email-confirmed`. */
  readonly kind: string;
  /** How, e.g. `mail-link`. */
  readonly method: string;
  /** What shows it: an id or a code, nothing personal. */
  readonly evidence: string;
  readonly checkedAt: Date;
};

/** Names are 1 to 200 characters of one line. */
export const partyName = cleanLine(200);
export const craftCode = z.enum(CRAFTS);
export const countryCode = z.string().refine(isCountry, 'not a country code of ISO 3166-1');

/** A field of a form that may be left empty; empty is null. */
function optional<S extends z.ZodType>(schema: S) {
  return z.union([z.literal('').transform(() => null), z.null(), schema]).default(null);
}

/** How a person appears in public. Empty craft and country are none. */
export const profileSchema = z.object({
  name: partyName,
  craft: optional(craftCode),
  country: optional(countryCode),
});

/** An address of an organisation on the web; empty is none. Control of it is proved elsewhere. */
const website = z
  .string()
  .trim()
  .max(2_000)
  .nullish()
  .transform((text) => text || null)
  .refine(
    (text) => text === null || isWebAddress(text),
    'not an address on the web such as https://example.org',
  )
  .transform((text) => text && new URL(text).href);

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/** What is said about an organisation. Empty country and website are none. */
export const organisationSchema = z.object({
  name: partyName,
  country: optional(countryCode),
  url: website,
});
