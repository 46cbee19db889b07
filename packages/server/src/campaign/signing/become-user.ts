import { ensureUser, recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { createOrganisation, ensurePartyOfUser, organisationsOf } from '../../parties/index.ts';
import { campaignBase } from '../faces/faces.ts';
import { fail } from '../problems.ts';
import { linkHash } from '../signatory/manage-token.ts';
import { lockLink, type SignatoryRow, updateSignatory, useLink } from '../store.ts';

/**
 * Makes a user and a party of whoever has just confirmed a signature, with the same name, craft and country.
 * `accountToken` comes from `confirmSignature` and works once, for 30 minutes. Answers the user's id.
 * Throws `account-step-over`. Somebody who has an account already keeps it as it is.
 */
export async function becomeUser(k: Kernel, accountToken: string): Promise<string> {
  const hash = await linkHash(k, accountToken);
  return inTx(k, async (t) => {
    const found = await lockLink(t.db, hash, 'account');
    const now = t.clock.now();
    if (!found || found.link.used_at || found.link.superseded_at || found.link.expires_at <= now)
      throw fail('account-step-over');
    await useLink(t.db, found.link.id, now);
    return makeUser(t, found.signatory);
  });
}

/** The account of a confirmed signatory; an organisation's is that of its contact, who becomes its first administrator. */
export async function makeUser(t: Kernel, signatory: SignatoryRow): Promise<string> {
  const { kind, email, name, contact, members, locale, craft, country } = signatory;
  const organisation = kind === 'organisation';
  const user = await ensureUser(t, { email, name: (organisation && contact) || name, locale });
  if (!organisation) await ensurePartyOfUser(t, { userId: user.id, name, craft, country });
  else if (!(await organisationsOf(t, user.id)).some((known) => known.name === name))
    await createOrganisation(t, {
      name,
      country,
      url: null,
      userId: user.id,
      members: await claimOf(t, members),
    });
  if (signatory.user_id !== user.id) {
    await updateSignatory(t.db, signatory.id, { user_id: user.id });
    await recordActivity(t, {
      actor: user.id,
      action: 'campaign.signatory-became-user',
      subject: `signatory:${signatory.id}`,
    });
  }
  return user.id;
}

async function claimOf(t: Kernel, count: number | null) {
  return count === null ? null : { count, saidTo: new URL(await campaignBase(t)).host };
}
