import { z } from '@hono/zod-openapi';
import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { LICENSED_USES, type StandingAcceptance } from './model.ts';
import { failLicensing } from './problems.ts';
import { requireSigner } from './require-signer.ts';
import { insertStanding, markSwitchedOff, selectSpentThisMonth, selectStanding } from './store-tokens.ts';

export const standingSchema = z.strictObject({
  uses: z
    .array(z.enum(LICENSED_USES))
    .min(1)
    .max(LICENSED_USES.length)
    .refine((list) => new Set(list).size === list.length, 'each use once'),
  /** Micro-units of the instance's currency. */
  monthlyCapMicro: z
    .string()
    .regex(/^[1-9][0-9]{0,15}$/, 'an amount above zero in millionths, as digits')
    .openapi({ example: '5000000' })
    .transform(BigInt),
});

type Who = { readonly licenseeId: string; readonly userId: string };

/**
 * Switches on acceptance in advance for a company: its clients get tokens at the published price per fetch without a
 * quote, up to a limit each month. Throws `licensee-needed`, `not-a-signer`, `standing-on-already`.
 */
export async function switchOnStanding(
  k: Kernel,
  input: Who & z.output<typeof standingSchema>,
): Promise<StandingAcceptance> {
  return inTx(k, async (t) => {
    await requireSigner(t, input);
    const { currency } = await requireInstance(t);
    const standing: StandingAcceptance = {
      id: t.ids.id(),
      licenseeId: input.licenseeId,
      uses: input.uses,
      currency,
      monthlyCapMicro: input.monthlyCapMicro,
      switchedOnBy: input.userId,
      switchedOnAt: t.clock.now(),
      switchedOffAt: null,
    };
    if (!(await insertStanding(t.db, standing))) throw failLicensing('standing-on-already');
    await recordActivity(t, {
      actor: input.userId,
      action: 'licensing.standing-switched-on',
      subject: `party:${input.licenseeId}`,
      detail: { standing: standing.id, cap: input.monthlyCapMicro.toString() },
    });
    return standing;
  });
}

/** Switches it off: no further agreement and no further token comes of it. Throws `licensee-needed`, `not-a-signer`. */
export async function switchOffStanding(k: Kernel, input: Who): Promise<void> {
  await inTx(k, async (t) => {
    await requireSigner(t, input);
    if (!(await markSwitchedOff(t.db, input.licenseeId, input.userId, t.clock.now()))) return;
    await recordActivity(t, {
      actor: input.userId,
      action: 'licensing.standing-switched-off',
      subject: `party:${input.licenseeId}`,
    });
  });
}

/** The acceptance in advance that is in force, and what of this month's limit is used or promised. */
export async function readStandingAcceptance(
  k: Kernel,
  licenseeId: string,
): Promise<{ standing: StandingAcceptance; spentMicro: bigint } | undefined> {
  const standing = await selectStanding(k.db, licenseeId);
  return standing && { standing, spentMicro: await spentThisMonth(k, licenseeId) };
}

/** A hold is given back so long after the token ended: what the gate counted last has arrived by then. */
export const SETTLE_MS = 5 * 60_000;

export async function spentThisMonth(k: Kernel, licenseeId: string): Promise<bigint> {
  const { zone } = await requireInstance(k);
  const now = k.clock.now();
  const settledBefore = new Date(now.getTime() - SETTLE_MS);
  return selectSpentThisMonth(k.db, { licenseeId, now, zone, settledBefore });
}
