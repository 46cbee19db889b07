import { electronicFormatIBAN, isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { cleanLine } from '../kernel/index.ts';
import { countryCode } from './model.ts';

/** A postal address in parts, as banks ask for it (ISO 20022, `PostalAddress24`). */
export type StructuredAddress = {
  readonly streetName: string;
  readonly buildingNumber: string;
  readonly postCode: string;
  readonly townName: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

/** Where a party is paid. */
export type PayoutProfile = {
  readonly version: number;
  /** Holder of the bank account. */
  readonly name: string;
  readonly iban: string;
  readonly bic: string | null;
  readonly address: StructuredAddress;
  /** ISO 3166-1 alpha-2. */
  readonly taxResidence: string;
  readonly changedAt: Date;
  /** A change is used a day later, so that a stolen session does not move money before the owner hears of it. */
  readonly usableFrom: Date;
};

/** How long a changed profile waits, in milliseconds. The first one of a party does not. */
export const PROFILE_WAIT_MS = 24 * 3_600_000;

const SEPA_IBAN = 'not an account number (IBAN) of the SEPA area';

/** An IBAN people typed, blanks and all, in its electronic form. */
const iban = z
  .string()
  .max(60, SEPA_IBAN)
  .transform((text) => electronicFormatIBAN(text) ?? '')
  .refine((text) => isValidIBAN(text) && isSEPACountry(text.slice(0, 2)), SEPA_IBAN);

/** A BIC people typed; empty is none. */
const bic = z
  .string()
  .max(30, 'not a BIC')
  .nullish()
  .transform((text) => text?.replace(/\s/g, '').toUpperCase() || null)
  .refine((text) => text === null || isValidBIC(text), 'not a BIC');

const UNWRITABLE = 'has no letter or digit that banks can write';
/** Payment files are written in Latin letters; Greek and Cyrillic ones have equivalents there. */
const written = (max: number) =>
  cleanLine(max).refine(
    (text) => /[0-9\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(text),
    UNWRITABLE,
  );

/** A structured address; the lengths are those of the SEPA schemes. */
const addressFields = {
  streetName: cleanLine(70),
  buildingNumber: cleanLine(16),
  postCode: cleanLine(16),
  townName: written(35),
  country: countryCode,
};

/** A bank account with its holder, flat as forms send it. */
const bankAccountFields = { name: written(70), iban, bic, ...addressFields };

/** What a payee gives to be paid. */
export const payoutProfileSchema = z.object({ ...bankAccountFields, taxResidence: countryCode });

export type PayoutProfileInput = z.output<typeof payoutProfileSchema>;
