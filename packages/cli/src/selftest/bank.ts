import { bank } from '@clearway/server';
import { OPERATOR } from './people.ts';
import { expectStatus } from './play.ts';
import type { SelftestWorld } from './world.ts';

/** The account of the guild; an example IBAN of the German banks. */
export const GUILD_ACCOUNT = {
  name: 'Selftest Guild',
  iban: 'DE89370400440532013000',
  address: {
    streetName: 'Harbour Street',
    buildingNumber: '1',
    postCode: '24103',
    townName: 'Kiel',
    country: 'DE',
  },
};

export type BankFile = {
  readonly opening: bigint;
  readonly entries: readonly bank.WrittenEntry[];
  readonly currency?: string;
  readonly closing?: bigint;
};

/** A file as the guild's bank sends it; each is the next one of the year. */
export function bankFile(world: SelftestWorld, sequence: number, file: BankFile): string {
  const now = world.instance.k.clock.now();
  return bank.renderCamt053({
    messageId: `BANK-${sequence}`,
    createdAt: now,
    statements: [
      {
        id: `BANK-${sequence}-1`,
        sequence,
        iban: GUILD_ACCOUNT.iban,
        currency: file.currency ?? 'EUR',
        date: now.toISOString().slice(0, 10),
        openingMicro: file.opening,
        entries: file.entries,
        ...(file.closing === undefined ? {} : { closingMicro: file.closing }),
      },
    ],
  });
}

/** Sends a bank file as an operator does. */
export function importFile(world: SelftestWorld, xml: string) {
  return world.person(OPERATOR.key).body('POST', '/api/bank-statements', xml, 'application/xml');
}

/** Imports the next file; what it says is in the books afterwards. */
export async function bankSays(
  world: SelftestWorld,
  entries: readonly bank.WrittenEntry[],
): Promise<{ newEntries: string[] }> {
  const [sequence, opening] = [
    Number(world.notes.get('bankFiles') ?? '0') + 1,
    world.notes.get('bankBalance'),
  ];
  const file = { opening: BigInt(opening ?? '0'), entries };
  const answer = await importFile(world, bankFile(world, sequence, file));
  expectStatus(answer, 200, 'the bank file is imported');
  const sum = entries.reduce((total, { amountMicro }) => total + amountMicro, file.opening);
  world.notes.set('bankFiles', `${sequence}`).set('bankBalance', sum.toString());
  return answer.json<{ newEntries: string[] }>();
}
