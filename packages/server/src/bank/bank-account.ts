import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { cleanLine, inTx, type Kernel, readSetting, writeSetting } from '../kernel/index.ts';
import { countryCode } from '../parties/index.ts';
import type { AccountHolder } from './render-pain001.ts';
import { toSepaText } from './sepa-text.ts';

const electronic = (text: string) => electronicFormatIBAN(text) ?? '';
const written = (max: number) =>
  cleanLine(max).refine((text) => /[A-Za-z0-9]/.test(toSepaText(text)), NO_LETTER);
const NO_LETTER = 'has no letter or digit that banks can write';

/** An account at a bank as people type it; spaces and small letters are put right. */
export const accountSchema = z.object({
  name: written(70),
  iban: z
    .string()
    .max(60)
    .transform(electronic)
    .refine((iban) => isValidIBAN(iban), 'not an IBAN: its check digits do not fit'),
  bic: z
    .string()
    .max(20)
    .transform(electronic)
    .refine((bic) => bic === '' || isValidBIC(bic), 'not a BIC such as DEUTDEFF')
    .default(''),
  address: z.object({
    streetName: z.literal('').or(cleanLine(70)),
    buildingNumber: z.literal('').or(cleanLine(16)),
    postCode: z.literal('').or(cleanLine(16)),
    townName: written(35),
    country: countryCode,
  }),
});

const KEY = 'bank.account';

/** The bank account of the instance: where money comes in and goes out; undefined until the operator named it. */
export async function bankAccount(k: Kernel): Promise<AccountHolder | undefined> {
  const row = await readSetting(k, KEY);
  if (!row) return undefined;
  const { bic, ...rest } = accountSchema.parse(row.value);
  return { ...rest, ...(bic === '' ? {} : { bic }) };
}

/** Names the bank account of the instance. `actor` is the operator's user id. */
export async function saveBankAccount(
  k: Kernel,
  input: { account: z.output<typeof accountSchema>; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    await writeSetting(t, KEY, input.account);
    await recordActivity(t, { actor: input.actor, action: 'bank.account-changed', subject: 'instance' });
  });
}
