import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { cleanLine, inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from './problems.ts';
import {
  type CompanyLink,
  endLink,
  insertLink,
  lockReply,
  nextVersion,
  type Reply,
  selectLinks,
  selectReplies,
  updateReply,
} from './store-replies.ts';

export const decisionSchema = z.object({
  id: z.uuid(),
  /** Whether it comes from the company; what it says is not judged. */
  decision: z.enum(['accept', 'refuse']),
  /** How that was seen, or what is missing. Shown with the reply, or to whoever sent it. */
  reason: cleanLine(500),
});

/**
 * An operator says whether a reply comes from the company. With a yes it is public, and the party is known on the page
 * from then on. Throws `reply-unknown`, `reply-decided`, `reply-of-another`.
 */
export async function decideReply(
  k: Kernel,
  { id, decision, reason, by }: z.output<typeof decisionSchema> & { readonly by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const reply = await lockReply(t.db, id);
    if (!reply) throw fail('reply-unknown');
    if (reply.state !== 'waiting') throw fail('reply-decided');
    const now = t.clock.now();
    const accepted = decision === 'accept';
    if (accepted) await link(t, { ...reply, reason, by });
    await updateReply(t.db, id, {
      ...{ decidedBy: by, decidedAt: now, reason, withdrawnAt: null },
      ...{
        state: accepted ? 'public' : 'refused',
        version: accepted ? await nextVersion(t.db, reply.slug) : null,
      },
    });
    await recordActivity(t, {
      actor: by,
      action: accepted ? 'campaign.reply-published' : 'campaign.reply-refused',
      subject: `company:${reply.slug}`,
    });
  });
}

async function link(
  t: Kernel,
  { slug, partyId, method, evidence, reason, by }: Reply & { reason: string; by: string },
): Promise<void> {
  if (partyId === null) return;
  const known = (await selectLinks(t.db)).find((one) => one.partyId === partyId);
  if (known?.slug === slug) return;
  const decidedAt = t.clock.now();
  if (
    known ||
    !(await insertLink(t.db, { id: t.ids.id(), slug, partyId, method, evidence, reason, by, decidedAt }))
  )
    throw fail('reply-of-another');
}

export const linkSchema = z.object({ partyId: z.uuid(), evidence: cleanLine(300), reason: cleanLine(500) });

/** An operator says that a party here is the company of a page, and why. Throws `reply-of-another`. */
export async function linkCompany(
  k: Kernel,
  { slug, partyId, evidence, reason, by }: z.output<typeof linkSchema> & { slug: string; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const decidedAt = t.clock.now();
    const about = {
      id: t.ids.id(),
      slug,
      partyId,
      method: 'domain',
      evidence,
      reason,
      by,
      decidedAt,
    } as const;
    if (!(await insertLink(t.db, about))) throw fail('reply-of-another');
    await recordActivity(t, {
      actor: by,
      action: 'campaign.company-linked',
      subject: `party:${partyId}`,
      detail: { slug },
    });
  });
}

/** Takes that back. */
export async function unlinkCompany(
  k: Kernel,
  { partyId, by }: { partyId: string; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    if (!(await endLink(t.db, partyId, by, t.clock.now()))) return;
    await recordActivity(t, { actor: by, action: 'campaign.company-unlinked', subject: `party:${partyId}` });
  });
}

/** Which parties are known as the company of which page. */
export function companyLinks(k: Kernel): Promise<CompanyLink[]> {
  return selectLinks(k.db);
}

/** Replies that wait for a look at who sent them, newest first. */
export function waitingReplies(k: Kernel): Promise<Reply[]> {
  return selectReplies(k.db, { state: 'waiting' });
}
