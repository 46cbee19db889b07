import { recordActivity } from '../identity/index.ts';
import { emit, formatDate, inTx, type Kernel, queueMail } from '../kernel/index.ts';
import { contactOfParty, findParties } from '../parties/index.ts';
import { mailText } from './mail-messages.ts';
import type { Claim, Work } from './model.ts';
import { fail } from './problems.ts';
import { isId, requireWork } from './read-work.ts';
import { claimOf } from './send-invitation.ts';
import { lockWork, raiseVersion, selectClaim, updateClaim } from './store.ts';
import { closeHold, type Hold, insertHold, selectOpenHold, selectOpenHolds } from './store-invitations.ts';

const ANSWER_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Contests somebody else's share: it is on hold, visibly, until the objection is taken back or decided.
 * Throws `claim-unknown`, `claim-already-contested`, `work-withdrawn`. Sends `works.on-hold`.
 */
export async function contestClaim(
  k: Kernel,
  {
    workId,
    claimId,
    partyId,
    actor,
    reason,
  }: { workId: string; claimId: string; partyId: string; actor: string; reason: string },
): Promise<Hold> {
  return inTx(k, async (t) => {
    const work = await requireWork(t, workId);
    if (work.state === 'withdrawn') throw fail('work-withdrawn');
    if (!isId(claimId)) throw fail('claim-unknown');
    const claim = await claimOf(t, workId, claimId);
    if (claim.partyId === partyId) throw fail('claim-already-contested');
    const now = t.clock.now();
    const hold: Hold = {
      id: t.ids.id(),
      claimId,
      raisedBy: partyId,
      reason,
      state: 'open',
      openedAt: now,
      answerDueAt: new Date(now.getTime() + ANSWER_DAYS * DAY_MS),
    };
    if (!(await insertHold(t.db, hold))) throw fail('claim-already-contested');
    await recordActivity(t, { actor, action: 'works.on-hold', subject: `work:${workId}` });
    await emit(t, 'works.on-hold', { workId, claimId, holdId: hold.id });
    await tellConcerned(t, work, claim, hold);
    return hold;
  });
}

async function tellConcerned(t: Kernel, work: Work, claim: Claim, hold: Hold): Promise<void> {
  const concerned = await findParties(t, [...new Set([claim.partyId, work.registrantId])]);
  for (const party of concerned.values()) {
    // Somebody who has not accepted yet has not agreed to mail about the work either.
    if (party.id === claim.partyId && party.userId === null && claim.state !== 'accepted') continue;
    const contact = await contactOfParty(t, party.id);
    if (!contact) continue;
    const { email, locale } = contact;
    const text = mailText(locale).hold;
    await queueMail(t, {
      to: email,
      category: 'transactional',
      locale,
      subject: text.subject(work.title),
      paragraphs: [text.what, text.reason(hold.reason), text.until(formatDate(locale, hold.answerDueAt))],
      action: { label: text.action, url: `${t.site.baseUrl}/works/${work.id}` },
      footer: [text.why],
    });
  }
}

/** Takes one's own objection back. Throws `hold-unknown`. Sends `works.hold-ended`. */
export async function takeBackContest(
  k: Kernel,
  { holdId, partyId, actor }: { holdId: string; partyId: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const hold = isId(holdId) ? await selectOpenHold(t.db, holdId) : undefined;
    if (hold?.raisedBy !== partyId) throw fail('hold-unknown');
    await end(t, hold, 'taken-back', '', actor);
  });
}

/**
 * Decides an objection as the operator: *rejected* frees the share, *upheld* takes the share from its holder, so that
 * the work is no longer whole until new shares are agreed. Throws `hold-unknown`. Sends `works.hold-ended`.
 */
export async function resolveContest(
  k: Kernel,
  {
    holdId,
    outcome,
    resolution,
    actor,
  }: { holdId: string; outcome: 'upheld' | 'rejected'; resolution: string; actor: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const hold = isId(holdId) ? await selectOpenHold(t.db, holdId) : undefined;
    if (!hold) throw fail('hold-unknown');
    await end(t, hold, outcome, resolution, actor);
  });
}

async function end(
  t: Kernel,
  hold: Hold,
  state: 'taken-back' | 'upheld' | 'rejected',
  resolution: string,
  actor: string,
): Promise<void> {
  const claim = await selectClaim(t.db, hold.claimId);
  if (!claim) throw fail('claim-unknown');
  await lockWork(t.db, claim.workId);
  const now = t.clock.now();
  await closeHold(t.db, hold.id, state, resolution, now);
  if (state === 'upheld') await updateClaim(t.db, { ...claim, state: 'withdrawn', answeredAt: now });
  await raiseVersion(t.db, claim.workId);
  await recordActivity(t, { actor, action: `works.hold-${state}`, subject: `work:${claim.workId}` });
  await emit(t, 'works.hold-ended', { workId: claim.workId, claimId: claim.id, outcome: state });
}

/** Open objections to one work, or to all for the operator, the most urgent first. */
export function openHolds(k: Kernel, workId?: string): Promise<(Hold & { workId: string })[]> {
  return selectOpenHolds(k.db, workId);
}
