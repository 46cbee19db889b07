import { NetError } from '@clearway/net';
import { z } from 'zod';
import {
  campaignBase,
  failHandover as fail,
  HANDOVER_VERSION,
  readFaces,
  redeemHandover,
} from '../../campaign/index.ts';
import { ensureUser, findUserByEmail, recordActivity, sendSignInLink } from '../../identity/index.ts';
import { cleanLine, inTx, type Kernel, LOCALES } from '../../kernel/index.ts';
import {
  countryCode,
  craftCode,
  createOrganisation,
  ensurePartyOfUser,
  type MembersClaim,
  organisationsOf,
} from '../../parties/index.ts';

const common = {
  name: cleanLine(200),
  craft: craftCode,
  country: countryCode,
  email: z.email().max(320),
  locale: z.enum(LOCALES),
  justConfirmed: z.boolean().default(false),
};
/** What a campaign answers. One that knows people only says no version, and never a kind. */
const handoverSchema = z.union([
  z.object({ ...common, version: z.undefined().optional(), kind: z.undefined().optional() }),
  z.object({ ...common, version: z.literal(HANDOVER_VERSION), kind: z.literal('person') }),
  z.object({
    ...common,
    version: z.literal(HANDOVER_VERSION),
    kind: z.literal('organisation'),
    contact: cleanLine(200).nullable(),
    members: z.number().int().min(1).max(100_000_000).nullable(),
  }),
]);
type Arrival = z.infer<typeof handoverSchema>;

/** What a signatory brings from a campaign: where from, and the code that fetches her data once. */
export type Handed = { readonly from: string; readonly code: string };

/** Throws `campaign-not-trusted` unless the operator named the campaign, or it is this instance's own. */
export async function checkTrusted(k: Kernel, from: string): Promise<void> {
  const { faces } = await readFaces(k);
  if (from !== (await campaignBase(k)) && !faces.trusted.includes(from)) throw fail('campaign-not-trusted');
}

/** Who may be signed in, and the organisation she came for. */
export type Arrived = { readonly userId: string; readonly organisationId: string | null };

/**
 * Makes the account of somebody who comes from a campaign, with what she typed there; who comes for an organisation becomes its
 * first administrator. Answers whom to sign in if that may be at once: right after confirming, to a new account or in the own
 * campaign. Else undefined, and the link that signs in is mailed: neither the word of another campaign nor the lasting link of
 * a signature, which stands in every newsletter, opens an account or changes one; there the form for the organisation waits,
 * filled in.
 * Throws `campaign-not-trusted`, `handover-unknown`, `handover-over`, `handover-unreachable`.
 */
export async function arrive(k: Kernel, handed: Handed): Promise<Arrived | undefined> {
  await checkTrusted(k, handed.from);
  const own = handed.from === (await campaignBase(k));
  const body = k.site.baseUrl;
  const { code } = handed;
  const about = own
    ? await redeemHandover(k, { code, body, version: HANDOVER_VERSION })
    : await fetchHandover(k, handed);
  const { email, name, locale, craft, country, justConfirmed } = about;
  const organisation = about.kind === 'organisation' ? about : undefined;
  return inTx(k, async (t) => {
    const known = await findUserByEmail(t, email);
    const atOnce = justConfirmed && (own || !known);
    if (!atOnce) {
      const next = organisation ? await organisationPage(t, known?.id, { name, country }) : '/rights';
      await sendSignInLink(t, { email, locale, next });
    }
    if (!atOnce && known) return undefined;
    const user = await ensureUser(t, { email, name: organisation?.contact ?? name, locale });
    if (!organisation) await ensurePartyOfUser(t, { userId: user.id, name, craft, country });
    const members = organisation?.members ?? null;
    const claim = members === null ? null : { count: members, saidTo: new URL(handed.from).host };
    const organisationId = organisation
      ? await ensureOrganisation(t, { userId: user.id, name, country, members: claim })
      : null;
    await recordActivity(t, {
      actor: user.id,
      action: 'portal.came-from-campaign',
      subject: `user:${user.id}`,
      detail: { from: handed.from },
    });
    return atOnce ? { userId: user.id, organisationId } : undefined;
  });
}

async function ofName(t: Kernel, userId: string, name: string): Promise<string | undefined> {
  return (await organisationsOf(t, userId)).find((one) => one.name === name)?.organisationId;
}

async function ensureOrganisation(
  t: Kernel,
  about: { userId: string; name: string; country: string; members: MembersClaim | null },
): Promise<string> {
  const known = await ofName(t, about.userId, about.name);
  return known ?? (await createOrganisation(t, { ...about, url: null })).organisationId;
}

/** Where she chooses for whom she acts. An account that is there is not changed: its owner finds the form filled in. */
async function organisationPage(
  t: Kernel,
  userId: string | undefined,
  typed: { name: string; country: string },
): Promise<string> {
  const made = userId === undefined || (await ofName(t, userId, typed.name)) !== undefined;
  return made ? '/organisations' : `/organisations?${new URLSearchParams(typed)}`;
}

async function fetchHandover(k: Kernel, { from, code }: Handed): Promise<Arrival> {
  const answer = await post(k, `${from}/api/handovers`, {
    ...{ code, body: k.site.baseUrl, version: HANDOVER_VERSION },
  });
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
