import { recordActivity } from '../identity/index.ts';
import { emit, formatTime, inTx, type Kernel, queueMail, readInstance } from '../kernel/index.ts';
import { contactOfParty } from './contact-of-party.ts';
import { payoutProfile, SEAL_PURPOSE, sealedAbout } from './find-payout-profiles.ts';
import { payoutText } from './payout-messages.ts';
import { type PayoutProfile, type PayoutProfileInput, PROFILE_WAIT_MS } from './payout-profile.ts';
import { fail } from './problems.ts';
import { insertPayoutProfile, lockParty } from './store-payout-profiles.ts';

/**
 * Says where a party is paid: a new version, unless nothing differs. The party is told by mail; a change is used a day
 * later, the first version at once. Throws `party-erased`. Sends `parties.payout-profile-changed` `{ partyId, version }`.
 */
export async function savePayoutProfile(
  k: Kernel,
  about: PayoutProfileInput & { partyId: string; actor: string },
): Promise<PayoutProfile> {
  const { partyId, actor, ...given } = about;
  return inTx(k, async (t) => {
    if (!(await lockParty(t.db, partyId))) throw fail('party-erased');
    const before = await payoutProfile(t, partyId);
    if (before && isSame(before, given)) return before;
    const version = (before?.version ?? 0) + 1;
    const now = t.clock.now();
    const usableFrom = before ? new Date(now.getTime() + PROFILE_WAIT_MS) : now;
    await insertPayoutProfile(t.db, {
      party_id: partyId,
      version,
      name: given.name,
      iban_sealed: await t.keys.seal(SEAL_PURPOSE, given.iban, sealedAbout(partyId, version)),
      iban_end: given.iban.slice(-4),
      bic: given.bic,
      street_name: given.streetName,
      building_number: given.buildingNumber,
      post_code: given.postCode,
      town_name: given.townName,
      country: given.country,
      tax_residence: given.taxResidence,
      changed_by: actor,
      changed_at: now,
      usable_from: usableFrom,
    });
    const subject = `party:${partyId}`;
    await recordActivity(t, {
      actor,
      action: 'parties.payout-profile-changed',
      subject,
      detail: { version },
    });
    await emit(t, 'parties.payout-profile-changed', { partyId, version });
    const saved = (await payoutProfile(t, partyId))!;
    await tell(t, partyId, saved);
    return saved;
  });
}

function isSame(before: PayoutProfile, given: PayoutProfileInput): boolean {
  const { name, iban, bic, address, taxResidence } = before;
  const now = { name, iban, bic, ...address, taxResidence };
  return Object.entries(now).every(([field, value]) => given[field as keyof PayoutProfileInput] === value);
}

async function tell(t: Kernel, partyId: string, { iban, version, usableFrom }: PayoutProfile): Promise<void> {
  const contact = await contactOfParty(t, partyId);
  if (!contact) return;
  const { email, name, locale } = contact;
  const mail = payoutText(locale).mail;
  const zone = (await readInstance(t))?.instance.zone;
  await queueMail(t, {
    to: email,
    category: 'transactional',
    locale,
    subject: mail.subject,
    paragraphs: [
      mail.what(name, iban.slice(-4)),
      ...(version === 1 ? [] : [mail.waits(formatTime(locale, usableFrom, zone))]),
    ],
    action: { label: mail.look, url: `${t.site.baseUrl}/payout-profile` },
    footer: [mail.notYou],
  });
}
