import type { Kernel } from '../kernel/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import type { Claim, Manifestation, Work } from './model.ts';

/** Subject of the records about a work itself. */
export const workSubject = (workId: string) => `work:${workId}`;
/** Subject of the records about one person's share, so that they can be erased alone. */
export const claimSubject = (claimId: string) => `claim:${claimId}`;

type Shares = readonly Pick<Claim, 'id' | 'partyId' | 'role' | 'sharePpm' | 'state'>[];

const shareRecords = (claims: Shares) =>
  claims
    .filter((claim) => claim.state !== 'withdrawn')
    .map(({ id, partyId, role, sharePpm }) => ({ claim: id, party: partyId, role, sharePpm }));

/** Puts on record that the work was registered, with its bytes and shares. */
export async function logRegistration(
  t: Kernel,
  work: Work,
  manifestations: readonly Manifestation[],
  claims: Shares,
): Promise<void> {
  await appendLeaf(t, {
    type: 'work-registered',
    subject: workSubject(work.id),
    record: {
      work: work.id,
      title: work.title,
      workType: work.type,
      registrant: work.registrantId,
      manifestations: manifestations.map(({ kind, sha256, url }) => ({ kind, sha256, url })),
      shares: shareRecords(claims),
      at: t.clock.now().toISOString(),
    },
  });
}

/** Puts on record that the shares were drawn up anew. */
export async function logShares(t: Kernel, workId: string, claims: Shares): Promise<void> {
  await appendLeaf(t, {
    type: 'work-shares-changed',
    subject: workSubject(workId),
    record: { work: workId, shares: shareRecords(claims), at: t.clock.now().toISOString() },
  });
}

/** Puts on record that a holder accepted a share. */
export async function logAcceptance(t: Kernel, claim: Shares[number], workId: string): Promise<void> {
  await appendLeaf(t, {
    type: 'claim-accepted',
    subject: claimSubject(claim.id),
    record: {
      claim: claim.id,
      work: workId,
      party: claim.partyId,
      role: claim.role,
      sharePpm: claim.sharePpm,
      at: t.clock.now().toISOString(),
    },
  });
}
