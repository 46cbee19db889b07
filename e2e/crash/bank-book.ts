import { bank } from '@clearway/server';

/** An entry that is about to be in the bank's next file, and what is done when it was imported. */
export type Coming = {
  readonly entry: Omit<bank.WrittenEntry, 'reference'>;
  imported?(entryId: string): Promise<void> | void;
};

/** The other side: a bank that writes one file after another about what happened on the account. */
export type BankBook = {
  add(coming: Coming): void;
  readonly waiting: number;
  /** The next file, with up to `most` of what waits. */
  next(most: number): { xml: string; entries: readonly Coming[] } | undefined;
};

export function createBankBook(iban: string): BankBook {
  const coming: Coming[] = [];
  let [sequence, openingMicro] = [0, 0n];
  return {
    add: (one) => void coming.push(one),
    get waiting() {
      return coming.length;
    },
    next(most) {
      const entries = coming.splice(0, most);
      if (entries.length === 0) return undefined;
      sequence += 1;
      const written = entries.map(({ entry }, at) => ({ ...entry, reference: `S${sequence}-${at}` }));
      const now = new Date();
      const date = now.toISOString().slice(0, 10);
      const statement = { id: `ST-${sequence}`, sequence, iban, currency: 'EUR', date, openingMicro };
      const xml = bank.renderCamt053({
        messageId: `M-${sequence}`,
        createdAt: now,
        statements: [{ ...statement, entries: written }],
      });
      openingMicro = written.reduce((sum, { amountMicro }) => sum + amountMicro, openingMicro);
      return { xml, entries };
    },
  };
}
