import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { eraseMailsAbout, inTx, type Kernel, type Locale } from '../../kernel/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { checkOpen } from '../declaration/declaration.ts';
import {
  AGES,
  checkName,
  foldForSearch,
  KEEP_SUPPRESSION_MS,
  type Signature,
  shownSchema,
} from '../model.ts';
import { fail as failCampaign } from '../problems.ts';
import { aboutMailbox } from '../signatory/about-mail.ts';
import { openInvitationToken } from '../signatory/manage-token.ts';
import { suppressionKey } from '../signatory/suppression-key.ts';
import { makeCount } from '../signing/confirm-signature.ts';
import { termsInForce } from '../signing/terms-in-force.ts';
import {
  insertSignatory,
  lockMailbox,
  type SignatoryRow,
  selectLive,
  supersedeLinks,
  updateSignatory,
  upsertSuppression,
} from '../store.ts';
import type { RosterPerson } from './model.ts';
import { fail } from './roster-problems.ts';
import {
  clearMailbox,
  clearPerson,
  lockRow,
  type RosterLine,
  type RosterRow,
  selectRoster,
  selectRow,
} from './store-rosters.ts';

/** What somebody on a list says who signs herself. */
export const invitedSchema = shownSchema.extend({
  age: z.enum(AGES),
  consent: z.literal(true),
  mailConsent: z.boolean().default(false),
  consentVersion: z.number().int(),
});
export type Invited = z.infer<typeof invitedSchema> & { readonly locale: Locale };

type Invitation = {
  readonly roster: RosterRow;
  readonly row: RosterLine & { readonly person: RosterPerson };
};

/** The invitation of a link, as long as it is open. Changes nothing. Throws `invitation-unknown`. */
export async function readInvitation(k: Kernel, token: string): Promise<Invitation> {
  const id = await openInvitationToken(k, token);
  return check(k, id === undefined ? undefined : await selectRow(k.db, id));
}

async function check(k: Kernel, row: RosterLine | undefined): Promise<Invitation> {
  const roster = row && (await selectRoster(k.db, row.roster_id));
  if (roster?.state !== 'published' || row?.state !== 'invited' || !row.person)
    throw fail('invitation-unknown');
  return { roster, row: { ...row, person: row.person } };
}

/**
 * Somebody on a list reads the text and signs: her own signature, as if she had signed and confirmed, because the link lay
 * in her mailbox. Throws `invitation-unknown`, `campaign-not-open`, `declaration-outdated`,
 * `name-not-a-name`, `confirmation-used`.
 */
export async function acceptInvitation(
  k: Kernel,
  token: string,
  input: Invited,
): Promise<{ signature: Signature; accountToken: string }> {
  const consent = currentConsent();
  if (input.consentVersion !== consent.version) throw failCampaign('declaration-outdated');
  const name = checkName(input.name);
  const id = await openInvitationToken(k, token);
  return inTx(k, async (t) => {
    const { roster, row } = await check(t, id === undefined ? undefined : await lockRow(t.db, id));
    await checkOpen(t, roster.declaration_version);
    const key = row.mailbox_key!;
    await lockMailbox(t.db, key);
    const before = await selectLive(t.db, key);
    if (before && before.state !== 'pending') throw failCampaign('confirmation-used');
    const now = t.clock.now();
    const signatory: SignatoryRow = {
      id: before?.id ?? t.ids.id(),
      state: 'pending',
      name,
      name_folded: foldForSearch(name),
      hidden: input.hideName,
      craft: input.craft,
      country: input.country,
      email: row.person.email!,
      mailbox_key: key,
      user_id: null,
      locale: input.locale,
      age: input.age,
      declaration_version: roster.declaration_version,
      declaration_sha256: roster.declaration_sha256,
      consent_version: consent.version,
      consented_at: now,
      mail_consent_version: input.mailConsent ? consent.version : null,
      mail_consented_at: input.mailConsent ? now : null,
      created_at: before?.created_at ?? now,
      mailed_at: now,
      confirmed_at: null,
      withdrawn_at: null,
      network_hash: null,
      held_for: [],
      kind: row.person.kind,
      town: input.town ?? null,
      affiliation: input.affiliation ?? null,
      note: input.note ?? null,
      members: null,
      contact: null,
      cleared_name: null,
      namesake: false,
      featured_at: null,
      featured_by: null,
      basis: 'mailbox',
      through_name: null,
      through_party_id: null,
      source: null,
      roster_id: roster.id,
      terms_version: await termsInForce(t),
    };
    if (before) {
      await supersedeLinks(t.db, before.id, now);
      await updateSignatory(t.db, before.id, signatory);
    } else await insertSignatory(t.db, signatory);
    await clearPerson(t.db, row.id, 'answered');
    return makeCount(t, signatory);
  });
}

/** Somebody on a list does not want to be asked: her address leaves all lists and gets no mail of the campaign any more. */
export async function declineInvitation(k: Kernel, token: string): Promise<void> {
  const id = await openInvitationToken(k, token);
  await inTx(k, async (t) => {
    const { row } = await check(t, id === undefined ? undefined : await lockRow(t.db, id));
    const key = row.mailbox_key!;
    const now = t.clock.now();
    await upsertSuppression(t.db, {
      mailbox_hmac: await suppressionKey(t, key),
      person_hmac: null,
      reason: 'never',
      created_at: now,
      retain_until: new Date(now.getTime() + KEEP_SUPPRESSION_MS),
    });
    await clearMailbox(t.db, key);
    await eraseMailsAbout(t, [await aboutMailbox(t, key)]);
    await clearPerson(t.db, row.id, 'left');
    await recordActivity(t, {
      actor: 'system',
      action: 'campaign.invitation-declined',
      subject: `roster-row:${row.id}`,
    });
  });
}
