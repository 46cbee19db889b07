import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import type { LicensedUse } from './model.ts';
import { failLicensing } from './problems.ts';
import { requireSigner } from './require-signer.ts';
import {
  endNaming,
  insertNaming,
  type Naming,
  selectLicensePages,
  selectLicensors,
  selectNamings,
  sumAgreements,
  sumAll,
} from './store-namings.ts';

type Who = { readonly licenseeId: string; readonly userId: string };

export const namingSchema = z.strictObject({
  linkLicenses: z.boolean().default(false),
  stayEarlier: z.boolean().default(false),
});

/**
 * A company with a licence in force agrees to be named in public, or says anew what is shown with it.
 * Throws `licensee-needed`, `not-a-signer`, `naming-needs-agreement`.
 */
export async function nameInPublic(k: Kernel, input: Who & z.output<typeof namingSchema>): Promise<void> {
  const { licenseeId, userId, linkLicenses, stayEarlier } = input;
  await inTx(k, async (t) => {
    await requireSigner(t, input);
    const since = t.clock.now();
    const sums = await sumAgreements(t.db, [licenseeId], since);
    const changed = await endNaming(t.db, licenseeId, userId, since);
    // What was agreed to before can be narrowed at any time, also when nothing is in force any more.
    if (!changed && !sums.some(({ inForce }) => inForce)) throw failLicensing('naming-needs-agreement');
    await insertNaming(t.db, { id: t.ids.id(), licenseeId, linkLicenses, stayEarlier, since, by: userId });
    await recordActivity(t, {
      actor: userId,
      action: 'licensing.naming-switched-on',
      subject: `party:${licenseeId}`,
      detail: { linkLicenses, stayEarlier },
    });
  });
}

/** Takes the agreement to be named back: the company is shown nowhere at once. Throws `licensee-needed`, `not-a-signer`. */
export async function stopNaming(k: Kernel, input: Who): Promise<void> {
  await inTx(k, async (t) => {
    await requireSigner(t, input);
    if (!(await endNaming(t.db, input.licenseeId, input.userId, t.clock.now()))) return;
    await recordActivity(t, {
      actor: input.userId,
      action: 'licensing.naming-switched-off',
      subject: `party:${input.licenseeId}`,
    });
  });
}

/** Whether a company agreed to be named, and whether it has a licence in force. */
export async function readNaming(
  k: Kernel,
  licenseeId: string,
): Promise<{ naming: Naming | undefined; inForce: boolean }> {
  const [naming] = await selectNamings(k.db, licenseeId);
  const sums = await sumAgreements(k.db, [licenseeId], k.clock.now());
  return { naming, inForce: sums.some(({ inForce }) => inForce) };
}

/** A company that agreed to be named, with what its agreements say: kinds of use and counts, never a price. */
export type NamedLicensee = {
  readonly licenseeId: string;
  /** False for one whose agreements are over and who wants to stay under "earlier". */
  readonly live: boolean;
  /** When the oldest of the agreements counted here was made. */
  readonly since: Date;
  /** When the last of them ended; undefined while one is in force. */
  readonly until: Date | undefined;
  readonly uses: readonly LicensedUse[];
  readonly works: number;
  readonly holders: number;
  /** Secrets of the pages `/licenses/{secret}` where the company wants them linked. */
  readonly licenses: readonly { readonly secret: string; readonly use: LicensedUse; readonly madeAt: Date }[];
};

/** Who is named in public now, from agreements alone; those with a licence in force first, the newest last. */
export async function namedLicensees(k: Kernel): Promise<NamedLicensee[]> {
  const now = k.clock.now();
  const namings = await selectNamings(k.db);
  const sums = await sumAgreements(
    k.db,
    namings.map(({ licenseeId }) => licenseeId),
    now,
  );
  const named: NamedLicensee[] = [];
  for (const { licenseeId, linkLicenses, stayEarlier } of namings) {
    const mine = sums.filter((sum) => sum.licenseeId === licenseeId);
    const live = mine.find(({ inForce }) => inForce);
    const sum = live ?? (stayEarlier ? mine[0] : undefined);
    if (!sum) continue;
    const { first: since, last, uses, works, holders } = sum;
    named.push({
      ...{ licenseeId, live: live !== undefined, since, uses, works, holders },
      until: live ? undefined : last,
      licenses: live && linkLicenses ? await selectLicensePages(k.db, licenseeId, now) : [],
    });
  }
  return named.sort((a, b) => Number(b.live) - Number(a.live) || a.since.getTime() - b.since.getTime());
}

/** The first agreement that was ever made here, and how many there have been. */
export function firstAgreement(k: Kernel): ReturnType<typeof sumAll> {
  return sumAll(k.db);
}

/** Ids of the parties whose share was licensed in any agreement, ever. */
export function licensors(k: Kernel): Promise<string[]> {
  return selectLicensors(k.db);
}
