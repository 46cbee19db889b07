import { type Kernel, requireInstance } from '../../kernel/index.ts';
import { selectChecks, selectEndedChecks } from '../checks/store-checks.ts';
import { consentText } from '../declaration/consent-texts.ts';
import { declarationText } from '../declaration/declaration.ts';
import { selectAgreements } from '../declaration/store-declarations.ts';
import { campaignBase, campaignVoice } from '../faces/faces.ts';
import { selectCleanUpsOf } from '../floods/store-clean-ups.ts';
import { handoverConsent } from '../handover/handover-consent.ts';
import { selectHandovers } from '../handover/store-handovers.ts';
import { selectMailingsTo, selectReturn } from '../mailings/store-mailings.ts';
import type { Signature } from '../model.ts';
import { selectSource } from '../partners/store-partners.ts';
import { selectReviewsOf } from '../reviews/store-reviews.ts';
import { IMPORT_STATEMENTS, STATEMENTS } from '../roster/model.ts';
import { selectRoster, selectRowOf } from '../roster/store-rosters.ts';
import { termsOf } from '../signing/terms-in-force.ts';
import { selectOfMailbox, selectSignatory, toSignature } from '../store.ts';

/** Everything the campaign keeps about a signature and earlier ones of the same address, with the texts consented to word for word. */
export async function exportSignature(k: Kernel, signatoryId: string) {
  const row = await selectSignatory(k.db, signatoryId);
  const all = row ? await selectOfMailbox(k.db, row.mailbox_key) : [];
  return {
    exportedAt: k.clock.now().toISOString(),
    instance: await campaignBase(k),
    signatures: await Promise.all(
      all.filter(sameAddress(row?.email ?? '')).map((one) => describe(k, toSignature(one))),
    ),
  };
}

/** Another tag may be another person with some providers, who is not told about this one. */
function sameAddress(email: string) {
  return (one: { email: string }) => one.email.toLowerCase() === email.toLowerCase();
}

async function describe(k: Kernel, signature: Signature) {
  const consent = consentText(signature.consentVersion, signature.locale);
  const { userId, declarationVersion, declarationSha256, consentVersion, consentedAt, ...rest } = signature;
  const { mailConsentVersion, mailConsentedAt, termsVersion: _terms, ...facts } = rest;
  return {
    ...facts,
    account: userId,
    declaration: {
      version: declarationVersion,
      sha256: declarationSha256,
      text: await declarationText(k, declarationVersion, signature.locale),
    },
    handedOn: await describeHandovers(k, signature.id),
    list: await listOf(k, signature),
    agreedTo: await selectAgreements(k.db, signature.id),
    checks: (await selectChecks(k.db, [signature.id])).get(signature.id) ?? [],
    endedChecks: await selectEndedChecks(k.db, signature.id),
    mailings: await selectMailingsTo(k.db, signature.id),
    partner: (await selectSource(k.db, signature.id)) ?? null,
    reviews: await describeReviews(k, signature.id),
    cleanUps: await selectCleanUpsOf(k.db, signature.id),
    mailReturnedAt: (await selectReturn(k.db, signature.id)) ?? null,
    participationTerms: await termsOf(k, signature),
    // Whom others brought agreed to no words of ours; theirs are with the list.
    consent: { version: consentVersion, text: consent?.sign ?? null, at: consentedAt },
    mailConsent:
      mailConsentVersion === null
        ? null
        : {
            version: mailConsentVersion,
            text: consentText(mailConsentVersion, signature.locale)?.mail ?? null,
            at: mailConsentedAt,
          },
  };
}

/** To whom she was handed on, and the consent word for word. */
async function describeHandovers(k: Kernel, signatoryId: string) {
  const rows = await selectHandovers(k.db, signatoryId);
  if (rows.length === 0) return [];
  const { name: campaign } = await campaignVoice(k, await requireInstance(k));
  return rows.map((row) => ({
    to: row.body_name,
    url: row.body_url,
    at: row.created_at,
    fetchedAt: row.used_at,
    consent: handoverConsent(row.locale, { campaign, body: row.body_name }, row.consent_version),
  }));
}

/** What waited for a moderator or was decided, with the reason. The words are hers only where she sent them as evidence. */
async function describeReviews(k: Kernel, signatoryId: string) {
  const rows = await selectReviewsOf(k.db, signatoryId);
  return rows.map(({ words, ...review }) => ({
    ...review,
    ...(review.kind === 'evidence' ? { words } : {}),
  }));
}

/** What the list says that brought a signature: who, on what, and what whoever brought it stated. */
async function listOf(k: Kernel, { id, locale }: Signature) {
  const row = await selectRowOf(k.db, id);
  const roster = row && (await selectRoster(k.db, row.roster_id));
  if (!roster) return null;
  const { role, through_name: through, created_at: readAt, published_at: publishedAt } = roster;
  const statements = roster.origin === 'import' ? IMPORT_STATEMENTS : STATEMENTS;
  const statement = statements.find(({ version }) => version === roster.statement_version);
  return {
    ...{ through, role, line: row.line, proof: row.proof, readAt, publishedAt },
    statement: statement
      ? { version: statement.version, text: statement.texts[locale], at: roster.stated_at }
      : null,
  };
}
