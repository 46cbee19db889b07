import type { Kernel } from '../kernel/index.ts';
import type { PayoutProfile } from './payout-profile.ts';
import { type PayoutProfileRow, selectNewestProfiles, selectProfilesOf } from './store-payout-profiles.ts';

export const SEAL_PURPOSE = 'payout-profile';

/** What the sealed account number belongs to: in another row it does not open. */
export function sealedAbout(partyId: string, version: number): string {
  return `${partyId}|${version}`;
}

/** Where a party is paid: the newest version, usable from `usableFrom` on; undefined where none was given. */
export async function payoutProfile(k: Kernel, partyId: string): Promise<PayoutProfile | undefined> {
  return (await payoutProfiles(k, [partyId])).get(partyId);
}

/** As `payoutProfile`, for many parties at once. */
export async function payoutProfiles(
  k: Kernel,
  partyIds: readonly string[],
): Promise<Map<string, PayoutProfile>> {
  const rows = await selectNewestProfiles(k.db, partyIds);
  const found = await Promise.all(rows.map(async (row) => [row.party_id, await toProfile(k, row)] as const));
  return new Map(found);
}

/** All versions of a party, oldest first. */
export async function payoutProfileHistory(k: Kernel, partyId: string): Promise<PayoutProfile[]> {
  return Promise.all((await selectProfilesOf(k.db, partyId)).map((row) => toProfile(k, row)));
}

async function toProfile(k: Kernel, row: PayoutProfileRow): Promise<PayoutProfile> {
  return {
    version: row.version,
    name: row.name,
    iban: await k.keys.open(SEAL_PURPOSE, row.iban_sealed, sealedAbout(row.party_id, row.version)),
    bic: row.bic,
    address: {
      streetName: row.street_name,
      buildingNumber: row.building_number,
      postCode: row.post_code,
      townName: row.town_name,
      country: row.country,
    },
    taxResidence: row.tax_residence,
    changedAt: row.changed_at,
    usableFrom: row.usable_from,
  };
}
