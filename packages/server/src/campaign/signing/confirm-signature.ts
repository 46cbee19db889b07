import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel } from '../../kernel/index.ts';
import { checkDomainMail } from '../checks/domain-mail.ts';
import { holdsFor, settle } from '../checks/hold-signature.ts';
import { reasonsToHold } from '../checks/hold-signatures.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { followConsent } from '../mailings/follow-mail.ts';
import {
  ACCOUNT_STEP_MS,
  checkConfirmation,
  checkName,
  foldForSearch,
  type Shown,
  type Signature,
} from '../model.ts';
import { fail } from '../problems.ts';
import { linkHash } from '../signatory/manage-token.ts';
import { ownPersonKey, suppressionKey } from '../signatory/suppression-key.ts';
import {
  deleteSuppression,
  insertLink,
  lockLink,
  type SignatoryRow,
  selectLink,
  toSignature,
  useLink,
} from '../store.ts';
import { replaceSignedThrough } from './replace-signed-through.ts';

/** What the person puts right while confirming; `members` and `contact` are an organisation’s alone. */
export type Correction = Shown & {
  readonly mailConsent: boolean;
  readonly members?: number | undefined;
  readonly contact?: string | undefined;
};

/**
 * Makes a signature count: the public number rises by one, unless it is held: its name looks like a protected one,
 * somebody has to look at its mail domain, or its text is not published yet. Answers the signature and `accountToken`,
 * the secret that leads once, within 30 minutes, to an account with the same data (`becomeUser`).
 * Throws `confirmation-unknown`, `confirmation-expired`, `confirmation-used` (it counts already),
 * `confirmation-superseded` (a newer link was sent, or the signature was withdrawn), `signature-held`,
 * `signature-invalidated`, `name-not-a-name`.
 * Sends the event `campaign.signature-confirmed` `{ signatoryId }` once it counts.
 */
export async function confirmSignature(
  k: Kernel,
  token: string,
  correction?: Correction,
): Promise<{ signature: Signature; accountToken: string }> {
  const hash = await linkHash(k, token);
  return inTx(k, async (t) => {
    const found = await lockLink(t.db, hash, 'confirm');
    if (!found) throw fail('confirmation-unknown');
    const { link, signatory } = found;
    const now = t.clock.now();
    checkConfirmation(link, signatory.state, now);
    const meant = { ...signatory, ...(correction ? corrected(signatory, correction, now) : {}) };
    await useLink(t.db, link.id, now);
    return makeCount(t, meant);
  });
}

/** Lets a signature whose owner has just confirmed it count, or wait. The row is in the table. */
export async function makeCount(
  t: Kernel,
  signatory: SignatoryRow,
): Promise<{ signature: Signature; accountToken: string }> {
  const now = t.clock.now();
  const held_for = await reasonsToHold(t, signatory);
  const meant: SignatoryRow = { ...signatory, held_for, confirmed_at: now };
  const row = await settle(t, meant, await holdsFor(t, meant));
  await checkDomainMail(t, row);
  // Only now the owner of the mailbox has said it.
  await followConsent(t, { ...signatory, mail_consented_at: null }, row);
  await deleteSuppression(t.db, await suppressionKey(t, row.mailbox_key));
  await deleteSuppression(t.db, await suppressionKey(t, ownPersonKey(row)));
  await replaceSignedThrough(t, row);
  const accountToken = t.ids.secret();
  await insertLink(t.db, {
    id: t.ids.id(),
    token_hash: await linkHash(t, accountToken),
    purpose: 'account',
    signatory_id: signatory.id,
    created_at: now,
    expires_at: new Date(now.getTime() + ACCOUNT_STEP_MS),
    used_at: null,
    superseded_at: null,
  });
  const subject = `signatory:${signatory.id}`;
  const action = row.state === 'confirmed' ? 'campaign.signature-confirmed' : 'campaign.signature-held';
  await recordActivity(t, { actor: 'system', action, subject });
  return { signature: toSignature(row), accountToken };
}

/** The signature behind a confirmation link, as long as the link can confirm it. Changes nothing. Throws as confirming does. */
export async function readConfirmation(k: Kernel, token: string): Promise<Signature> {
  const found = await selectLink(k.db, await linkHash(k, token), 'confirm');
  if (!found) throw fail('confirmation-unknown');
  checkConfirmation(found.link, found.signatory.state, k.clock.now());
  return toSignature(found.signatory);
}

/** The columns a correction changes. A consent to mail that stands keeps its time. */
export function corrected(before: SignatoryRow, to: Correction, now: Date): Partial<SignatoryRow> {
  const name = checkName(to.name);
  const consent = to.mailConsent
    ? before.mail_consented_at
      ? {}
      : { mail_consent_version: currentConsent().version, mail_consented_at: now }
    : { mail_consent_version: null, mail_consented_at: null };
  return {
    name,
    name_folded: foldForSearch(name),
    hidden: to.hideName,
    craft: to.craft,
    country: to.country,
    town: to.town ?? null,
    affiliation: to.affiliation ?? null,
    note: to.note ?? null,
    ...(before.kind === 'organisation' ? { members: to.members ?? null, contact: to.contact ?? null } : {}),
    ...consent,
  };
}
