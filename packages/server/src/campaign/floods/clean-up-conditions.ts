import { z } from 'zod';
import { cleanLine } from '../../kernel/index.ts';
import { type Craft, countryCode, craftCode } from '../../parties/index.ts';
import { foldForSearch } from '../model.ts';
import { fail } from '../problems.ts';

/** A time as people type it, in UTC: date, or date and time. */
const utcTime = z
  .string()
  .trim()
  .regex(/^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?Z?$/)
  .transform((text) => text.replace(' ', 'T').replace(/Z$/, ''))
  .transform((text) => new Date(text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`))
  .refine((at) => !Number.isNaN(at.getTime()));

/**
 * Which signatures a clean-up is about: all that fit every condition given. `network` is the hash of a network, `name` a
 * pattern in which `*` stands for any characters and `?` for one; case and marks make no difference. `through` is who signed
 * for others, as shown. Times are those of
 * signing, the first in, the last out.
 */
export const conditionsSchema = z.object({
  network: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  domain: cleanLine(253)
    .transform((text) => text.toLowerCase().replace(/^@/, ''))
    .optional(),
  country: countryCode.optional(),
  craft: craftCode.optional(),
  from: utcTime.optional(),
  until: utcTime.optional(),
  name: cleanLine(200).optional(),
  through: cleanLine(200).optional(),
});
export type Conditions = {
  readonly network?: string | undefined;
  readonly domain?: string | undefined;
  readonly country?: string | undefined;
  readonly craft?: Craft | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly name?: string | undefined;
  readonly through?: string | undefined;
};

const MAX_STARS = 4;

/** Country, craft and time alone would take out people by the thousand. Throws `clean-up-too-wide`. */
export function checkConditions(conditions: Conditions): void {
  const { network, domain, name, from, through } = conditions;
  const named = name !== undefined && /[^*?\s]/u.test(name);
  if (!network && !domain && !named && !from && !through) throw fail('clean-up-too-wide');
  if (name !== undefined && (name.match(/\*/g) ?? []).length > MAX_STARS) throw fail('clean-up-pattern');
}

/** A name pattern as SQL's LIKE reads it. */
export function likeOf(pattern: string): string {
  return foldForSearch(pattern)
    .replace(/[\\%_]/g, '\\$&')
    .replace(/\*+/g, '%')
    .replace(/\?/g, '_');
}
