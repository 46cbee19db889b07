import type { AccountExporter } from '../identity/index.ts';
import { partyOfUser } from '../parties/index.ts';
import { payoutsOf } from './read-batches.ts';

/** What was ordered for a person, for the export of the account; amounts as decimal digits. */
export const payoutsExporter: AccountExporter = {
  name: 'payouts',
  async export(k, userId) {
    const party = await partyOfUser(k, userId);
    if (!party) return [];
    const items = await payoutsOf(k, party.id);
    return items.map((item) => ({ ...item, amountMicro: item.amountMicro.toString() }));
  },
};
