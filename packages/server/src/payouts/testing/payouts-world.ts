import { importBankStatement, renderCamt053, saveBankAccount, type WrittenEntry } from '../../bank/index.ts';
import { operator } from '../../bank/testing/operators.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { postJournal } from '../../ledger/index.ts';
import { payoutProfileSchema, savePayoutProfile } from '../../parties/index.ts';
import { drain } from '../../testing/drain.ts';
import { setUp } from '../../testing/offer-terms.ts';
import { type Person, person } from '../../testing/register-works.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';

export const IBANS = ['DE89370400440532013000', 'FR1420041010050500013M02606', 'NL91ABNA0417164300'] as const;
const OURS = 'DE02120300000000202051';
const address = {
  streetName: 'Gänsemarkt',
  buildingNumber: '12',
  postCode: '20354',
  townName: 'Hamburg',
  country: 'DE',
};

/** A set-up instance with a bank account and two people who run it. */
export async function openPayoutsWorld(k: TestKernel): Promise<{ first: Person; second: Person }> {
  await setUp(k);
  return openAccount(k);
}

/** A bank account for an instance that is set up, and two people who run it. */
export async function openAccount(k: TestKernel): Promise<{ first: Person; second: Person }> {
  const [first, second] = [await operator(k, 'Olga'), await operator(k, 'Paul')];
  const account = { name: 'Guild e. V.', iban: OURS, bic: '', address };
  await saveBankAccount(k, { account, actor: first.user.id });
  return { first, second };
}

let payees = 0;
/** Somebody with money coming, in micro-units, who said where to unless `profile` is false. */
export async function payee(
  k: Kernel,
  micro: bigint,
  { profile = true, name = `Payee${payees++}` }: { profile?: boolean; name?: string } = {},
): Promise<Person> {
  const who = await person(k, name);
  if (micro !== 0n) await earn(k, who, micro);
  if (profile) await sayWhere(k, who);
  return who;
}

let earnings = 0;
/** Books money for a payee, as a distribution would. */
export async function earn(k: Kernel, who: Person, micro: bigint): Promise<void> {
  await inTx(k, (t) =>
    postJournal(t, {
      kind: 'test-earning',
      reference: String(earnings++),
      lines: [
        { kind: 'fee', owner: '', currency: 'EUR', amountMicro: -micro },
        { kind: 'payable', owner: who.party.id, currency: 'EUR', amountMicro: micro },
      ],
    }),
  );
}

export async function sayWhere(k: Kernel, who: Person, iban: string = IBANS[0]): Promise<void> {
  const fields = payoutProfileSchema.parse({ name: who.party.name, iban, ...address, taxResidence: 'DE' });
  await savePayoutProfile(k, { ...fields, partyId: who.party.id, actor: who.user.id });
}

/** The bank of the instance: writes statements one after another and has them imported. */
export function openBank(k: TestKernel, actor: string) {
  let openingMicro = 10_000_000_000n;
  let sequence = 0;
  /** Writes the next statement and has it imported; answers the ids of its entries. */
  async function record(entries: readonly Omit<WrittenEntry, 'reference'>[]): Promise<readonly string[]> {
    sequence += 1;
    const written = entries.map((entry, at) => ({ reference: `S${sequence}-${at}`, ...entry }));
    const statement = {
      id: `ST-${sequence}`,
      sequence,
      iban: OURS,
      currency: 'EUR',
      date: new Date(Date.UTC(2026, 10, 22 + sequence)).toISOString().slice(0, 10),
      openingMicro,
      entries: written,
    };
    const about = { messageId: `M-${sequence}`, createdAt: k.clock.now(), statements: [statement] };
    const bytes = new TextEncoder().encode(renderCamt053(about));
    const { newEntries } = await importBankStatement(k, { bytes, actor });
    openingMicro = written.reduce((sum, { amountMicro }) => sum + amountMicro, openingMicro);
    return newEntries;
  }
  return {
    record,
    /** As `record`; what follows from it has happened when it answers. */
    async state(entries: readonly Omit<WrittenEntry, 'reference'>[]): Promise<readonly string[]> {
      const ids = await record(entries);
      await drain(k);
      return ids;
    },
  };
}
