import type { Kernel } from '../kernel/index.ts';
import type { Identifier } from './identifiers.ts';
import { judgeLicensability } from './judge-licensability.ts';
import type { Claim, Holder, Licensability, Manifestation, Work, WorkDetail } from './model.ts';
import { fail } from './problems.ts';
import {
  selectClaims,
  selectClaimsOfParty,
  selectClaimsOfWorks,
  selectIdentifiers,
  selectManifestations,
  selectSameBytes,
  selectSharedHashes,
  selectWork,
  selectWorks,
  selectWorksOf,
} from './store.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text from an address can be an id at all. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** The work, withdrawn ones too. Throws `work-unknown`. */
export async function requireWork(k: Kernel, workId: string): Promise<Work> {
  const work = isId(workId) ? await selectWork(k.db, workId) : undefined;
  if (!work) throw fail('work-unknown');
  return work;
}

/** The work with everything about it, for its registrant and its holders; others get `work-unknown`. */
export async function readWork(
  k: Kernel,
  { workId, partyId }: { workId: string; partyId: string },
): Promise<WorkDetail & { possibleDuplicate: boolean }> {
  const work = await requireWork(k, workId);
  const detail = await detailOf(k, work);
  const mine = work.registrantId === partyId || detail.claims.some((claim) => belongs(claim, partyId));
  if (!mine) throw fail('work-unknown');
  return { ...detail, possibleDuplicate: await hasDuplicate(k, work, detail.manifestations) };
}

const belongs = (claim: Claim, partyId: string) => claim.partyId === partyId && claim.state !== 'withdrawn';

/** The work with its identifiers, manifestations and claims, whoever asks. */
export async function detailOf(k: Kernel, work: Work): Promise<WorkDetail> {
  return {
    work,
    identifiers: await selectIdentifiers(k.db, work.id),
    manifestations: await selectManifestations(k.db, work.id),
    claims: await selectClaims(k.db, work.id),
  };
}

/** Whether somebody else registered the same bytes. Who it is stays with the operator. */
async function hasDuplicate(
  k: Kernel,
  work: Work,
  manifestations: readonly Manifestation[],
): Promise<boolean> {
  const same = await selectSameBytes(
    k.db,
    manifestations.flatMap((m) => m.sha256 ?? []),
  );
  return same.some(({ registrantId }) => registrantId !== work.registrantId);
}

/** Works that a party registered or holds a share in, newest first; `before` is the last id of the page before. */
export async function listWorks(
  k: Kernel,
  { partyId, limit = 50, before }: { partyId: string; limit?: number; before?: string | undefined },
): Promise<{ work: Work; licensability: Licensability }[]> {
  const works = await selectWorksOf(
    k.db,
    partyId,
    limit,
    before !== undefined && isId(before) ? before : undefined,
  );
  const claims = await selectClaimsOfWorks(
    k.db,
    works.map(({ id }) => id),
  );
  return works.map((work) => ({ work, licensability: judgeLicensability(work, claims.get(work.id) ?? []) }));
}

/** The holders of a work; withdrawn claims are left out. Throws `work-unknown`. */
export async function holdersOf(k: Kernel, workId: string): Promise<Holder[]> {
  const work = await requireWork(k, workId);
  return toHolders(await selectClaims(k.db, work.id));
}

function toHolders(claims: readonly Claim[]): Holder[] {
  return claims.flatMap(({ id, partyId, name, role, sharePpm, state, authority, onHold }) =>
    state === 'withdrawn' ? [] : [{ claimId: id, partyId, name, role, sharePpm, state, authority, onHold }],
  );
}

/**
 * What, on the side of work and claims, keeps the work from being licensed. Offers and consents come on top.
 * Throws `work-unknown`.
 */
export async function licensability(k: Kernel, workId: string): Promise<Licensability> {
  const work = await requireWork(k, workId);
  return judgeLicensability(work, await selectClaims(k.db, work.id));
}

/** As `holdersOf` and `licensability`, for all works that exist among many ids. */
export async function rightsOf(
  k: Kernel,
  workIds: readonly string[],
): Promise<Map<string, { work: Work; holders: Holder[]; licensability: Licensability }>> {
  const works = await selectWorks(k.db, workIds.filter(isId));
  const claims = await selectClaimsOfWorks(
    k.db,
    works.map(({ id }) => id),
  );
  return new Map(
    works.map((work) => {
      const mine = claims.get(work.id) ?? [];
      const licensability = judgeLicensability(work, mine);
      return [work.id, { work, holders: toHolders(mine), licensability }];
    }),
  );
}

/** Works in which a party holds a share, with the share's state. */
export function claimsOf(k: Kernel, partyId: string): Promise<Claim[]> {
  return selectClaimsOfParty(k.db, partyId);
}

/** Bytes registered by more than one party; for the operator. */
export function possibleDuplicates(k: Kernel, limit = 100): Promise<{ sha256: string; workIds: string[] }[]> {
  return selectSharedHashes(k.db, limit);
}

/** What anybody may know about a work: no mailbox, no file name, nothing about who else was asked. */
export type PublicWork = {
  readonly work: Omit<Work, 'withdrawnReason' | 'version' | 'registrantId'>;
  readonly identifiers: readonly Identifier[];
  readonly manifestations: readonly Omit<Manifestation, 'filename'>[];
  /** Names as their holders show them. Somebody who has not accepted yet is counted but not named. */
  readonly holders: readonly {
    readonly claimId: string;
    readonly name: string | null;
    readonly role: Claim['role'];
    readonly sharePpm: number;
    readonly state: Holder['state'];
    readonly onHold: boolean;
  }[];
  readonly licensability: Licensability;
};

/** The public side of a work. Throws `work-unknown`. */
export async function publicWork(k: Kernel, workId: string): Promise<PublicWork> {
  const { work, identifiers, manifestations, claims } = await detailOf(k, await requireWork(k, workId));
  const { withdrawnReason: _reason, version: _version, registrantId: _registrant, ...shown } = work;
  const judged = judgeLicensability(work, claims);
  return {
    work: shown,
    identifiers,
    manifestations: manifestations.map(({ filename: _name, ...rest }) => rest),
    holders: claims.flatMap(({ id, name, role, sharePpm, state, onHold }) =>
      state === 'withdrawn'
        ? []
        : [{ claimId: id, name: state === 'accepted' ? name : null, role, sharePpm, state, onHold }],
    ),
    licensability: { ...judged, reasons: judged.reasons.map(withoutStrangers) },
  };
}

function withoutStrangers(reason: Licensability['reasons'][number]) {
  const unnamed = reason.code === 'claim-pending' || reason.code === 'claim-declined';
  return unnamed ? { ...reason, names: [] } : reason;
}
