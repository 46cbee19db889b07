import { toSepaText } from '../bank/index.ts';
import type { Kernel } from '../kernel/index.ts';
import { balances } from '../ledger/index.ts';
import { type PayoutProfile, payoutProfiles } from '../parties/index.ts';
import { disputedOf } from '../statements/index.ts';
import { type LeftOut, type LeftOutReason, payableCents } from './model.ts';

/** A payee with what is to be paid and where to. */
export type Chosen = {
  readonly partyId: string;
  readonly amountMicro: bigint;
  readonly profile: PayoutProfile;
};

/**
 * Who would be paid now, and who would not and why. What is paid is the payable balance, without what an objection
 * holds back, in whole cents; the rest stays payable. Amounts and minimum in micro-units.
 */
export async function choosePayees(
  k: Kernel,
  { currency, minimumMicro }: { currency: string; minimumMicro: bigint },
): Promise<{ chosen: Chosen[]; leftOut: LeftOut[] }> {
  const owed = (await balances(k, { kind: 'payable', currency })).filter((one) => one.balanceMicro !== 0n);
  const ids = owed.map(({ owner }) => owner);
  const profiles = await payoutProfiles(k, ids);
  const disputed = await disputedOf(k, ids, currency);
  const now = k.clock.now();
  const chosen: Chosen[] = [];
  const leftOut: LeftOut[] = [];
  for (const { owner: partyId, balanceMicro } of owed) {
    const profile = profiles.get(partyId);
    const held = disputed.get(partyId) ?? 0n;
    const amountMicro = payableCents(balanceMicro - held);
    const reason = reasonAgainst({ balanceMicro, held, amountMicro, minimumMicro, profile, now });
    if (reason === undefined) chosen.push({ partyId, amountMicro, profile: profile! });
    else leftOut.push({ partyId, reason, balanceMicro });
  }
  return { chosen, leftOut };
}

function reasonAgainst(about: {
  balanceMicro: bigint;
  held: bigint;
  amountMicro: bigint;
  minimumMicro: bigint;
  profile: PayoutProfile | undefined;
  now: Date;
}): LeftOutReason | undefined {
  const { balanceMicro, held, amountMicro, minimumMicro, profile, now } = about;
  if (balanceMicro < 0n) return 'overpaid';
  if (amountMicro <= 0n || amountMicro < minimumMicro)
    return held > 0n && balanceMicro >= minimumMicro ? 'objection' : 'below-minimum';
  if (!profile) return 'no-profile';
  if (profile.usableFrom > now) return 'cooling-off';
  return isWritable(profile.name) && isWritable(profile.address.townName) ? undefined : 'profile-unusable';
}

/** Whether anything is left of a text in the letters of the banks. */
function isWritable(text: string): boolean {
  return /[A-Za-z0-9]/.test(toSepaText(text));
}
