import { bank } from '@clearway/server';
import { GUILD_ACCOUNT } from './money-cast.ts';

/** A statement as the bank of the demo world sends it. */
export function bankStatement(
  now: Date,
  { sequence, openingMicro, entries }: Pick<bank.WrittenStatement, 'sequence' | 'openingMicro' | 'entries'>,
): Uint8Array {
  const statement = {
    ...{ id: `HARBOUR-${sequence}`, sequence, openingMicro, entries },
    iban: GUILD_ACCOUNT.iban,
    currency: 'EUR',
    date: now.toISOString().slice(0, 10),
  };
  const file = { messageId: `HARBOUR-${sequence}`, createdAt: now, statements: [statement] };
  return new TextEncoder().encode(bank.renderCamt053(file));
}
