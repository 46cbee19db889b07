import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { cleanLine, cleanText, inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from './problems.ts';
import { provenSites, requireCompany, type Who } from './require-company.ts';
import {
  insertReply,
  nextVersion,
  type Reply,
  selectLinks,
  selectReplies,
  withdrawReplies,
} from './store-replies.ts';

export const replySchema = z.object({
  words: cleanText(5_000),
  locale: z.enum(['en', 'de']),
  /** One of the company's websites whose control is proven. */
  host: cleanLine(300),
});

/**
 * A company says something on its page. Once a person has seen that the website is the company's, later versions appear
 * at once; the first waits for that. Every version stays readable, the newest is shown.
 * Throws `company-needed`, `company-signer-needed`, `company-site-needed`, `reply-of-another`, `reply-waits`.
 */
export async function sendReply(
  k: Kernel,
  input: Who & z.output<typeof replySchema> & { readonly slug: string },
): Promise<'public' | 'waiting'> {
  return inTx(k, async (t) => {
    await requireCompany(t, input);
    const { partyId, userId, slug, words, locale, host } = input;
    if (!(await provenSites(t, partyId)).some((site) => site.host === host))
      throw fail('company-site-needed');
    const link = (await selectLinks(t.db)).find((one) => one.partyId === partyId);
    if (link && link.slug !== slug) throw fail('reply-of-another');
    const known = link?.slug === slug;
    const now = t.clock.now();
    const kept = await insertReply(t.db, {
      ...{ id: t.ids.id(), slug, partyId, words, locale, evidence: host, method: 'domain' },
      ...{ state: known ? 'public' : 'waiting', version: known ? await nextVersion(t.db, slug) : null },
      ...{ sentBy: userId, sentAt: now, decidedBy: null, decidedAt: known ? now : null },
      ...{ reason: known ? link.reason : null, withdrawnAt: null },
    });
    if (!kept) throw fail('reply-waits');
    await recordActivity(t, {
      actor: userId,
      action: known ? 'campaign.reply-published' : 'campaign.reply-sent',
      subject: `company:${slug}`,
    });
    return known ? 'public' : 'waiting';
  });
}

export const mailedReplySchema = z.object({
  words: cleanText(5_000),
  locale: z.enum(['en', 'de']),
  /** The address the mail came from; of it the part after the @ is shown. */
  address: z
    .string()
    .trim()
    .max(300)
    .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'not a mail address'),
  reason: cleanLine(500),
});

/** An operator enters a reply that came by mail, with how the sender was checked. It is public at once. */
export async function enterMailedReply(
  k: Kernel,
  input: z.output<typeof mailedReplySchema> & { readonly slug: string; readonly by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const { slug, words, locale, address, reason, by } = input;
    const now = t.clock.now();
    await insertReply(t.db, {
      ...{ id: t.ids.id(), slug, partyId: null, words, locale, method: 'mail' },
      ...{ evidence: address.slice(address.lastIndexOf('@') + 1).toLowerCase(), state: 'public' },
      ...{ version: await nextVersion(t.db, slug), sentBy: by, sentAt: now, decidedBy: by, decidedAt: now },
      ...{ reason, withdrawnAt: null },
    });
    await recordActivity(t, { actor: by, action: 'campaign.reply-entered', subject: `company:${slug}` });
  });
}

/** A company known on its page takes its reply back; that there was one stays. Throws `company-needed`, `company-signer-needed`, `reply-unknown`. */
export async function withdrawReply(k: Kernel, input: Who & { readonly slug: string }): Promise<void> {
  await inTx(k, async (t) => {
    await requireCompany(t, input);
    const { partyId, userId, slug } = input;
    const links = await selectLinks(t.db);
    if (!links.some((one) => one.partyId === partyId && one.slug === slug)) throw fail('reply-unknown');
    if ((await withdrawReplies(t.db, slug, t.clock.now())) === 0) throw fail('reply-unknown');
    await recordActivity(t, {
      actor: userId,
      action: 'campaign.reply-withdrawn',
      subject: `company:${slug}`,
    });
  });
}

/** What is public on a page: the versions, newest first. A reply that was taken back is there without its words. */
export async function publicReplies(k: Kernel, slug: string): Promise<Reply[]> {
  const all = await selectReplies(k.db, { slug });
  return all
    .filter(({ version }) => version !== null)
    .sort((a, b) => b.version! - a.version!)
    .map((reply) => (reply.state === 'withdrawn' ? { ...reply, words: '' } : reply));
}

/** What a party has sent for a page, newest first. */
export function repliesOf(k: Kernel, about: { partyId: string; slug: string }): Promise<Reply[]> {
  return selectReplies(k.db, about);
}
