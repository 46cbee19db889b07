import { NetError } from '@clearway/net';
import { z } from 'zod';
import { campaignBase, failHandover as fail, readFaces, redeemHandover } from '../../campaign/index.ts';
import { ensureUser, findUserByEmail, recordActivity, sendSignInLink } from '../../identity/index.ts';
import { cleanLine, inTx, type Kernel, LOCALES } from '../../kernel/index.ts';
import { countryCode, craftCode, ensurePartyOfUser } from '../../parties/index.ts';

const handoverSchema = z.object({
  name: cleanLine(200),
  craft: craftCode,
  country: countryCode,
  email: z.email().max(320),
  locale: z.enum(LOCALES),
  justConfirmed: z.boolean().default(false),
});
type Arrival = z.infer<typeof handoverSchema>;

/** What a signatory brings from a campaign: where from, and the code that fetches her data once. */
export type Handed = { readonly from: string; readonly code: string };

/** Throws `campaign-not-trusted` unless the operator named the campaign, or it is this instance's own. */
export async function checkTrusted(k: Kernel, from: string): Promise<void> {
  const { faces } = await readFaces(k);
  if (from !== (await campaignBase(k)) && !faces.trusted.includes(from)) throw fail('campaign-not-trusted');
}

/**
 * Makes the account of somebody who comes from a campaign, with what she typed there. Answers the user's id if she may be
 * signed in at once: right after confirming, to a new account or in the own campaign. Else undefined, and the link that
 * signs in is mailed: neither the word of another campaign nor the lasting link of a signature, which stands in every
 * newsletter, opens an account.
 * Throws `campaign-not-trusted`, `handover-unknown`, `handover-over`, `handover-unreachable`.
 */
export async function arrive(k: Kernel, handed: Handed): Promise<string | undefined> {
  await checkTrusted(k, handed.from);
  const own = handed.from === (await campaignBase(k));
  const body = k.site.baseUrl;
  const about = own ? await redeemHandover(k, { code: handed.code, body }) : await fetchHandover(k, handed);
  const { email, name, locale, craft, country, justConfirmed } = about;
  return inTx(k, async (t) => {
    const known = (await findUserByEmail(t, email)) !== undefined;
    const atOnce = justConfirmed && (own || !known);
    if (!atOnce) await sendSignInLink(t, { email, locale, next: '/rights' });
    if (!atOnce && known) return undefined;
    const user = await ensureUser(t, { email, name, locale });
    await ensurePartyOfUser(t, { userId: user.id, name, craft, country });
    await recordActivity(t, {
      actor: user.id,
      action: 'portal.came-from-campaign',
      subject: `user:${user.id}`,
      detail: { from: handed.from },
    });
    return atOnce ? user.id : undefined;
  });
}

async function fetchHandover(k: Kernel, { from, code }: Handed): Promise<Arrival> {
  const answer = await post(k, `${from}/api/handovers`, { code, body: k.site.baseUrl });
  if (answer.status === 404) throw fail('handover-unknown');
  if (answer.status === 410) throw fail('handover-over');
  const read = answer.status === 200 ? handoverSchema.safeParse(parse(answer.body)) : undefined;
  if (!read?.success) throw fail('handover-unreachable', { detail: `${from}: ${answer.status}` });
  return read.data;
}

async function post(k: Kernel, url: string, body: unknown) {
  try {
    return await k.fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      maxBytes: 100_000,
      timeoutMs: 10_000,
    });
  } catch (cause) {
    if (!(cause instanceof NetError)) throw cause;
    throw fail('handover-unreachable', { detail: cause.code, cause });
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
