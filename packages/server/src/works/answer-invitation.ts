import { ensureUser, recordActivity, type User } from '../identity/index.ts';
import { emit, inTx, type Kernel, type Locale, queueMail } from '../kernel/index.ts';
import { contactOfParty, eraseParty, findParties, joinParty, type Party } from '../parties/index.ts';
import { authorityFor } from './answer-authority.ts';
import type { AuthorityInput } from './input.ts';
import { logAcceptance } from './log-claims.ts';
import { mailText } from './mail-messages.ts';
import type { Claim, Work } from './model.ts';
import { fail } from './problems.ts';
import { requireWork } from './read-work.ts';
import { tokenHash } from './send-invitation.ts';
import { checkShares, formatShare, WHOLE_PPM } from './shares.ts';
import { lockWork, selectClaim, selectClaims, updateClaim } from './store.ts';
import { closeInvitations, selectInvitation } from './store-invitations.ts';

/** What the link shows before anything is decided. */
export type OpenInvitation = {
  readonly work: Work;
  readonly claim: Claim;
  readonly inviter: string;
  readonly expiresAt: Date;
};

/**
 * The invitation behind a link; opening it decides nothing.
 * Throws `invitation-unknown`, `invitation-used`, `invitation-expired`, `invitation-replaced`, `work-withdrawn`.
 */
export async function openInvitation(k: Kernel, token: string): Promise<OpenInvitation> {
  const row = /^[\w-]{40,60}$/.test(token) ? await selectInvitation(k.db, await tokenHash(token)) : undefined;
  if (!row) throw fail('invitation-unknown');
  const claim = await selectClaim(k.db, row.claim_id);
  if (!claim) throw fail('invitation-unknown');
  if (row.state === 'used') throw fail('invitation-used');
  if (row.state === 'replaced') throw fail('invitation-replaced');
  if (row.expires_at <= k.clock.now()) throw fail('invitation-expired');
  if (claim.state === 'withdrawn') throw fail('invitation-replaced');
  if (claim.state !== 'pending') throw fail('invitation-used');
  const work = await requireWork(k, claim.workId);
  if (work.state === 'withdrawn') throw fail('work-withdrawn');
  const inviter = (await findParties(k, [work.registrantId])).get(work.registrantId)?.name ?? '';
  return { work, claim, inviter, expiresAt: row.expires_at };
}

/** As `openInvitation`, with the work held, so that of two answers at once the second finds the first. */
async function takeInvitation(t: Kernel, token: string): Promise<OpenInvitation> {
  const seen = await openInvitation(t, token);
  await lockWork(t.db, seen.work.id);
  return openInvitation(t, token);
}

/**
 * Accepts the share. The link proves the mailbox, so its owner becomes a user with a party if there is none yet.
 * Throws as `openInvitation`, and `holder-twice` when that person already holds a share of the work.
 * Sends `works.claim-accepted`.
 */
export async function acceptInvitation(
  k: Kernel,
  {
    token,
    name,
    authority,
    locale,
  }: {
    token: string;
    name?: string | null | undefined;
    authority?: AuthorityInput | undefined;
    locale: Locale;
  },
): Promise<{ user: User; party: Party; workId: string; claimId: string }> {
  return inTx(k, async (t) => {
    const { work, claim } = await takeInvitation(t, token);
    const shown = name ?? claim.name;
    const user = await ensureUser(t, { email: claim.email ?? '', name: shown, locale });
    const party = await joinParty(t, { partyId: claim.partyId, userId: user.id });
    if (party.id !== claim.partyId) await moveTo(t, work, claim, party);
    const accepted: Claim = {
      ...claim,
      partyId: party.id,
      name: shown,
      state: 'accepted',
      ...(await authorityFor(t, party.id, authority)),
      wishPpm: null,
      note: null,
      answeredAt: t.clock.now(),
    };
    await updateClaim(t.db, accepted);
    await closeInvitations(t.db, claim.id, 'used', t.clock.now());
    await logAcceptance(t, accepted, work.id);
    await recordActivity(t, { actor: user.id, action: 'works.claim-accepted', subject: `work:${work.id}` });
    await emit(t, 'works.claim-accepted', { workId: work.id, claimId: claim.id, partyId: party.id });
    await tellRegistrant(t, work, accepted, 'accepted');
    return { user, party, workId: work.id, claimId: claim.id };
  });
}

/** The person was here before: the share goes to that party, and the one made for the invitation ends. */
async function moveTo(t: Kernel, work: Work, claim: Claim, party: Party): Promise<void> {
  const others = await selectClaims(t.db, work.id);
  const second = others.some(
    (other) => other.id !== claim.id && other.partyId === party.id && other.state !== 'withdrawn',
  );
  if (second) throw fail('holder-twice', { detail: party.name });
  await updateClaim(t.db, { ...claim, partyId: party.id });
  await eraseParty(t, claim.partyId);
}

/** Declines the share, with a reason if the person gives one. Throws as `openInvitation`. Sends `works.claim-declined`. */
export async function declineInvitation(
  k: Kernel,
  { token, reason }: { token: string; reason: string },
): Promise<{ workId: string; claimId: string }> {
  return inTx(k, async (t) => {
    const { work, claim } = await takeInvitation(t, token);
    const note = reason === '' ? null : reason;
    const declined: Claim = { ...claim, state: 'declined', note, wishPpm: null, answeredAt: t.clock.now() };
    await updateClaim(t.db, declined);
    await closeInvitations(t.db, claim.id, 'used', t.clock.now());
    await recordActivity(t, {
      actor: 'system',
      action: 'works.claim-declined',
      subject: `work:${work.id}`,
    });
    await emit(t, 'works.claim-declined', { workId: work.id, claimId: claim.id });
    await tellRegistrant(t, work, declined, 'declined');
    return { workId: work.id, claimId: claim.id };
  });
}

/** Asks for another share: the registrant is told, the invitation stays open. Throws as `openInvitation`, `share-invalid`. */
export async function askForShare(
  k: Kernel,
  { token, sharePpm, note }: { token: string; sharePpm: number; note: string },
): Promise<{ workId: string; claimId: string }> {
  // The share asked for obeys the same rule as any; what is left for the others makes the sum whole.
  checkShares(sharePpm === WHOLE_PPM ? [sharePpm] : [sharePpm, WHOLE_PPM - sharePpm]);
  return inTx(k, async (t) => {
    const { work, claim } = await takeInvitation(t, token);
    const asked: Claim = { ...claim, wishPpm: sharePpm, note: note === '' ? null : note };
    await updateClaim(t.db, asked);
    await tellRegistrant(t, work, asked, 'wish');
    return { workId: work.id, claimId: claim.id };
  });
}

async function tellRegistrant(
  t: Kernel,
  work: Work,
  claim: Claim,
  what: 'accepted' | 'declined' | 'wish',
): Promise<void> {
  const registrant = await contactOfParty(t, work.registrantId);
  if (!registrant) return;
  const { email, locale } = registrant;
  const text = mailText(locale).answer;
  const subject = text[what](claim.name, work.title);
  await queueMail(t, {
    to: email,
    category: 'notice',
    locale,
    subject,
    paragraphs: [
      `${subject}.`,
      ...(claim.wishPpm === null ? [] : [text.wishes(`${formatShare(claim.wishPpm)} %`)]),
      ...(claim.note === null ? [] : [text.note(claim.note)]),
    ],
    action: { label: text.action, url: `${t.site.baseUrl}/works/${work.id}` },
    footer: [text.why],
  });
}
