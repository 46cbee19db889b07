import { recordActivity } from '../identity/index.ts';
import { emit, failCommon, inTx, type Kernel, type Locale } from '../kernel/index.ts';
import { checkDistinct, enterClaim } from './enter-claims.ts';
import { forgetInvitee } from './forget-invitee.ts';
import type { HolderInput } from './input.ts';
import { logAcceptance, logShares } from './log-claims.ts';
import type { Claim, Work } from './model.ts';
import { fail } from './problems.ts';
import { requireWork } from './read-work.ts';
import { countInvitation, sendInvitation } from './send-invitation.ts';
import { checkShares, WHOLE_PPM } from './shares.ts';
import { lockWork, raiseVersion, selectClaims, updateClaim } from './store.ts';
import { closeInvitations } from './store-invitations.ts';

/** A share in the new plan: an existing claim with what changes, or a new holder. */
export type PlannedShare =
  | { readonly claimId: string; readonly sharePpm: number; readonly role: Claim['role'] }
  | (HolderInput & { readonly claimId?: undefined });

type ChangeShares = {
  readonly workId: string;
  readonly party: { readonly id: string; readonly name: string };
  readonly actor: string;
  readonly locale: Locale;
  /** The version of the work the person looked at. */
  readonly version: number;
  /** All shares of the work; claims that are left out are taken back. */
  readonly shares: readonly PlannedShare[];
};

/**
 * Draws up the shares anew while they are not settled. Whoever's share or role changes is asked again; others keep
 * their acceptance.
 * Throws `not-the-registrant`, `work-withdrawn`, `changed-meanwhile`, `shares-settled`, `claim-unknown`,
 * `claim-on-hold`, and as
 * `registerWork` about shares and holders.
 */
export async function changeShares(k: Kernel, input: ChangeShares): Promise<Claim[]> {
  checkShares(input.shares.map(({ sharePpm }) => sharePpm));
  checkDistinct(input.shares.filter((share) => share.claimId === undefined));
  return inTx(k, async (t) => {
    const work = await editableWork(t, input);
    const before = (await selectClaims(t.db, work.id)).filter(({ state }) => state !== 'withdrawn');
    if (isSettled(before)) throw fail('shares-settled');

    const keptIds = new Set(input.shares.map((share) => share.claimId));
    for (const claim of before.filter(({ id }) => !keptIds.has(id))) await takeBack(t, claim);
    for (const [position, share] of input.shares.entries()) {
      if (share.claimId === undefined) await addShare(t, work, share, position, input);
      else {
        const claim = before.find(({ id }) => id === share.claimId);
        if (!claim) throw fail('claim-unknown');
        await changeShare(t, work, claim, share, input);
      }
    }
    await raiseVersion(t.db, work.id);
    const after = await selectClaims(t.db, work.id);
    await logShares(t, work.id, after);
    const { actor } = input;
    await recordActivity(t, { actor, action: 'works.shares-changed', subject: `work:${work.id}` });
    await emit(t, 'works.shares-changed', { workId: work.id });
    return after;
  });
}

/** More than one holder, all have accepted, and nothing is missing since an objection or an erasure. */
export function isSettled(all: readonly Claim[]): boolean {
  const claims = all.filter(({ state }) => state !== 'withdrawn');
  const total = claims.reduce((sum, { sharePpm }) => sum + sharePpm, 0);
  return claims.length > 1 && total === WHOLE_PPM && claims.every(({ state }) => state === 'accepted');
}

/** The work, held for a change by its registrant, if it is still what the person looked at. */
export async function editableWork(
  t: Kernel,
  { workId, party, version }: { workId: string; party: { id: string }; version: number | undefined },
): Promise<Work> {
  await requireWork(t, workId);
  const work = await lockWork(t.db, workId);
  if (work?.registrantId !== party.id) throw fail('not-the-registrant');
  if (work.state === 'withdrawn') throw fail('work-withdrawn');
  if (version !== undefined && version !== work.version) {
    throw failCommon('changed-meanwhile', { fields: { version: work.version } });
  }
  return work;
}

async function takeBack(t: Kernel, claim: Claim): Promise<void> {
  if (claim.onHold) throw fail('claim-on-hold', { detail: claim.name });
  await updateClaim(t.db, { ...claim, state: 'withdrawn', answeredAt: t.clock.now() });
  await closeInvitations(t.db, claim.id, 'replaced', t.clock.now());
  await forgetInvitee(t, claim);
}

async function addShare(
  t: Kernel,
  work: Work,
  holder: HolderInput,
  position: number,
  { party, locale }: ChangeShares,
): Promise<void> {
  const claims = await selectClaims(t.db, work.id);
  const present = claims.filter(({ state }) => state !== 'withdrawn');
  const again = holder.me
    ? present.some(({ partyId }) => partyId === party.id)
    : present.some(({ email }) => email?.toLowerCase() === holder.email.toLowerCase());
  if (again) throw fail('holder-twice');
  const me = { partyId: party.id, name: party.name };
  const claim = await enterClaim(t, { workId: work.id, holder, me, position, authority: undefined });
  await ask(t, work, claim, locale);
}

async function changeShare(
  t: Kernel,
  work: Work,
  claim: Claim,
  { sharePpm, role }: { sharePpm: number; role: Claim['role'] },
  { party, locale }: ChangeShares,
): Promise<void> {
  if (claim.sharePpm === sharePpm && claim.role === role) return;
  if (claim.onHold) throw fail('claim-on-hold', { detail: claim.name });
  const own = claim.partyId === party.id;
  const changed: Claim = {
    ...claim,
    sharePpm,
    role,
    state: own ? 'accepted' : 'pending',
    note: null,
    wishPpm: null,
    answeredAt: own ? t.clock.now() : null,
  };
  await updateClaim(t.db, changed);
  await closeInvitations(t.db, claim.id, 'replaced', t.clock.now());
  await ask(t, work, changed, locale);
}

async function ask(t: Kernel, work: Work, claim: Claim, locale: Locale): Promise<void> {
  if (claim.state === 'accepted') {
    await logAcceptance(t, claim, work.id);
    return;
  }
  countInvitation(t, work.registrantId);
  await sendInvitation(t, { work, claim, locale, reminder: false });
}
