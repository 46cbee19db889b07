import { recordActivity } from '../../identity/index.ts';
import { enqueue, inTx, type Kernel, requireInstance } from '../../kernel/index.ts';
import { currentConsent } from '../declaration/consent-texts.ts';
import { checkOpen, declarationHash, declarationToSign } from '../declaration/declaration.ts';
import { delayMail, lookAtDelay, type MailDelay, slowNetwork } from '../floods/limits.ts';
import { networkHash } from '../floods/network-hash.ts';
import { checkName, foldForSearch, MAIL_PAUSE_MS, type SignInput } from '../model.ts';
import { partnerOfForm, recordSource } from '../partners/record-source.ts';
import { fail } from '../problems.ts';
import { queueAlreadySignedMail } from '../signatory/compose-mails.ts';
import { readMailbox } from '../signatory/mailbox.ts';
import { suppressionKey } from '../signatory/suppression-key.ts';
import {
  insertSignatory,
  lockMailbox,
  type SignatoryRow,
  selectLive,
  selectMailedAt,
  selectSuppression,
  supersedeLinks,
  updateSignatory,
} from '../store.ts';
import { sendConfirmation, sendConfirmationJob } from './send-confirmation.ts';
import { termsInForce } from './terms-in-force.ts';

/**
 * Takes a signature and sends the mail whose link makes it count. The answer is the same whether the mailbox is new,
 * waiting, confirmed or closed to us; it gets one mail a day at most. What waits for confirmation is not changed by
 * signing again within that day: only the owner of the mailbox may decide about it.
 * `network` is where the request came from, for the rate limit; undefined inside the process. While very many sign, the
 * mail leaves later; the answer says when and because of whom, which depends on mail provider and country only. Throws `instance-not-set-up`,
 * `campaign-not-open` (the key of an embargo is missing), `declaration-outdated`, `partner-unknown`, `partner-left`, `name-not-a-name`, `signature-address-invalid`, `too-many-requests` (with Retry-After).
 */
export async function signDeclaration(k: Kernel, input: SignInput, network?: string): Promise<MailDelay> {
  // First, so that a flood costs nothing else.
  const hash = await networkHash(k, network);
  await slowNetwork(k, hash);
  await requireInstance(k);
  const declaration = await declarationToSign(k, input.collectKey);
  await checkOpen(k, declaration?.version);
  const consent = currentConsent();
  if (input.declarationVersion !== declaration?.version || input.consentVersion !== consent.version)
    throw fail('declaration-outdated');
  const name = checkName(input.name);
  const { kind = 'person' } = input;
  const partner = await partnerOfForm(k, input);
  const mailbox = readMailbox(input.email);
  const crowd = { domain: mailbox.domain, country: input.country };
  // The answer; the same whether a mail leaves or not.
  const delay = lookAtDelay(k, crowd);
  const sha256 = await declarationHash(declaration);

  await inTx(k, async (t) => {
    const now = t.clock.now();
    await lockMailbox(t.db, mailbox.key);
    const suppressed = await selectSuppression(t.db, await suppressionKey(t, mailbox.key));
    if (suppressed?.reason === 'never') return;
    const mailedAt = await selectMailedAt(t.db, mailbox.key);
    if (mailedAt && mailedAt.getTime() + MAIL_PAUSE_MS > now.getTime()) return;
    const before = await selectLive(t.db, mailbox.key);
    if (before?.state === 'confirmed' || before?.state === 'held') {
      await updateSignatory(t.db, before.id, { mailed_at: now });
      return queueAlreadySignedMail(t, before, before.locale);
    }
    const row: SignatoryRow = {
      id: before?.id ?? t.ids.id(),
      state: 'pending',
      name,
      name_folded: foldForSearch(name),
      hidden: input.hideName,
      craft: input.craft,
      country: input.country,
      email: mailbox.address,
      mailbox_key: mailbox.key,
      user_id: null,
      locale: input.locale,
      age: input.age,
      declaration_version: declaration.version,
      declaration_sha256: sha256,
      consent_version: consent.version,
      consented_at: now,
      mail_consent_version: input.mailConsent ? consent.version : null,
      mail_consented_at: input.mailConsent ? now : null,
      created_at: before?.created_at ?? now,
      mailed_at: now,
      confirmed_at: null,
      withdrawn_at: null,
      network_hash: hash,
      held_for: [],
      kind,
      town: input.town ?? null,
      affiliation: input.affiliation ?? null,
      note: input.note ?? null,
      members: kind === 'organisation' ? (input.members ?? null) : null,
      contact: kind === 'organisation' ? (input.contact ?? null) : null,
      cleared_name: null,
      namesake: false,
      featured_at: null,
      featured_by: null,
      basis: 'mailbox',
      through_name: null,
      through_party_id: null,
      source: null,
      roster_id: null,
      terms_version: await termsInForce(t),
    };
    if (before) {
      await supersedeLinks(t.db, before.id, now);
      await updateSignatory(t.db, before.id, row);
    } else {
      await insertSignatory(t.db, row);
      await recordActivity(t, {
        actor: 'system',
        action: 'campaign.signed',
        subject: `signatory:${row.id}`,
      });
    }
    await recordSource(t, row.id, { partner, consent: input.partnerConsent === true });
    const { waitMs } = delayMail(t, crowd);
    if (waitMs === 0) return sendConfirmation(t, row);
    await enqueue(t, {
      kind: sendConfirmationJob.kind,
      payload: { signatory: row.id, mailedAt: now.toISOString() },
      runAt: new Date(now.getTime() + waitMs),
    });
  });
  return delay;
}
