import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { currentConsent } from './consent-texts.ts';
import { reasonsToHold } from './hold-signatures.ts';
import { linkHash } from './manage-token.ts';
import {
  ACCOUNT_STEP_MS,
  checkConfirmation,
  checkName,
  foldForSearch,
  type Shown,
  type Signature,
} from './model.ts';
import { fail } from './problems.ts';
import {
  deleteSuppression,
  insertLink,
  lockLink,
  type SignatoryRow,
  selectLink,
  toSignature,
  updateSignatory,
  useLink,
} from './store.ts';
import { suppressionKey } from './suppression-key.ts';

/** What the person puts right while confirming. */
export type Correction = Shown & { readonly mailConsent: boolean };

/**
 * Makes a signature count: the public number rises by one. One that somebody has to look at first becomes `held`. Answers the signature and `accountToken`, the secret that
 * leads once, within 30 minutes, to an account with the same data (`becomeUser`).
 * Throws `confirmation-unknown`, `confirmation-expired`, `confirmation-used` (it counts already),
 * `confirmation-superseded` (a newer link was sent, or the signature was withdrawn), `signature-held`,
 * `signature-invalidated`, `name-not-a-name`.
 * Sends the event `campaign.signature-confirmed` `{ signatoryId }` if it counts.
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
    const heldFor = await reasonsToHold(t, signatory);
    const counts = heldFor.length === 0;
    const change = {
      ...(correction ? corrected(signatory, correction, now) : {}),
      state: counts ? ('confirmed' as const) : ('held' as const),
      held_for: heldFor,
      confirmed_at: now,
    };
    await useLink(t.db, link.id, now);
    await updateSignatory(t.db, signatory.id, change);
    await deleteSuppression(t.db, await suppressionKey(t, signatory.mailbox_key));
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
    const action = counts ? 'campaign.signature-confirmed' : 'campaign.signature-held';
    await recordActivity(t, { actor: 'system', action, subject });
    if (counts) await emit(t, 'campaign.signature-confirmed', { signatoryId: signatory.id });
    return { signature: toSignature({ ...signatory, ...change }), accountToken };
  });
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
    ...consent,
  };
}
