import { failCommon, type Kernel, Problem, requireInstance } from '../kernel/index.ts';
import { controlOf } from '../sites/index.ts';
import { publicWork } from '../works/index.ts';
import { type Look, lookAt, OWN_CARRIERS } from './look.ts';
import { readStanding, type Standing } from './read-standing.ts';
import { requireHolder } from './require-holder.ts';
import { workAddresses, workChannels } from './work-channels.ts';

/** What bots see of a work: on its page here, and at the addresses it was registered by. */
export type WorkLook = {
  readonly standing: Standing;
  readonly own: Look;
  /** The hash the page here should name; undefined while it must name none. */
  readonly expectedSha256: string | undefined;
  readonly elsewhere: readonly {
    readonly look: Look;
    /** True where a holder has proved control of the place and can change what it says. */
    readonly controlled: boolean;
  }[];
};

const MAX_ELSEWHERE = 3;
const LIMIT = { name: 'offers.look', per: 30, windowMs: 3_600_000, burst: 6 };

/**
 * "What does a bot see?": fetches back what machines are told about a work, here and elsewhere. Throws `work-unknown`,
 * `not-a-holder`, `too-many-requests`.
 */
export async function lookAtWork(
  k: Kernel,
  { workId, partyId }: { workId: string; partyId: string },
): Promise<WorkLook> {
  await requireHolder(k, { workId, partyId });
  const wait = k.limits.take(LIMIT, partyId);
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': Math.ceil(wait / 1_000).toString() } });
  const standing = await readStanding(k, workId);
  const { currency } = await requireInstance(k);
  const { permissions } = workChannels(standing, k.site.baseUrl, currency);
  const { inForce, reduced } = standing;
  const pinned = inForce && !reduced ? { sha256: inForce.sha256, version: inForce.version } : undefined;
  const own = await lookAt(k, {
    url: workAddresses(k.site.baseUrl, workId).page,
    expected: permissions,
    carriers: OWN_CARRIERS,
    pinned,
  });
  const { manifestations } = await publicWork(k, workId);
  const addresses = [...new Set(manifestations.flatMap(({ url }) => url ?? []))].slice(0, MAX_ELSEWHERE);
  const elsewhere = await Promise.all(
    addresses.map(async (url) => {
      const controlled = await isControlled(k, { partyId, url });
      const carriers = controlled ? (['rsl'] as const) : [];
      return { look: await lookAt(k, { url, expected: permissions, carriers, pinned }), controlled };
    }),
  );
  return { standing, own, expectedSha256: pinned?.sha256, elsewhere };
}

async function isControlled(k: Kernel, about: { partyId: string; url: string }): Promise<boolean> {
  try {
    const control = await controlOf(k, about);
    return control !== undefined && !control.excluded && !control.contested;
  } catch (error) {
    // An address of which nobody can prove control, such as a number instead of a name.
    if (error instanceof Problem) return false;
    throw error;
  }
}
