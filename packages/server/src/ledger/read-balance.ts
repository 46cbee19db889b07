import type { Kernel } from '../kernel/index.ts';
import type { Account, AccountKind, Balance, Entry } from './model.ts';
import { selectAccount, selectAccounts, selectEntries, sumBefore } from './store.ts';

/** Where the prepaid balance of a party stands; all zero where nothing was paid yet. */
export async function balanceOf(k: Kernel, key: { partyId: string; currency: string }): Promise<Balance> {
  const { partyId, currency } = key;
  const found = await selectAccount(k.db, { kind: 'prepaid', owner: partyId, currency });
  const postedMicro = found?.posted_micro ?? 0n;
  const heldMicro = found?.held_micro ?? 0n;
  return { currency, postedMicro, heldMicro, availableMicro: postedMicro - heldMicro };
}

/** What stands on the accounts that fit, in micro-units, by kind, owner and currency. */
export function balances(
  k: Kernel,
  where: { kind?: AccountKind; owner?: string; currency?: string } = {},
): Promise<readonly (Account & { readonly balanceMicro: bigint })[]> {
  return selectAccounts(k.db, where);
}

/** What stood on an account at a moment, in micro-units: the sum of all that took effect before it. */
export function balanceAt(k: Kernel, account: Account, at: Date): Promise<bigint> {
  return sumBefore(k.db, account, at);
}

/**
 * The postings of an account in the order of booking, with the balance each left: those that took effect from `after` and
 * before `before`, and of those the first `limit` past `afterVersion`.
 */
export function entriesOf(
  k: Kernel,
  account: Account,
  page: { after?: Date; before?: Date; afterVersion?: bigint; limit: number },
): Promise<readonly Entry[]> {
  return selectEntries(k.db, account, page);
}
